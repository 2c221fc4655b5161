import { summariseBiasVariance } from '../../../../estimators/recommendation/clip-optimum.ts';
import { ipsCoefficients } from '../../../../estimators/recommendation/index.ts';
import { meansOf, type ProgressEvent, runTask } from '../../../../experiments/index.ts';
import { biasVariance, type ClippableStudy } from '../../../../experiments/tasks/bias-variance/bias-variance.ts';
import { studyBiasVariance } from '../../../../experiments/tasks/bias-variance/bias-variance-study.ts';
import { learnByClip } from '../../../../experiments/tasks/bias-variance/learn-by-clip.ts';
import { parsePredictions } from '../../../../experiments/tasks/bias-variance/predictions.ts';
import { exposureOf, problemsOf } from '../../../../experiments/tasks/recommendation/prepare-recommendation.ts';
import type { RecommendationProblem } from '../../../../experiments/tasks/recommendation/problem.ts';
import { rowUsers } from '../../../../src/data/interactions/interaction-log.ts';
import { pairLosses } from '../../../../src/losses/pair-loss.ts';
import { createRng } from '../../../../src/random/rng.ts';
import { decodeClippable } from './decode-clippable.ts';

const [U, I] = [30, 20];
const study = (changes: object = {}): ClippableStudy =>
  decodeClippable({
    task: 'implicit-feedback',
    seeds: 3,
    world: { name: 'synthetic', users: U, items: I, power: 2, meanRelevance: 0 },
    training: { steps: 60, batch: 128, evaluateEvery: 20 },
    ...changes,
  });
const thresholds = [0.003, 0.01, 0.03, 0.1, 0.3, 1];
const nothing = () => undefined;
const curvesOf = async (from: ClippableStudy, ...predictions: string[]) => biasVariance(from, { thresholds, predictions }, nothing);
const problemOf = async ({ feedback, config }: ClippableStudy, seed: string): Promise<RecommendationProblem> =>
  (await problemsOf(feedback, config))(createRng(`run/${seed}`).fork('world'));
const meansOfRun = async ({ task, config }: ClippableStudy) => meansOf((await runTask(task, config)).result);
const everyPair = <T>(of: (u: number, i: number) => T): T[] => Array.from({ length: U * I }, (_, at) => of(Math.floor(at / I), at % I));
const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

/** Written out: bias and variance of the clipped loss where δ1 − δ0 and the exposures are these. */
function written({ known, oracle }: RecommendationProblem, difference: (u: number, i: number) => number, clip: number) {
  const theta = known?.pair as NonNullable<typeof known>['pair'];
  const gamma = oracle as NonNullable<typeof oracle>;
  const raised = (u: number, i: number) => Math.max(theta(u, i), clip);
  return {
    bias: mean(everyPair((u, i) => gamma(u, i) * (theta(u, i) / raised(u, i) - 1) * difference(u, i))),
    variance:
      mean(
        everyPair((u, i) => ((gamma(u, i) * theta(u, i) * (1 - gamma(u, i) * theta(u, i))) / raised(u, i) ** 2) * difference(u, i) ** 2),
      ) /
      (U * I),
  };
}
const logit = (p: number) => Math.log(p / (1 - p));

