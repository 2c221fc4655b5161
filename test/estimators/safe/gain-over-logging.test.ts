import { gainOverLogging } from '../../../estimators/index.ts';
import { loggingSupport } from '../../../estimators/safe/logging-expectations.ts';
import type { Bias } from '../../../src/bias.ts';
import type { QuerySet } from '../../../src/data/query-set.ts';
import { createRng } from '../../../src/random/rng.ts';
import { candidates, exactLog, expectedOf, K, plackettLuce } from '../weightings/two-policies.ts';

const relevance = [0.9, 0.1, 0.5, 0.3];
const bias = { kind: 'affine', alpha: Float64Array.of(0.35, 0.53, 0.55), beta: Float64Array.of(0.65, 0.26, 0.15) } as const satisfies Bias;
const examination = { kind: 'examination', examination: Float64Array.of(1, 0.8, 0.7) } as const satisfies Bias;
const dcg = Array.from({ length: K }, (_, k) => 1 / Math.log2(2 + k));
const querySet = candidates as QuerySet;
const lists = plackettLuce([1, 0.5, 0, -1]);
const logged = (sessions: number, of: typeof lists, { alpha, beta }: { alpha: ArrayLike<number>; beta: ArrayLike<number> }) => ({
  querySet,
  log: exactLog([{ lists: of, sessions }], { alpha, beta }, relevance),
  knownBias: null,
});
const logging = expectedOf(lists, dcg);
/** Discounts of the order of scores 0, −1, 2, 0.5 of four documents. */
const byScore = [dcg[2], 0, dcg[0], dcg[1]];
const scores = Float32Array.of(0, -1, 2, 0.5);
const truth = byScore.reduce((sum, weight, d) => sum + (weight - logging[d]) * relevance[d], 0);

test('the gain is that of the truth, under trust bias too', () => {
  expect(gainOverLogging(logged(1000, lists, bias), scores, bias, 0.05).gain.value).toBeCloseTo(truth, 10);
  const seen = { alpha: examination.examination, beta: [0, 0, 0] };
  expect(gainOverLogging(logged(1000, lists, seen), scores, examination, 0.05).gain.value).toBeCloseTo(truth, 10);
});

test('a ranker that orders as the one list of the log did gains nothing, surely', () => {
  const one = logged(50, [[[2, 3, 0], 1]], bias);
  expect(gainOverLogging(one, scores, bias, 0.01)).toMatchObject({ gain: { value: 0 }, risk: 0 });
});

test('equal scores are ordered at random', () => {
  const random = logging.reduce((sum, weight, d) => sum + ((dcg[0] + dcg[1] + dcg[2]) / 4 - weight) * relevance[d], 0);
  expect(gainOverLogging(logged(10, lists, bias), new Float32Array(4), bias, 0.05).gain.value).toBeCloseTo(random, 10);
});

test('the Plackett–Luce policy of the scores that logged gains nothing, and of other scores what its exact expectations say', () => {
  const same = gainOverLogging(logged(50, lists, bias), Float32Array.of(1, 0.5, 0, -1), bias, 0.05, 'plackett-luce');
  expect(same.gain.value).toBeCloseTo(0, 7);
  expect(same.risk).toBeCloseTo(0, 7);
  const drawn = expectedOf(plackettLuce([0, -1, 2, 0.5]), dcg);
  const gain = drawn.reduce((sum, weight, d) => sum + (weight - logging[d]) * relevance[d], 0);
  expect(gainOverLogging(logged(50, lists, bias), scores, bias, 0.05, 'plackett-luce').gain.value).toBeCloseTo(gain, 7);
});

test('a document that was never shown counts as worth nothing', () => {
  const { gain } = gainOverLogging(logged(10, [[[0, 1, 2], 1]], bias), Float32Array.of(0, 0, 0, 9), bias, 0.05);
  const rest = (dcg[1] + dcg[2]) / 3;
  expect(gain.value).toBeCloseTo((rest - dcg[0]) * 0.9 + (rest - dcg[1]) * 0.1 + (rest - dcg[2]) * 0.5, 10);
});

test('the risk is √((1 − δ)/(δ N) Σ (ω − ω₀)²/κ), κ of exposure itself', () => {
  const exposure = expectedOf(lists, examination.examination);
  const variance = byScore.reduce((sum, weight, d) => sum + (weight - logging[d]) ** 2 / exposure[d], 0);
  const seen = { alpha: examination.examination, beta: [0, 0, 0] };
  for (const [delta, N] of [
    [0.05, 40],
    [0.5, 3000],
  ])
    expect(gainOverLogging(logged(N, lists, seen), scores, examination, delta).risk).toBeCloseTo(
      Math.sqrt(((1 - delta) / delta / N) * variance),
      10,
    );
});

test('of no click is the second moment of an estimate above 1/κ, whatever relevance is and a regression says of it', () => {
  const rng = createRng('moments');
  const kappa = loggingSupport(logged(10, lists, bias), bias);
  const ofAlpha = expectedOf(lists, bias.alpha);
  for (let i = 0; i < 200; i++) {
    const [gamma, predicted] = [rng.next(), rng.next()];
    for (let d = 0; d < 4; d++) {
      const squares = bias.alpha.map((alpha, k) => {
        const [click, expected] = [alpha * gamma + bias.beta[k], alpha * predicted + bias.beta[k]];
        return click * (1 - expected) ** 2 + (1 - click) * expected ** 2;
      });
      expect(expectedOf(lists, squares)[d] / ofAlpha[d] ** 2).toBeLessThanOrEqual(1 / kappa[d]);
    }
  }
});
