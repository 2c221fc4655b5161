import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { qrelsOf, runOf } from '../../../../src/data/trec/from-query-set.ts';
import { createTrecIds } from '../../../../src/data/trec/id-table.ts';
import { readQrels } from '../../../../src/data/trec/read-qrels.ts';
import { readRun } from '../../../../src/data/trec/read-run.ts';
import { writeQrels } from '../../../../src/data/trec/write-qrels.ts';
import { writeRun } from '../../../../src/data/trec/write-run.ts';
import { UsageError } from '../../../../src/errors.ts';
import { dataOf } from '../data-of.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const folder = temporaryFolder();
const set = {
  queryIds: ['q1', 'q2'],
  docIds: ['a', 'b', 'c', 'a', 'd'],
  offsets: Uint32Array.of(0, 3, 5),
  labels: Float32Array.of(0, 2, -1, 1, 0),
};

test('writes topic, document and grade; rank from 1, score and tag', async () => {
  await writeQrels(folder.in('q'), qrelsOf(set));
  expect(readFileSync(folder.in('q'), 'utf8')).toBe('q1 0 a 0\nq1 0 b 2\nq1 0 c -1\nq2 0 a 1\nq2 0 d 0\n');
  await writeRun(folder.in('r'), runOf(set, Float64Array.of(1, 1, 2.5, -1, 1e-7), 'mine'));
  expect(readFileSync(folder.in('r'), 'utf8')).toBe(
    'q1 Q0 c 1 2.5 mine\nq1 Q0 b 2 1 mine\nq1 Q0 a 3 1 mine\nq2 Q0 d 1 1e-7 mine\nq2 Q0 a 2 -1 mine\n',
  );
});

const scores = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 5, maxLength: 5 });

test('whatever was written is read again, plain and gzip', async () => {
  await fc.assert(
    fc.asyncProperty(scores, fc.constantFrom('r.txt', 'r.gz'), async (values, name) => {
      const ids = createTrecIds();
      const run = runOf(
        set,
        Float64Array.from(values, (value) => value + 0),
        't',
        ids,
      ); // + 0: no −0
      await writeRun(folder.in(name), run);
      expect(dataOf(await readRun(folder.in(name), ids))).toEqual({ ...run, ids });
    }),
    { numRuns: 40, seed: 2 },
  );
  const qrels = qrelsOf(set);
  await writeQrels(folder.in('q.gz'), qrels);
  expect(dataOf(await readQrels(folder.in('q.gz'), qrels.ids))).toEqual({ ...qrels });
});

test.each([
  ['a document id with a blank', { ...set, docIds: ['a b', 'b', 'c', 'a', 'd'] }, 't'],
  ['an empty document id', { ...set, docIds: ['', 'b', 'c', 'a', 'd'] }, 't'],
  ['a topic that reads as a comment', { ...set, queryIds: ['#1', 'q2'] }, 't'],
  ['a tag with a blank', set, 'my system'],
])('%s cannot be written, and nothing is', async (_, bad, tag) => {
  const path = folder.in('bad');
  await expect(writeRun(path, runOf(bad, new Float64Array(5), tag))).rejects.toThrow(UsageError);
  if (tag === 't') await expect(writeQrels(path, qrelsOf(bad))).rejects.toThrow(UsageError);
  expect(existsSync(path)).toBe(false);
});

test('grades are whole, scores finite, one per document', async () => {
  await expect(writeQrels(folder.in('bad'), qrelsOf({ ...set, labels: Float32Array.of(0.5, 0, 0, 0, 0) }))).rejects.toThrow('whole number');
  await expect(writeRun(folder.in('bad'), runOf(set, Float64Array.of(Infinity, 0, 0, 0, 0), 't'))).rejects.toThrow('finite');
  expect(() => runOf(set, Float64Array.of(1), 't')).toThrow('expected 5 scores');
  expect(() => runOf(set, Float64Array.of(Number.NaN, 0, 0, 0, 0), 't')).toThrow('NaN');
});