describe('clicks', () => {
  test('at the truth the log loss differs by −logit γ, so the curve is this formula, the same for every seed', async () => {
    const [{ curves, idealLoss, seeds }] = await curvesOf(study(), 'truth');
    const problem = await problemOf(study(), '1');
    const gamma = problem.oracle as (u: number, i: number) => number;
    expect(seeds).toEqual(['1', '2', '3']);
    expect(curves[1]).toEqual(curves[0]);
    expect(curves[0].map(({ clip }) => clip)).toEqual([0, ...thresholds]);
    for (const { clip, bias, variance } of curves[0]) {
      const expected = written(problem, (u, i) => -logit(gamma(u, i)), clip);
      expect(bias).toBeCloseTo(expected.bias, 6);
      expect(Math.abs(variance / expected.variance - 1)).toBeLessThan(1e-4);
    }
    const entropy = (p: number) => -p * Math.log(p) - (1 - p) * Math.log(1 - p);
    expect(idealLoss[0]).toBeCloseTo(mean(everyPair((u, i) => entropy(gamma(u, i)))), 5);
  });

  test('the estimate from simulated clicks has that bias and variance, within four standard errors', async () => {
    const from = study({ world: { name: 'synthetic', users: U, items: I, meanRelevance: 0 } });
    const draws = 1500;
    const [{ curves, idealLoss }] = await curvesOf(from, 'truth');
    const draw = await problemsOf(from.feedback, from.config);
    const { log: _log, known, oracle } = await problemOf(from, '1');
    const scores = everyPair((u, i) => logit((oracle as NonNullable<typeof oracle>)(u, i)));
    const losses = scores.map((s) => [pairLosses.log.value(s, 1), pairLosses.log.value(s, 0)] as const);
    const logs = Array.from({ length: draws }, (_, n) => draw(createRng(`draw/${n}`)).log);
    for (const place of [0, 3, 6]) {
      const { clip, bias, variance } = curves[0][place];
      const coefficients = ipsCoefficients((known as NonNullable<typeof known>).pair, clip);
      const unclicked = losses.reduce((sum, [, irrelevant]) => sum + irrelevant, 0);
      const estimates = logs.map((log) => {
        const users = rowUsers(log);
        let sum = unclicked;
        for (const [row, i] of log.items.entries()) {
          const [a, b] = coefficients(users[row], i, 1);
          const [relevant, irrelevant] = losses[users[row] * I + i];
          sum += a * relevant + (b - 1) * irrelevant;
        }
        return sum / (U * I);
      });
      const found = mean(estimates);
      expect(Math.abs(found - idealLoss[0] - bias)).toBeLessThan(4 * Math.sqrt(variance / draws));
      // of the squared deviation of a sum of independent terms w Y: 2σ⁴ and the fourth cumulants w⁴ p(1 − p)(1 − 6p(1 − p))
      const cumulant = everyPair((u, i) => {
        const [theta, gamma] = [(known as NonNullable<typeof known>).pair(u, i), (oracle as NonNullable<typeof oracle>)(u, i)];
        const spread = gamma * theta * (1 - gamma * theta);
        return (scores[u * I + i] / Math.max(theta, clip) / (U * I)) ** 4 * spread * (1 - 6 * spread);
      }).reduce((a, b) => a + b, 0);
      const squares = estimates.map((value) => (value - idealLoss[0] - bias) ** 2); // each expects the variance
      expect(Math.abs(mean(squares) - variance)).toBeLessThan(4 * Math.sqrt((2 * variance ** 2 + cumulant) / draws));
    }
  });

  test('at the mean relevance every pair has the same difference; at what an estimator learnt each seed has its own', async () => {
    const [atMean, learnt] = await curvesOf(study(), 'mean', 'ips');
    const problem = await problemOf(study(), '2');
    const average = mean(everyPair(problem.oracle as (u: number, i: number) => number));
    for (const { clip, bias, variance } of atMean.curves[1]) {
      const expected = written(problem, () => -logit(average), clip);
      expect(bias).toBeCloseTo(expected.bias, 6);
      expect(Math.abs(variance / expected.variance - 1)).toBeLessThan(1e-4);
    }
    expect(new Set(learnt.curves.map((curve) => curve[0].variance)).size).toBe(3);
    expect(learnt.predictions).toBe('ips');
  });

  test('the predictions of an estimator are those that a run of the config tests, and the loss is evaluated at them', async () => {
    const from = study({ seeds: 2, estimators: ['ips'], baseline: null, evaluation: { metrics: ['log-loss'] } });
    const [{ idealLoss }] = await curvesOf(from, 'ips');
    const { config, parts, feedback } = from;
    const means = await meansOfRun(from);
    for (const s of [0, 1]) {
      const problem = await problemOf(from, String(s + 1));
      const rng = createRng(`run/${s + 1}`);
      const exposure = exposureOf(parts, config, problem, rng);
      const scoresOf = parsePredictions('ips', config, parts, feedback)(problem, exposure, rng.fork('learn'));
      const score = (u: number, i: number) => {
        const out = new Float32Array(1);
        scoresOf(Uint32Array.of(u), Uint32Array.of(i), 1, out);
        return out[0];
      };
      const { offsets, items, labels } = problem.test;
      const users = rowUsers({ ...problem.log, offsets, items });
      const losses = [...items].map((i, at) => pairLosses.log.value(score(users[at], i), labels[at]));
      expect(means[s][0][0]).toBeCloseTo(mean(losses), 6);
      const gamma = problem.oracle as (u: number, i: number) => number;
      expect(idealLoss[s]).toBeCloseTo(mean(everyPair((u, i) => pairLosses.log.value(score(u, i), gamma(u, i)))), 9);
    }
  });

  test('an estimated exposure is divided by as it is, so the loss is biased without clipping too', async () => {
    const [known, estimated] = [await curvesOf(study(), 'truth'), await curvesOf(study({ exposure: 'popularity-power' }), 'truth')];
    expect(known[0].curves[0][0].bias).toBe(0);
    expect(Math.abs(estimated[0].curves[0][0].bias)).toBeGreaterThan(1e-3);
    expect(estimated[0].curves[0][0].bias).not.toBe(estimated[0].curves[1][0].bias); // of each seed's clicks
    const last = thresholds.length; // M = 1: whatever is known of the exposure, everything is divided by 1
    expect(estimated[0].curves[0][last].bias).toBeCloseTo(known[0].curves[0][last].bias, 12);
  });

  test('more uneven exposure: more variance without clipping, and a best M that clips a larger share', async () => {
    const optima = [];
    for (const power of [0.5, 1, 2, 4]) {
      const world = { name: 'synthetic', users: 100, items: 80, power };
      const fine = Array.from({ length: 31 }, (_, k) => 10 ** (-5 + k / 6));
      const [result] = await biasVariance(study({ world, seeds: 1 }), { thresholds: fine, predictions: ['truth'] }, nothing);
      const { clips, optimum } = summariseBiasVariance(result);
      optima.push({ share: clips[optimum].clippedShare.value, unclipped: clips[0].variance.value });
    }
    for (let k = 1; k < optima.length; k++) {
      expect(optima[k].share).toBeGreaterThan(optima[k - 1].share);
      expect(optima[k].unclipped).toBeGreaterThan(optima[k - 1].unclipped);
    }
  });
});

