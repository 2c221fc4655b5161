import { textTable } from '../../../experiments/terminal/text-table.ts';

const rows = [
  ['a', '1.5'],
  ['long name', '−2'],
];

test('bare columns in line, no blanks at line ends', () => {
  expect(textTable(['run', 'Δ'], rows, { columns: 80, terminal: false })).toBe('run        Δ\na          1.5\nlong name  −2');
});

test('boxes on a terminal, the same words', () => {
  const boxed = textTable(['run', 'Δ'], rows, { columns: 80, terminal: true });
  expect(boxed).toMatch(/^┌─+┬─+┐$/m);
  expect(boxed).toMatch(/^│ long name │ −2 +│$/m);
});
