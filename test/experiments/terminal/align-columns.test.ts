import { alignColumns, fittedColumns } from '../../../experiments/terminal/align-columns.ts';

const screen = { columns: 40, terminal: true };
const widest = (text: string) => Math.max(...text.split('\n').map(({ length }) => length));
const sentence = 'what a method needs and does not find in this log';

test('what fits, and what a program reads, is as it is', () => {
  const rows = [
    ['a', sentence],
    ['b', ''],
  ];
  expect(fittedColumns(rows, { columns: 60, terminal: true })).toBe(alignColumns(rows));
  expect(fittedColumns(rows, { columns: 40, terminal: false })).toBe(alignColumns(rows));
});

test('sentences are wrapped within their column', () => {
  const rows = [
    ['method', 'why', 'n'],
    ['ips', sentence, '12'],
  ];
  const lines = ['method  why                           n', 'ips     what a method needs and does  12', '        not find in this log'];
  expect(fittedColumns(rows, screen)).toBe(lines.join('\n'));
});

test('columns that do not fit stand below, with those that tell the rows apart', () => {
  const number = (n: number) => `${n}.1234 [0.1, 0.2]`;
  const rows = [
    ['method', 'by', 'x', 'y', 'z'],
    ...['ips', 'snips'].map((by, i) => ['naive', by, number(i), number(i + 2), number(i + 4)]),
    ...['ips', 'snips'].map((by, i) => ['best', by, number(i), number(i + 2), number(i + 4)]),
  ];
  const text = fittedColumns(rows, screen);
  expect(widest(text)).toBeLessThanOrEqual(40);
  const blocks = text.split('\n\n').map((block) => block.split('\n').map((line) => line.split(/ {2,}/)));
  expect(blocks.map(([head]) => head)).toEqual([
    ['method', 'by', 'x'],
    ['method', 'by', 'y'],
    ['method', 'by', 'z'],
  ]);
  for (const block of blocks)
    expect(block.slice(1).map(([method, by]) => `${method} ${by}`)).toEqual(['naive ips', 'naive snips', 'best ips', 'best snips']);
  for (const cell of rows.flat()) expect(text).toContain(cell); // nothing is lost
});
