import { growingUint32 } from '../../../src/data/growing-array.ts';
import { SequenceTable } from '../../../src/data/sequence-table.ts';

test('numbers distinct sequences by first appearance; key, items, their order and length all count', () => {
  const table = new SequenceTable(growingUint32());
  const sequences: [number, number[]][] = [
    [0, []],
    [1, []],
    [0, [0]],
    [0, [0, 0]],
    [0, [1, 2]],
    [0, [2, 1]],
    [1, [1, 2]],
  ];
  expect(sequences.map(([key, items]) => table.intern(key, items))).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(sequences.map(([key, items]) => table.intern(key, items))).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(table.intern(0, [9, 1, 2, 9], 1, 3)).toBe(4);
  expect([...table.offsets.trimmed()]).toEqual([0, 0, 0, 1, 3, 5, 7, 9]);
});

/** Knuth, The Art of Computer Programming 3, 6.4: one to one, over all 32 bits. */
const spread = (x: number) => Math.imul(x, 0x9e3779b1) >>> 0;

test('sequences with the same hash stay apart', () => {
  // 360,000 distinct ones: with 32-bit hashes about 360,000² / 2^33 = 15 pairs collide
  const table = new SequenceTable(growingUint32(), 1);
  let wrong = 0;
  for (let round = 0, expected = 0; round < 2; round++, expected = 0)
    for (let key = 0; key < 600; key++)
      for (let item = 0; item < 600; item++) if (table.intern(key, [spread(item)]) !== expected++) wrong++;
  expect(wrong).toBe(0);
  expect(table.length).toBe(360_000);
});