describe('observed values', () => {
  const ratings = (changes: object = {}) =>
    study({
      task: 'explicit-feedback',
      world: { name: 'self-selected-ratings', users: U, items: I, uniformSample: 3, uniformTest: 5 },
      ...changes,
    });

  test('bias (1/|D|) Σ (p/max(p, M) − 1) e and variance (1/|D|²) Σ p (1 − p)/max(p, M)² e², in every seed’s own world', async () => {
    const [{ curves, idealLoss }] = await curvesOf(ratings(), 'mean');
    for (const [s, seed] of ['1', '2', '3'].entries()) {
      const { known, oracle } = await problemOf(ratings(), seed);
      const [p, y] = [everyPair((known as NonNullable<typeof known>).pair), everyPair(oracle as NonNullable<typeof oracle>)];
      const average = mean(y);
      const e = y.map((value) => -value * Math.log(average) - (1 - value) * Math.log(1 - average));
      expect(idealLoss[s]).toBeCloseTo(mean(e), 6);
      for (const { clip, bias, variance } of curves[s]) {
        const raised = p.map((value) => Math.max(value, clip));
        expect(bias).toBeCloseTo(mean(p.map((value, d) => (value / raised[d] - 1) * e[d])), 6);
        const expected = mean(p.map((value, d) => ((value * (1 - value)) / raised[d] ** 2) * e[d] ** 2)) / (U * I);
        expect(Math.abs(variance / expected - 1)).toBeLessThan(1e-4);
      }
    }
  });

  test('learning with thresholds goes through clipped-ips of values', async () => {
    const world = { name: 'self-selected-ratings', users: 80, items: 60 };
    const { values } = await learnByClip(ratings({ seeds: 1, world }), [0.05, 1], 'squared-error', nothing);
    expect(new Set(values[0]).size).toBe(3);
  });
});

test('the summary: means over seeds, the optimum of the mean curve, and each seed’s own', () => {
  const error = (clip: number, bias: number, variance: number) => ({
    clip,
    bias,
    variance,
    meanSquaredError: bias ** 2 + variance,
    clippedShare: clip,
  });
  const summary = summariseBiasVariance({
    predictions: 'p',
    seeds: ['a', 'b'],
    idealLoss: [1, 3],
    curves: [
      [error(0, 0, 5), error(0.1, 1, 2), error(1, -2, 0.5)],
      [error(0, 0, 7), error(0.1, 2, 2), error(1, -2, 0.5)],
    ],
  });
  expect(summary.clips.map(({ meanSquaredError }) => meanSquaredError.value)).toEqual([6, (3 + 6) / 2, 4.5]);
  expect(summary.clips[1].squaredBias).toMatchObject({ value: (1 + 4) / 2, n: 2 });
  expect(summary.optimum).toBe(1); // of two that are alike the one that clips less
  expect(summary.optima).toEqual([0.1, 1]);
  expect(summary.clips.map(({ bestOf }) => bestOf)).toEqual([0, 1, 1]);
  expect(summary.clips[1].range).toEqual([3, 6]);
  expect([summary.overUnclipped, summary.overNaive, summary.idealLoss.value]).toEqual([6 / 4.5, 1, 2]);
});

