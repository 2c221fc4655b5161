import { type PublicArea, type PublicExport, publicAreas, publicExports } from './public-exports.ts';

const folder = 'docs/api';
const howMade = '<!-- npm run docs writes this from the docstrings of the sources -->';

/** The reference of every public export, a page for each area. */
export function apiPages(): ReadonlyMap<string, string> {
  const areas = Object.entries(publicAreas) as [PublicArea, string][];
  const listed = areas.map(([area, imported]) => {
    const all = publicExports(area);
    return { area, imported, all };
  });
  const index = listed.map(({ area, imported, all }) => `| [\`${imported}\`](${area}.md) | ${all.length} |`);
  const readme = `${howMade}\n# API\nWhat programs import, with its docstrings.\n\n| import from | exports |\n|---|---|\n${index.join('\n')}\n`;
  return new Map([
    [`${folder}/README.md`, readme],
    ...listed.map(({ area, imported, all }) => [`${folder}/${area}.md`, areaPage(imported, all)] as const),
  ]);
}

function areaPage(imported: string, all: readonly PublicExport[]): string {
  const entries = all.map(({ name, file, declaration, docstring }) =>
    [
      `## ${name}`,
      ...(docstring === null ? [] : [escaped(docstring)]),
      '',
      '```ts',
      declaration,
      '```',
      `[${file}](../../${file})`,
      '',
    ].join('\n'),
  );
  return `${howMade}\n# ${imported}\n${entries.join('\n')}`;
}

/** As text, not as marks of Markdown or tags: docstrings are formulas. `{@link name}` is its name. */
const escaped = (docstring: string): string =>
  docstring
    .replaceAll(/\{@link ([^}]+)\}/g, '`$1`')
    .replaceAll(/(?<!`[^`\n]*)[<*_|](?![^`\n]*`)/g, (mark) => (mark === '<' ? '&lt;' : `\\${mark}`))
    .replaceAll(/(^|\n| )@(param|throws|returns)/g, '$1\n**@$2**');
