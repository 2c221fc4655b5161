import { jest } from '@jest/globals';
import { createTrecIds } from '../../../src/data/trec/id-table.ts';
import { evaluateRun, judgedRankings, parseMeasures } from '../../../src/metrics/index.ts';
import { keepWork, sharedWork } from '../../../src/metrics/kept-work.ts';
import { createRng } from '../../../src/random/index.ts';

/** Topics of some thousand documents with ties, every third of which is judged, and not all of them retrieved. */
function manyDocuments(counts: readonly number[]) {
  const ids = createTrecIds();
  const rng = createRng('blocks');
  const topics = Uint32Array.from(counts, (_, t) => ids.topics.internText(`t${t}`));
  const all = counts.map((count, t) => Array.from({ length: count }, (_, d) => ids.documentsOf(topics[t]).internText(`d${d}`)));
  const judged = all.map((documents) => documents.filter((_, d) => d % 3 === 0));
  const retrieved = all.map((documents) => documents.slice(0, Math.ceil(0.9 * documents.length)));
  const offsetsOf = (lists: readonly number[][]) => {
    const offsets = new Uint32Array(lists.length + 1);
    for (const [t, list] of lists.entries()) offsets[t + 1] = offsets[t] + list.length;
    return offsets;
  };
  const qrels = {
    ids,
    topics,
    offsets: offsetsOf(judged),
    documents: Uint32Array.from(judged.flat()),
    grades: Float32Array.from(judged.flat(), () => Math.floor(5 * rng.next()) - 1),
  };
  const scores = Float64Array.from(retrieved.flatMap((list) => list.map((_, rank) => -Math.floor(rank / 3))));
  const run = { ids, tag: 'run', topics, offsets: offsetsOf(retrieved), documents: Uint32Array.from(retrieved.flat()), scores };
  return { qrels, run, topics };
}

const names = parseMeasures('all_trec').map(({ name }) => name);
const more = ['nDCG(judged_only=True)@10', "nDCG(dcg='exp-log2')", 'nDCG(gains={1:3,2:9})@20', 'AP(rel=2)', 'IPrec(rel=2)@0.5', 'ERR@20'];

test.each([false, true])(
  'topics measured a few at a time, with shared work, have the values of each measure by itself: ties %p',
  (expectTies) => {
    const { qrels, run, topics } = manyDocuments(expectTies ? [5000, 30, 5000, 1] : [9000, 1, 3000, 5000, 20_000, 2]);
    const measures = expectTies ? more : [...names, ...more]; // with ties many take the mean over orders, which takes long
    const { values } = evaluateRun(qrels, run, measures, { expectTies });
    const { ranked, offsets, retrieved, ties } = judgedRankings(qrels, run, topics);
    for (const measure of measures) {
      const [{ compute }] = parseMeasures(measure);
      expect([measure, values[measure]]).toEqual([measure, compute(ranked, offsets, { retrieved, ...(expectTies && { ties }) })]);
    }
  },
);

test('work is shared where values are said never to change, and only there', () => {
  const [kept, other] = [keepWork(Float32Array.of(1, 0)), Float32Array.of(1, 0)];
  const made = jest.fn((values: Float32Array) => values[0]);
  for (const what of ['first', 'first', 'again']) sharedWork(kept, what, () => made(kept));
  expect(made).toHaveBeenCalledTimes(2);
  expect(sharedWork(other, 'first', () => made(other))).toBe(1);
  other[0] = 3;
  expect(sharedWork(other, 'first', () => made(other))).toBe(3);
});
