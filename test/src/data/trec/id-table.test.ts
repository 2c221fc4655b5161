import fc from 'fast-check';
import { createTrecIds, IdTable } from '../../../../src/data/trec/id-table.ts';

test('ids are numbered by first appearance, and come back as text', () => {
  const table = new IdTable();
  expect(['b', 'a', 'b', 'ä', ''].map((id) => table.internText(id))).toEqual([0, 1, 0, 2, 3]);
  expect([0, 1, 2, 3].map((id) => table.text(id))).toEqual(['b', 'a', 'ä', '']);
  expect(table.length).toBe(4);
});

test('every topic numbers its documents for itself, and an id is new once in each reading', () => {
  const ids = createTrecIds();
  const [one, other] = [ids.documentsOf(0), ids.documentsOf(1)];
  const names = Array.from({ length: 3000 }, (_, n) => `d${n}`);
  for (const [n, name] of names.entries()) expect([one.internText(name), other.internText(names[2999 - n])]).toEqual([n, n]); // in turn
  expect(names.map((_, n) => [one.text(n), other.text(2999 - n)])).toEqual(names.map((name) => [name, name]));
  expect([one.isNewIn(1, 7), one.isNewIn(1, 7), other.isNewIn(1, 7), one.isNewIn(2, 7)]).toEqual([true, false, true, true]);
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

test('ids of all lengths, each a start of the next or different in one byte, have numbers of their own', () => {
  const ids = ['', ...Array.from({ length: 14 }, (_, n) => 'abcdefghijklmn'.slice(0, n + 1))];
  for (let place = 0; place < 9; place++)
    for (let byte = 33; byte < 127; byte++) ids.push('A2345678!'.split('').with(place, String.fromCharCode(byte)).join(''));
  const distinct = [...new Set([...ids, 'a\0', 'a\0\0', 'abcd\0'])];
  const table = new IdTable();
  expect(distinct.map((id) => table.internText(id))).toEqual(distinct.map((_, i) => i));
  expect(distinct.map((id) => table.internText(id))).toEqual(distinct.map((_, i) => i));
  expect(distinct.map((_, i) => table.text(i))).toEqual(distinct);
});

test('bytes are read wherever they stand', () => {
  const table = new IdTable();
  const bytes = Buffer.from('xxdoc-12 doc-123 doc-12yyyy');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  expect([table.intern(view, 2, 8), table.intern(view, 9, 16), table.intern(view, 17, 23)]).toEqual([0, 1, 0]);
  expect([table.text(0), table.text(1)]).toEqual(['doc-12', 'doc-123']);
});

test('a hundred thousand numbered ids do not run into each other', () => {
  const table = new IdTable();
  const start = performance.now();
  for (let i = 0; i < 100_000; i++) expect1(table.internText(`passage-${i * 256}`), i);
  expect(table.length).toBe(100_000);
  expect(performance.now() - start).toBeLessThan(5_000); // a poor hash takes minutes
});
/** `expect` costs more than what it looks at here. */
function expect1(found: number, expected: number): void {
  if (found !== expected) throw new Error(`${found} is not ${expected}`);
}