describe('learning', () => {
  test('with every threshold is what a run of clipped-ips with it learns, and without one what ips does', async () => {
    const from = study({ seeds: 2 });
    const { values, clips } = await learnByClip(from, [0.03, 0.3], 'relative-log-loss', nothing);
    const estimators = [{ name: 'clipped-ips', label: 'a', clip: 0.03 }, { name: 'clipped-ips', label: 'b', clip: 0.3 }, 'ips', 'ideal'];
    const run = study({ seeds: 2, estimators, baseline: 'ips', evaluation: { metrics: ['relative-log-loss'] } });
    expect(clips).toEqual([0, 0.03, 0.3]);
    expect(values).toEqual((await meansOfRun(run)).map(([a, b, ips]) => [ips[0], a[0], b[0]]));
  });

  test('the options of the config’s ips are kept', async () => {
    const ips = (heldOutClip: number) =>
      study({
        seeds: 1,
        training: { steps: 200, batch: 64, evaluateEvery: 5, patience: 1 },
        estimators: ['naive', { name: 'ips', label: 'own', heldOutClip }],
        evaluation: { metrics: ['log-loss'] },
      });
    const [raw, clipped] = [await learnByClip(ips(0), [1], 'log-loss', nothing), await learnByClip(ips(1), [1], 'log-loss', nothing)];
    expect(raw.values[0][0]).not.toBe(clipped.values[0][0]);
    expect(raw.values[0][1]).toBe(clipped.values[0][1]);
  });

  test('progress never goes back, and ends with all done: predictions and models of every setting', async () => {
    const events: ProgressEvent[] = [];
    const variants = [1, 2].map((seeds) => ({ varied: [`seeds=${seeds}`], ...study({ seeds }) }));
    await studyBiasVariance(variants, { thresholds: [0.1, 1], predictions: ['truth', 'mean'], metric: 'relative-log-loss' }, (event) => {
      events.push(event);
    });
    const total = (1 + 2) * (2 + 4); // seeds by predictions, and by ips, two thresholds and ideal
    expect(new Set(events.map((event) => event.total))).toEqual(new Set([total]));
    const done = events.map((event) => event.done);
    expect(done).toEqual([...done].sort((a, b) => a - b));
    expect(done.at(-1)).toBe(total);
    expect(events.at(-2)?.detail).toContain('seeds=2, seed 2/2');
  });

  test.each([
    ['log-loss', Math.min],
    ['auc', Math.max],
  ] as const)('the best by %s', async (metric, better) => {
    const { settings } = await studyBiasVariance([{ varied: [], ...study() }], { thresholds, predictions: ['truth'], metric }, nothing);
    const learnt = settings[0].learnt as NonNullable<(typeof settings)[0]['learnt']>;
    const means = learnt.clips.map((_, g) => mean(learnt.values.map((ofSeed) => ofSeed[g])));
    expect(means[learnt.best]).toBeCloseTo(better(...means), 12);
  });
});

test.each([
  [{ world: { name: 'position-biased-lists' } }, 'ips', /not seen independently/],
  [{}, 'bpr', /bpr only ranks/],
  [{}, 'ipss', /unknown predictions "ipss"; did you mean "ips"/],
  [
    {
      world: { name: 'recorded', reader: 'csv', path: 'none' },
      exposure: 'popularity-power',
      estimators: ['naive'],
      evaluation: { metrics: ['auc'] },
    },
    'ips',
    /no truth to measure bias by/,
  ],
  [{ task: 'explicit-feedback', world: 'self-selected-ratings', exposure: 'naive-bayes' }, 'ips', /known of observed pairs only/],
  [{ task: 'explicit-feedback', world: 'self-selected-ratings', loss: 'squared' }, 'truth', /nothing to estimate/],
])('%j at %s is refused', async (changes, predictions, message) => {
  await expect(async () => curvesOf(study(changes), predictions)).rejects.toThrow(message);
});
