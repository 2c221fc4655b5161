import { clickModels } from '../../click-models/index.ts';
import {
  dualLearning,
  estimators,
  examinationCurve,
  type Learn,
  type LoggedClicks,
  skyline,
  weightedLists,
} from '../../estimators/index.ts';
import { inversePropensities } from '../../estimators/weightings/clipped-ips.ts';
import { ClickLogBuilder } from '../../src/data/click-log-builder.ts';
import { listwiseSoftmax } from '../../src/losses/index.ts';
import { inputOf, plainSteps, threeDocuments } from './joint/world.ts';

const sessions = 1000;
const attraction = [0.3, 0.8, 0.6];
const querySet = { ...threeDocuments, labels: Float32Array.of(0, 2, 1), weights: Float32Array.of(1, 0.5, 2) };
const bias = clickModels['trust-bias'].create({ affine: null }, 3).bias;
if (bias?.kind !== 'affine') throw new Error('trust bias is affine');
const clicked = attraction.map((gamma, k) => sessions * (bias.alpha[k] * gamma + bias.beta[k]));

/** One list whose click counts are the expected ones, in rows of one click, and the sessions without one. */
function logged(): LoggedClicks {
  const builder = new ClickLogBuilder();
  const list = builder.addList(0, [0, 1, 2]);
  for (const [k, count] of clicked.entries())
    builder.addRow(
      list,
      [0, 1, 2].map((i) => Number(i === k)),
      count,
    );
  return { querySet, log: builder.build(), knownBias: { examination: bias as never, affine: bias as never } };
}

/** What each step gave the ranking loss as weights. */
const weightsSeen = (learn: Learn, steps = 1): number[][] => steppedBy(learn, steps).seen;

function steppedBy(learn: Learn, steps: number) {
  const seen: number[][] = [];
  const loss = {
    ...listwiseSoftmax,
    value(...[scores, lists, gradient]: Parameters<typeof listwiseSoftmax.value>) {
      seen.push([...lists.weights]);
      return listwiseSoftmax.value(scores, lists, gradient);
    },
  };
  const { scorer, clippedShare } = learn(
    inputOf(logged(), { steps, evaluateEvery: 1 }, { newOptimiser: plainSteps, highestGrade: 2, loss }),
  );
  return { seen, parameters: [...(scorer?.parameters ?? [])], clippedShare };
}

test('affine: the sum over n sessions of (c − β)/α, which is n γ where every session has one row', () => {
  const all = clicked.reduce((sum, count) => sum + count, 0); // sessions of the log: one click each
  const [weights] = weightsSeen(estimators.affine.create({ clip: 0 }));
  weights.forEach((weight, k) => {
    expect(weight).toBeCloseTo((clicked[k] - all * bias.beta[k]) / bias.alpha[k], 6);
  });
});

test('skyline: (2^y − 1)/(2^Y − 1) times the weight of the document', () => {
  expect(weightsSeen(skyline.create())[0]).toEqual([0, 0.5, (2 * 1) / 3]);
});

test('dual learning: no weight is above maximumWeight; without one, ranks that are seen less weigh more', () => {
  const options = { relativePropensityRate: 10, driftFactor: 2, maximumRatio: 1e9 };
  const free = weightsSeen(dualLearning.create({ ...options, maximumWeight: null }), 20);
  const capped = weightsSeen(dualLearning.create({ ...options, maximumWeight: 1 }), 20);
  expect(free.flatMap((weights) => weights.map((weight, k) => weight / clicked[k])).some((ratio) => ratio > 1.01)).toBe(true);
  for (const weights of capped) for (const [k, weight] of weights.entries()) expect(weight).toBeLessThanOrEqual(clicked[k]);
});

test('a propensity at the clip is not clipped: the share counts those below', () => {
  const shareAt = (clip: number) => steppedBy(estimators['clipped-ips'].create({ propensity: [1, 0.5, 0.25], clip }), 1).clippedShare;
  const all = clicked.reduce((sum, count) => sum + count, 0);
  expect(shareAt(0.25)).toBe(0);
  expect(shareAt(0.5)).toBeCloseTo(clicked[2] / all, 12);
  expect(shareAt(1)).toBeCloseTo((clicked[1] + clicked[2]) / all, 12);
});

test('lists seen once are learnt from, those never seen are not', () => {
  const builder = new ClickLogBuilder();
  for (const [query, count] of [1, 0, 2, 1].entries()) builder.addRow(builder.addList(query, [query]), [1], count);
  const { sessions, docs } = weightedLists({ ...logged(), log: builder.build() }, (_, clicks) => clicks);
  expect([[...sessions], [...docs]]).toEqual([
    [1, 2, 1],
    [0, 2, 3],
  ]);
});

test('a document that is never examined has weight 0 without a clip, and 1/clip with one', () => {
  expect([...inversePropensities(Float64Array.of(0, 0.5), 0)]).toEqual([0, 2]);
  expect([...inversePropensities(Float64Array.of(0, 0.5), 0.25)]).toEqual([4, 2]);
});

test('the examination curve is the mean over sessions, relative to the first rank', () => {
  const builder = new ClickLogBuilder();
  builder.addRow(builder.addList(0, [0, 1]), [1, 0], 3);
  builder.addRow(builder.addList(0, [1, 0]), [1, 0], 1);
  const curve = examinationCurve(builder.build(), Float64Array.of(0.8, 0.2, 0.4, 0.6), Float64Array.of(3, 1));
  expect(curve[0]).toBe(1);
  expect(curve[1]).toBeCloseTo((3 * 0.2 + 0.6) / (3 * 0.8 + 0.4), 12);
});

test('clipped IPS: clicks over max(θ, clip)', () => {
  const [weights] = weightsSeen(estimators['clipped-ips'].create({ propensity: [1, 0.5, 0.1], clip: 0.2 }));
  [1, 0.5, 0.2].forEach((theta, k) => {
    expect(weights[k]).toBeCloseTo(clicked[k] / theta, 8);
  });
});

test('one step of self-normalised IPS is that of IPS times sessions / Σ weights', () => {
  const propensity = [1, 0.5, 0.1];
  const [own, plain] = [estimators['self-normalised-ips'], estimators.ips].map((method) => steppedBy(method.create({ propensity }), 1));
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  expect(own.seen).toEqual(plain.seen);
  plain.parameters.slice(0, 3).forEach((step, f) => {
    expect(Math.abs(step)).toBeGreaterThan(0.01);
    expect(own.parameters[f] / step).toBeCloseTo(sum(clicked) / sum(plain.seen[0]), 5);
  });
});
