import { UsageError } from '../../../src/errors.ts';
import { evaluateRanking } from '../../../src/metrics/evaluate-ranking.ts';
import type { MetricOptions } from '../../../src/metrics/metric-options.ts';
import { readGdeval, readTrec, readTrecEval, testWithData } from './read-trec.ts';

const official = 'trec-eval/official';

/** Our name → trec_eval's, for every cutoff within the 500 documents retrieved per topic. */
const names = new Map<string, string>([
  ['average-precision@500', 'map'],
  ['reciprocal-rank', 'recip_rank'],
  ['ndcg@500', 'ndcg'],
  ...[1, 5, 10, 20, 100, 500].map((k) => [`precision@${k}`, `P_${k}`] as const),
  ...[5, 10, 20, 100, 500].map((k) => [`recall@${k}`, `recall_${k}`] as const),
  ...[5, 10, 20, 100].map((k) => [`average-precision@${k}`, `map_cut_${k}`] as const),
  ...[1, 3, 5, 10, 20, 50, 100, 200, 500].map((k) => [`ndcg@${k}`, `ndcg_cut_${k}`] as const),
]);

async function compare(
  qrels: string,
  expectedPath: string,
  ours: Map<string, string>,
  options: MetricOptions,
  digits: number,
): Promise<number> {
  const run = await readTrec(`${official}/${qrels}`, `${official}/results.test`);
  const expected = readTrecEval(`trec-eval/generated/${expectedPath}`);
  const values = evaluateRanking(run.scores, run, [...ours.keys()], options);
  let compared = 0;
  for (const [name, measure] of ours)
    run.topics.forEach((topic, q) => {
      const value = expected.get(measure)?.get(topic);
      if (value === undefined) return;
      compared++;
      expect({ name, topic, value: values[name][q] }).toEqual({ name, topic, value: expect.closeTo(value, digits) });
    });
  return compared;
}

describe('as trec_eval', () => {
  testWithData('binary and linear-gain measures to 12 digits', async () => {
    const linear = { gain: 'linear' } as const;
    expect(await compare('qrels.test', 'qrels.test.results.test.12digits.txt', names, linear, 11)).toBe(3 * names.size);
    expect(await compare('qrels.rel_level', 'qrels.rel_level.results.test.12digits.txt', names, linear, 11)).toBe(3 * names.size);
  });
  testWithData('relevance from label 2 and 3 on', async () => {
    const binary = new Map([...names].filter(([name]) => !name.startsWith('ndcg')));
    expect(await compare('qrels.rel_level', 'qrels.rel_level.results.test.l2.12digits.txt', binary, { threshold: 2 }, 11)).toBeGreaterThan(
      20,
    );
    expect(await compare('qrels.rel_level', 'qrels.rel_level.results.test.l3.12digits.txt', binary, { threshold: 3 }, 11)).toBeGreaterThan(
      20,
    );
  });
  testWithData('exponential-gain NDCG over all ranks', async () => {
    const exponential = new Map([['ndcg@500', 'ndcg_1=1,2=3,3=7,4=15,6=63']]);
    expect(await compare('qrels.rel_level', 'qrels.rel_level.results.test.ndcg-exp-gain.12digits.txt', exponential, {}, 11)).toBe(3);
  });
});

describe('as gdeval', () => {
  testWithData('ERR and exponential-gain NDCG to its 5 digits', async () => {
    const run = await readTrec(`${official}/qrels.rel_level`, `${official}/results.test`);
    for (const k of [5, 10, 20]) {
      const values = evaluateRanking(run.scores, run, [`ndcg@${k}`, `err@${k}`]);
      const rows = readGdeval(`trec-eval/gdeval/trec_eval-test.qrels_rel_level.k${k}.csv`).filter(({ topic }) => topic !== 'amean');
      expect(rows.map(({ topic }) => topic)).toEqual(run.topics);
      rows.forEach(({ ndcg, err }, q) => {
        expect(Math.abs(values[`ndcg@${k}`][q] - ndcg)).toBeLessThan(0.6e-5);
        expect(Math.abs(values[`err@${k}`][q] - err)).toBeLessThan(0.6e-5);
      });
    }
  });
});

test('ranks by score, in every order among ties, and gives one array per name', () => {
  const querySet = { labels: Float32Array.of(0, 1, 0, 1), offsets: Uint32Array.of(0, 3, 4) };
  const values = evaluateRanking(Float32Array.of(1, 1, 2, 0), querySet, ['reciprocal-rank', 'precision@2']);
  expect([...values['reciprocal-rank']]).toEqual([(1 / 2 + 1 / 3) / 2, 1]);
  expect([...values['precision@2']]).toEqual([1 / 4, 1 / 2]);
});

test('options reach every metric; the cutoff comes from the name', () => {
  const querySet = { labels: Float32Array.of(0, 0, 1, 2), offsets: Uint32Array.of(0, 2, 4) };
  const scores = Float32Array.of(1, 2, 2, 1);
  const values = evaluateRanking(scores, querySet, ['ndcg@1', 'err@1'], { emptyQueries: 'skip', gain: 'linear', highestGrade: 2 });
  expect([...values['ndcg@1']]).toEqual([Number.NaN, 1 / 2]);
  expect([...values['err@1']]).toEqual([Number.NaN, 1 / 2]); // a document of grade 1 of 2, with linear gain
  expect(() => evaluateRanking(scores, querySet, ['err@1'], { highestGrade: 1 })).toThrow(UsageError);
});
