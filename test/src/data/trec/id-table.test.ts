import fc from 'fast-check';
import { IdTable } from '../../../../src/data/trec/id-table.ts';

test('ids are numbered by first appearance, and come back as text', () => {
  const table = new IdTable();
  expect(['b', 'a', 'b', 'ä', ''].map((id) => table.internText(id))).toEqual([0, 1, 0, 2, 3]);
  expect([0, 1, 2, 3].map((id) => table.text(id))).toEqual(['b', 'a', 'ä', '']);
  expect(table.length).toBe(4);
});

test('compares as the bytes do', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 4 }), { minLength: 2, maxLength: 8 }), (ids) => {
      const table = new IdTable();
      for (const a of ids)
        for (const b of ids) {
          const expected = Buffer.compare(Buffer.from(a), Buffer.from(b));
          expect(Math.sign(table.compare(table.internText(a), table.internText(b)))).toBe(expected);
        }
    }),
    { numRuns: 200, seed: 1 },
  );
});
