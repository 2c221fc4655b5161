import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseCells } from '../../../experiments/notebook/cells.ts';
import { jupyterNotebook } from '../../../experiments/notebook/jupyter-notebook.ts';
import { temporaryFolder } from '../../src/data/temporary-folder.ts';
import { counterrank } from '../commands/counterrank.ts';

const folder = 'experiments/notebooks';
const home = temporaryFolder();
const scripts = readdirSync(folder).filter((name) => name.endsWith('.ts'));
const notebookOf = (text: string) => JSON.parse(jupyterNotebook(parseCells(text, 'x.ts')));
const sourceOf = ({ source }: { source: string[] }) => source.join('');

test('prose and code in their order, titles as headings, empty cells left out', () => {
  const { cells } = notebookOf(
    'import "x";\n// %% [markdown]\n// # Title\n// text\n// %% Step\n\n  const a: number = 1;\n\na;\n// %%\n// %% Only a title\n',
  );
  expect(cells.map((cell: { cell_type: string; source: string[] }) => [cell.cell_type, sourceOf(cell)])).toEqual([
    ['code', 'import "x";'],
    ['markdown', '# Title\ntext'],
    ['markdown', '#### Step'],
    ['code', '  const a: number = 1;\n\na;'],
    ['markdown', '#### Only a title'],
  ]);
});

test.each(scripts)('%s has all its code, in the form of nbformat 4.5 for the kernel tslab', (name) => {
  const text = readFileSync(join(folder, name), 'utf8');
  const { cells, metadata, nbformat, nbformat_minor } = notebookOf(text);
  expect([nbformat, nbformat_minor, metadata.kernelspec.name]).toEqual([4, 5, 'tslab']);
  const ids = cells.map(({ id }: { id: string }) => id);
  expect(new Set(ids).size).toBe(cells.length);
  expect(ids.every((id: string) => /^[\w-]{1,64}$/.test(id))).toBe(true);
  for (const cell of cells)
    expect(Object.keys(cell).sort()).toEqual(
      cell.cell_type === 'code'
        ? ['cell_type', 'execution_count', 'id', 'metadata', 'outputs', 'source']
        : ['cell_type', 'id', 'metadata', 'source'],
    );
  const code = cells.filter((cell: { cell_type: string }) => cell.cell_type === 'code').map(sourceOf);
  const solid = (lines: string) => lines.split('\n').filter((line) => line.trim() !== '');
  const isCode = (line: string) => !/^\/\/ ?%%|^#!/.test(line);
  const own = parseCells(text, name)
    .filter(({ kind }) => kind === 'code')
    .map(({ source }) => source);
  expect(solid(code.join('\n'))).toEqual(solid(own.join('\n')));
  expect(solid(code.join('\n')).every((line) => isCode(line) && text.includes(line))).toBe(true);
});

test('the command writes it without running the script', async () => {
  const script = home.put('throws.ts', '// %%\nthrow new Error("was run");\n');
  const answer = await counterrank('notebook', script, '--ipynb', '--out', home.in('n.ipynb'));
  expect(answer).toMatchObject({ code: 0, err: '', out: expect.stringMatching(/n\.ipynb holds the cells, not run/) });
  expect(JSON.parse(readFileSync(home.in('n.ipynb'), 'utf8')).cells).toHaveLength(1);
});
