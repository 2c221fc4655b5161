import type { Cell } from './cells.ts';

/** As `tslab install` names its kernel of TypeScript. */
const kernel = { kernelspec: { display_name: 'TypeScript', language: 'typescript', name: 'tslab' } };

/**
 * The cells as a Jupyter notebook that has not been run, for the tslab kernel: nbformat 4.5. A title stands before its cell as a heading.
 * The same script gives the same bytes.
 */
export function jupyterNotebook(cells: readonly Cell[]): string {
  const filled = cells.flatMap(({ kind, title, source }) => {
    const text = source.replace(/^(?:[ \t]*\n)+|\s+$/g, '');
    const heading = title === '' || kind === 'markdown' ? [] : [{ kind: 'markdown' as const, text: `#### ${title}` }];
    return text === '' ? heading : [...heading, { kind, text }];
  });
  const notebook = {
    cells: filled.map(({ kind, text }, i) => ({
      cell_type: kind,
      id: `cell-${i + 1}`,
      metadata: {},
      ...(kind === 'code' ? { execution_count: null, outputs: [] } : {}),
      source: text.split(/(?<=\n)/),
    })),
    metadata: { ...kernel, language_info: { file_extension: '.ts', mimetype: 'text/typescript', name: 'typescript' } },
    nbformat: 4,
    nbformat_minor: 5,
  };
  return `${JSON.stringify(notebook, null, 1)}\n`;
}
