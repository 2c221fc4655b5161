import { mkdirSync } from 'node:fs';
import { recommenderTest } from '../../../../estimators/recommendation/evaluate-recommender.ts';
import { parseRecommendationMetric } from '../../../../estimators/recommendation/recommendation-metrics.ts';
import { builtInParts } from '../../../../experiments/parts/parts.ts';
import { meansOf } from '../../../../experiments/tables/run-result.ts';
import { implicitWorlds } from '../../../../experiments/tasks/implicit-feedback/implicit-worlds.ts';
import type { RecommendationProblem } from '../../../../experiments/tasks/recommendation/problem.ts';
import { openInteractionData, ratingScale, splitUniform, targetOf } from '../../../../experiments/tasks/recommendation/recorded-data.ts';
import { InteractionBuilder } from '../../../../src/data/interactions/interaction-builder.ts';
import { findRow, itemClicks, rowUsers } from '../../../../src/data/interactions/interaction-log.ts';
import { decodeOptions } from '../../../../src/decode-options.ts';
import { createRng } from '../../../../src/random/rng.ts';
import { temporaryFolder } from '../../../src/data/temporary-folder.ts';
import { decode, run } from './decode-and-run.ts';

const folder = temporaryFolder();
const builder = new InteractionBuilder({ file: 'made' });
for (let u = 0; u < 60; u++) for (let i = 0; i < 20; i++) builder.add({ user: `${u}`, item: `${i}`, rating: 1 + ((u + i) % 5) }, 1);
const uniformTest = builder.build();

test('the sample for naive Bayes and the test part are the uniform part: no pair is in both, none is lost, the share is as stated', () => {
  const data = { log: uniformTest, uniformTest, userFeatures: null, itemFeatures: null };
  const options = { reader: 'csv', path: 'made', relevantFrom: 4, uniformSampleShare: 0.3 } as const;
  const { sample, test: kept } = splitUniform(data, options, createRng('split'));
  const keys = (log: typeof uniformTest | null) => (log === null ? [] : [...rowUsers(log)].map((u, row) => `${u} ${log.items[row]}`));
  expect([...keys(sample), ...keys(kept)].sort()).toEqual(keys(uniformTest).sort());
  expect(Math.abs(keys(sample).length / 1200 - 0.3)).toBeLessThan(4.5 * Math.sqrt((0.3 * 0.7) / 1200));
  expect(splitUniform(data, { ...options, uniformSampleShare: 0 }, createRng('split')).sample).toBeNull();
});

describe('options of readers', () => {
  test("a target without a rule of relevance is the rating's place on the scale that is given, not on the range of the data", async () => {
    const path = folder.put('own.csv', 'user,item,rating\nu,i,2\nu,j,8\n');
    const data = await openInteractionData(builtInParts.readers, { reader: 'csv', path, ratingScale: [0, 10] })();
    const target = targetOf(data.log, null, ratingScale(data.log, data.uniformTest));
    expect([target(0), target(1)]).toEqual([0.2, 0.8]);
  });

  test.each([
    [{ reader: 'movielens-100k', path: 'x', ratingScale: [1, 5] } as const, /ratingScale is no option of the reader movielens-100k/],
    [{ reader: 'csv', path: 'x', campaign: 'all' } as const, /campaign is no option of the reader csv/],
  ])('%j: an option of another reader is refused', (options, message) => {
    const ratingScale = 'ratingScale' in options ? [...options.ratingScale] : null;
    expect(() => openInteractionData(builtInParts.readers, { ...options, ratingScale })).toThrow(message);
  });

  test('the files of the record are those that readers look into, in subfolders too', async () => {
    const files = ['bts/men/men.csv', 'random/men/men.csv', 'data/x.csv', 'read.me', 'other/deep.csv'];
    for (const file of files) {
      mkdirSync(folder.in(`world/${file.split('/').slice(0, -1).join('/')}`), { recursive: true });
      folder.put(`world/${file}`, '');
    }
    const { task, config } = decode({
      task: 'explicit-feedback',
      world: { name: 'recorded', reader: 'open-bandit', path: folder.in('world') },
      exposure: 'logged',
      estimators: ['naive'],
    });
    const found = await task.data?.(config)?.files();
    expect(found?.map((path) => path.slice(folder.in('world/').length)).sort()).toEqual(files.slice(0, 4).sort());
  });

  test('a scale is two numbers, the lower first', () => {
    const world = (scale: unknown) => ({ name: 'recorded', reader: 'csv', path: 'x', ratingScale: scale });
    const on = (scale: unknown) => decode({ task: 'explicit-feedback', world: world(scale), exposure: 'logged', estimators: ['naive'] });
    expect(() => on([1, 10])).not.toThrow();
    for (const scale of [[5, 1], [1], [1, 2, 3]]) expect(() => on(scale)).toThrow(/must be two numbers, the lowest and the highest/);
  });
});

