import { instrument, parseCells } from '../../../experiments/notebook/cells.ts';
import { UsageError } from '../../../src/errors.ts';

const script = `#!/usr/bin/env tsx
// %% [markdown]
// # Title
//
//     indented
//no blank

// %% First
const a: number = 1;

// %%
export const b = a satisfies number;
`;

test('cells have a kind, a title, the line they start at, and their source; a shebang is no cell', () => {
  expect(parseCells(script, 'x.ts')).toEqual([
    { kind: 'markdown', title: '', line: 3, source: '# Title\n\n    indented\nno blank' },
    { kind: 'code', title: 'First', line: 9, source: 'const a: number = 1;\n' },
    { kind: 'code', title: '', line: 12, source: 'export const b = a satisfies number;\n' },
  ]);
});

test('what stands before the first marker is a cell; line ends of Windows do not matter', () => {
  const cells = parseCells("import 'x';\r\n// %% Prose [markdown]\r\n// text\r\n", 'x.ts');
  expect(cells.map(({ kind, title, line, source }) => [kind, title, line, source])).toEqual([
    ['code', '', 1, "import 'x';"],
    ['markdown', 'Prose', 3, 'text'],
  ]);
});

test('a marker inside a line is none', () => {
  expect(parseCells('const s = "// %% no";\n  // %% indented\n', 'x.ts')).toHaveLength(1);
});

test('a cell must be code by itself: the error names file, line and cell', () => {
  const broken = '// %% One\nconst a = 1;\n// %% Two\n\nconst b = (;\n';
  expect(() => parseCells(broken, 'x.ts')).toThrow(UsageError);
  expect(() => parseCells(broken, 'x.ts')).toThrow(/^x\.ts:5: in cell 2 "Two": Unexpected token/);
  expect(() => parseCells('// %%\nif (a) {\n// %% Inside\n}\n', 'x.ts')).toThrow(/^x\.ts:\d: in cell 1/);
  expect(() => parseCells('// %%\nconst t = `\n// %% in a text\n`;\n', 'x.ts')).toThrow(/^x\.ts:\d: in cell 1/);
});

test('a Markdown cell holds comments only', () => {
  expect(() => parseCells('// %% [markdown]\n// text\ncode();\n', 'x.ts')).toThrow(/^x\.ts:3: a \[markdown\] cell holds comments only/);
});

test('instrumented code opens every cell in order, keeps its lines, and has no types', async () => {
  const code = instrument(
    'const before: number = 1\n// %% A\ntype T = string;\nlog("a");\n// %% [markdown]\n// no code\n// %% B\nlog("b" as T);\n',
    'x.ts',
  );
  const lines = code.split('\n');
  expect([lines[0], lines[3], lines[7]]).toEqual(['const before = 1', 'log("a");', 'log("b" );']);
  const events: unknown[] = [];
  Object.assign(globalThis, { [Symbol.for('counterrank.cell')]: (cell: number) => events.push(cell) });
  await new (Object.getPrototypeOf(async () => {}).constructor)('log', code)((text: string) => events.push(text));
  expect(events).toEqual([1, 'a', 2, 3, 'b']);
});
