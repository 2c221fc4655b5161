import { groupedHeads } from '../../../experiments/report/grouped-heads.ts';

const heads = (words: string[][]) => groupedHeads(words).map((spans) => spans.map(({ text, columns }) => [text, columns]));

test('neighbours of one word share a head, but not under different heads', () => {
  expect(
    heads([
      ['mslr', '1e3'],
      ['mslr', '1e4'],
      ['yahoo', '1e4'],
    ]),
  ).toEqual([
    [
      ['mslr', 2],
      ['yahoo', 1],
    ],
    [
      ['1e3', 1],
      ['1e4', 1],
      ['1e4', 1],
    ],
  ]);
});

test('the same word further on is another head; nothing has none', () => {
  expect(heads([['a'], ['b'], ['a']])).toEqual([
    [
      ['a', 1],
      ['b', 1],
      ['a', 1],
    ],
  ]);
  expect(heads([])).toEqual([]);
});
