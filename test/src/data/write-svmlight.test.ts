import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import type { QuerySet } from '../../../src/data/query-set.ts';
import { readSvmlight } from '../../../src/data/read-svmlight.ts';
import { writeSvmlight } from '../../../src/data/write-svmlight.ts';
import { UsageError } from '../../../src/errors.ts';
import { dataOf } from './data-of.ts';
import { temporaryFolder } from './temporary-folder.ts';

const folder = temporaryFolder();
const set: QuerySet = {
  queryIds: ['q1', 'q2'],
  docIds: ['A', '2', '1'],
  offsets: Uint32Array.of(0, 2, 3),
  features: Float32Array.of(0.1, 0, 0, -0, 1e-30, 0, 0, 2, 0),
  featureCount: 3,
  labels: Float32Array.of(2, 0, 0.3),
};

test('writes the text one would write by hand', async () => {
  const path = folder.in('hand.txt');
  await writeSvmlight(path, set);
  expect(readFileSync(path, 'utf8')).toBe('2 qid:q1 1:0.1 3:0 # docid = A\n0 qid:q1 1:-0 2:1e-30\n0.3 qid:q2 2:2\n');
});

test('round-trips every 32-bit float, plain and gzip', async () => {
  const label = fc.oneof(fc.float({ noNaN: true, noDefaultInfinity: true, max: 400 }), fc.constantFrom(0, -0, 1, 0.1, 400, 1e-45));
  const sets = fc
    .tuple(fc.integer({ min: 1, max: 4 }), fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 }))
    .chain(([width, sizes]) => {
      const documents = sizes.reduce((sum, size) => sum + size, 0);
      return fc.record({
        sizes: fc.constant(sizes),
        featureCount: fc.constant(width),
        features: fc.float32Array({ minLength: width * documents, maxLength: width * documents, noNaN: true, noDefaultInfinity: true }),
        labels: fc.array(label, { minLength: documents, maxLength: documents }),
        named: fc.array(fc.boolean(), { minLength: documents, maxLength: documents }),
      });
    });
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(sets, async ({ sizes, featureCount, features, labels, named }) => {
      const offsets = Uint32Array.from([0, ...sizes]);
      for (let q = 0; q < sizes.length; q++) offsets[q + 1] += offsets[q];
      const docIds = sizes.flatMap((size, q) =>
        Array.from({ length: size }, (_, i) => (named[offsets[q] + i] ? `doc-é-#${i}` : String(i + 1))),
      );
      const original: QuerySet = {
        queryIds: sizes.map((_, q) => `query-${q}`),
        docIds,
        offsets,
        features,
        featureCount,
        labels: Float32Array.from(labels),
      };
      const path = folder.in(`round.txt${runs++ % 2 === 0 ? '' : '.gz'}`);
      await writeSvmlight(path, original);
      expect(dataOf(await readSvmlight(path, { cache: false }))).toEqual(original);
    }),
    { numRuns: 60 },
  );
});

test.each<[string, Partial<QuerySet>, RegExp]>([
  ['a blank in a query id', { queryIds: ['q 1', 'q2'] }, /query id "q 1" cannot be written/],
  ['an empty document id', { docIds: ['A', '', '1'] }, /document id "" cannot be written/],
  ['a label that is NaN', { labels: new Float32Array(3).fill(NaN) }, /cannot write the number NaN/],
  ['an infinite feature', { features: new Float32Array(9).fill(Infinity) }, /cannot write the number Infinity/],
  ['a query without documents', { offsets: Uint32Array.of(0, 3, 3) }, /query "q2" has no documents/],
])('%s: a usage error, and nothing is written', async (name, part, message) => {
  const path = folder.in(name);
  const written = writeSvmlight(path, { ...set, ...part });
  await expect(written).rejects.toThrow(UsageError);
  await expect(written).rejects.toThrow(message);
  expect(existsSync(path)).toBe(false);
});