describe('a simulated world', () => {
  const [U, I] = [50, 40];
  const { synthetic } = implicitWorlds(builtInParts);
  const options = decodeOptions('world', synthetic.options, { users: U, items: I, meanExposure: -0.5, meanRelevance: -0.5 });
  const problemOf = synthetic.create(options)();
  const drawn = (seed: string) => problemOf.then((of) => of(createRng(seed)));

  test('is tested on the pairs without a click, every one of them once', async () => {
    const { log, test: pairs, known, oracle } = await drawn('one');
    let expected = 0;
    for (let u = 0; u < U; u++) {
      const items = [...pairs.items.subarray(pairs.offsets[u], pairs.offsets[u + 1])];
      expect(items).toEqual(Array.from({ length: I }, (_, i) => i).filter((i) => findRow(log, u, i) < 0));
      // P(R = 1 | Y = 0) = γ(1 − θ)/(1 − γθ)
      for (const i of items) {
        const [gamma, theta] = [oracle?.(u, i) ?? 0, known?.pair(u, i) ?? 0];
        expected += (gamma * (1 - theta)) / (1 - gamma * theta);
      }
    }
    const relevant = pairs.labels.reduce((a, b) => a + b, 0);
    expect(Math.abs(relevant - expected)).toBeLessThan(4.5 * Math.sqrt(expected));
  });

  test('is the same for every seed, and its feedback is not', async () => {
    const [one, two] = await Promise.all([drawn('one'), drawn('two')]);
    expect(one.oracle?.(3, 4)).toBe(two.oracle?.(3, 4));
    expect(one.log.items).not.toEqual(two.log.items);
  });

  test('seeds of a run draw anew, and equal seeds alike', async () => {
    const meansWith = async (seeds: number[]) =>
      meansOf(
        await run({
          task: 'implicit-feedback',
          seeds,
          world: { name: 'synthetic', users: 20, items: 15 },
          training: { steps: 3, batch: 16 },
          estimators: ['naive'],
          evaluation: { metrics: ['log-loss'] },
        }),
      );
    const [both, second] = await Promise.all([meansWith([1, 2]), meansWith([2])]);
    expect(both[0]).not.toEqual(both[1]);
    expect(second[0]).toEqual(both[1]);
  });
});

describe('evaluation', () => {
  // item 0 was clicked by every user, item 3 by none; every user finds items 1 and 3 relevant
  const clicks = new InteractionBuilder({ file: 'made' });
  for (let u = 0; u < 6; u++) for (let i = 0; i < 4; i++) clicks.add({ user: `${u}`, item: `${i}`, click: u < 6 - 2 * i ? 1 : 0 }, 1);
  const log = clicks.build();
  const problem = {
    log,
    test: { offsets: log.offsets, items: log.items, labels: Float32Array.from(log.items, (i) => Number(i === 1 || i === 3)) },
  } as unknown as RecommendationProblem;
  const evaluation = (metrics: string[], negatives: number | null) => ({ metrics, negatives, rareShare: 0.5, emptyUsers: 'skip' as const });
  const byItem = (...values: number[]) => ({
    scores: (_users: ArrayLike<number>, items: ArrayLike<number>, count: number, out: Float32Array) => {
      for (let b = 0; b < count; b++) out[b] = values[items[b]];
    },
    predict: (score: number) => score,
    record: null,
  });
  const measure = (metrics: string[], negatives: number | null, ...values: number[]) => {
    const parsed = metrics.map((label) => parseRecommendationMetric(label));
    return recommenderTest(problem, parsed, evaluation(metrics, negatives), createRng('test')).evaluate(byItem(...values));
  };

  test('strata: items 2 and 3 have fewest clicks', () => {
    expect([...itemClicks(log)]).toEqual([6, 4, 2, 0]);
    // in error on item 0 only
    const [all, rare, frequent] = measure(['squared-error', 'squared-error:rare', 'squared-error:frequent'], null, 1, 1, 0, 1);
    expect([all[0], rare[0], frequent[0]]).toEqual([1 / 4, 0, 1 / 2]);
    const [ndcg, ofRare] = measure(['precision@1', 'precision@1:rare'], null, 4, 3, 1, 2);
    expect([...ndcg]).toEqual(Array(6).fill(0));
    expect([...ofRare]).toEqual(Array(6).fill(1));
  });

  test('a user without a test pair is undefined, whatever one without a relevant pair scores; so in a stratum', () => {
    // user 0 has no test pair, user 1 one that is not relevant and frequent, user 2 a relevant one that is rare
    const pairs = { offsets: Uint32Array.of(0, 0, 1, 2), items: Uint32Array.of(0, 3), labels: Float32Array.of(0, 1) };
    const metrics = ['dcg@5', 'dcg@5:rare', 'recall@5:frequent', 'saito-recall@5'];
    const parsed = metrics.map((label) => parseRecommendationMetric(label));
    const of = (emptyUsers: 'zero' | 'one') =>
      recommenderTest({ log, test: pairs }, parsed, { ...evaluation(metrics, null), emptyUsers }, createRng('test'))
        .evaluate(byItem(4, 3, 2, 1))
        .map((values) => [...values]);
    const none = Number.NaN;
    expect(of('zero')).toEqual([
      [none, 0, 1],
      [none, none, 1],
      [none, 0, none],
      [none, 1, 1],
    ]);
    expect(of('one')[0]).toEqual([none, 1, 1]);
  });

  test('rankings are of the relevant test pairs and as many others as asked', () => {
    // irrelevant items first: with n of them the relevant ones come at ranks n + 1 and n + 2
    for (const negatives of [1, 2, null]) {
      const n = negatives ?? 2;
      const [first] = measure([`reciprocal-rank`], negatives, 4, 1, 3, 2);
      expect([...first]).toEqual(Array(6).fill(1 / (n + 1)));
    }
  });
});
