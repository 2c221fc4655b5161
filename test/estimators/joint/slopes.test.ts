import { trustedOrRelevant } from '../../../estimators/bias/trust-bias.ts';
import { clickPairs } from '../../../estimators/click-pairs.ts';
import { debiasedPairLoss } from '../../../estimators/pairwise-debiasing.ts';
import { examinedAndRelevant } from '../../../estimators/regression-em.ts';
import { addedLogits, explainedBias } from '../../../estimators/two-tower-fit.ts';
import { wholeBatch } from '../../../src/learners/batches.ts';
import { softplus } from '../../../src/math/log-space.ts';
import { exactClicks, numericSlopes } from './world.ts';

const sigma = (x: number) => 1 / (1 + Math.exp(-x));
const models = {
  'regression EM': { loss: examinedAndRelevant, numbers: [1.2], click: (y: number, [x]: number[]) => sigma(x) * sigma(y) },
  'two-tower': { loss: addedLogits, numbers: [-0.7], click: (y: number, [x]: number[]) => sigma(x + y) },
  'trust bias': {
    loss: trustedOrRelevant,
    numbers: [0.4, -1.5],
    click: (y: number, [x, b]: number[]) => sigma(b) + (1 - sigma(b)) * sigma(x) * sigma(y),
  },
};

test.each(Object.entries(models))('%s: the loss is that of its click probability, the slopes are its derivatives', (_, model) => {
  for (const [clicks, sessions] of [
    [3, 10],
    [0, 4],
    [2.5, 2.5],
  ])
    for (const score of [-2, 0.3, 4]) {
      const room = () => new Float64Array(1 + model.numbers.length);
      const [slopes, bends] = [room(), room()];
      const slopesAt = ([y, ...numbers]: number[], own = room()) => {
        model.loss(y, Float64Array.from(numbers), clicks, sessions, own, room());
        return own;
      };
      const at = ([y, ...numbers]: number[]) => model.loss(y, Float64Array.from(numbers), clicks, sessions, room(), room());
      const value = model.loss(score, Float64Array.from(model.numbers), clicks, sessions, slopes, bends);
      const p = model.click(score, model.numbers);
      expect(value).toBeCloseTo(-clicks * Math.log(p) - (sessions - clicks) * Math.log(1 - p), 9);
      numericSlopes([score, ...model.numbers], at).forEach((slope, i) => {
        expect(slopes[i]).toBeCloseTo(slope, 6);
        const [second] = numericSlopes([0], ([step]) => slopesAt([score, ...model.numbers].map((x, v) => x + (v === i ? step : 0)))[i]);
        expect(bends[i]).toBeGreaterThanOrEqual(second - 1e-6);
        if (model.loss === addedLogits) expect(bends[i]).toBeCloseTo(second, 6);
      });
    }
});

test.each([
  [-80, 60],
  [90, 90],
])('log-odds as far out as %p and %p give numbers', (y, x) => {
  for (const { loss, numbers } of Object.values(models)) {
    const [slopes, bends] = [new Float64Array(1 + numbers.length), new Float64Array(1 + numbers.length)];
    expect(Number.isFinite(loss(y, Float64Array.of(x, -30).subarray(0, numbers.length), 1, 3, slopes, bends))).toBe(true);
    expect([...slopes, ...bends].every(Number.isFinite)).toBe(true);
  }
});

const logged = exactClicks({ queries: 2, lists: 2, click: (k, y) => sigma(y) / (1 + k) });
const scoresOf = (length: number) => Float32Array.from({ length }, (_, i) => Math.sin(3 * i));
const { offsets, docs, queries } = logged.log;
const batch = wholeBatch(logged.querySet, {
  offsets,
  docs,
  weights: new Float64Array(docs.length),
  sessions: Float64Array.from(queries, (_, l) => 1 + l),
});

test('pairwise debiasing: slopes are derivatives of the loss, biases held', () => {
  const biases = [Float32Array.of(1, 0.8, 0.6, 0.5), Float32Array.of(1, 1.1, 1.3, 0.9)] as const;
  const pairs = clickPairs(logged.log);
  const value = (scores: ArrayLike<number>, slopes: Float32Array, bends?: Float32Array) =>
    debiasedPairLoss(pairs, batch, Float32Array.from(scores), biases, slopes, [new Float64Array(4), new Float64Array(4)], bends);
  const [slopes, bends] = [new Float32Array(docs.length), new Float32Array(docs.length)];
  const scores = scoresOf(docs.length);
  value(scores, slopes, bends);
  const slopeOf = (i: number) => (step: number[]) => {
    const own = new Float32Array(docs.length);
    value(
      scores.map((s, d) => s + (d === i ? step[0] : 0)),
      own,
    );
    return own[i];
  };
  numericSlopes([...scores], (moved) => value(moved, new Float32Array(docs.length)), 1e-3).forEach((slope, i) => {
    expect(slopes[i]).toBeCloseTo(slope, 4);
    expect(bends[i]).toBeCloseTo(numericSlopes([0], slopeOf(i), 1e-2)[0], 4);
  });
});

test.each([1, 100, 290, 310, 5000])(
  'pairwise debiasing: value and slopes are those of the formula, scores %i times as far apart',
  (times) => {
    const [clicked, unclicked] = [Float32Array.of(1, 0.8, 0.6, 0.5), Float32Array.of(1, 1.1, 1.3, 0.9)];
    const pairs = clickPairs(logged.log);
    const scores = scoresOf(docs.length).map((score) => times * score);
    const expected = new Float64Array(docs.length);
    let [value, all] = [0, 0];
    for (let l = 0; l + 1 < offsets.length; l++)
      for (let a = 0; a < 4; a++)
        for (let b = 0; b < 4; b++) {
          const n = a === b ? 0 : pairs.counts[pairs.starts[l] + 4 * a + b];
          const [i, j] = [offsets[l] + a, offsets[l] + b];
          const weight = n / (clicked[a] * unclicked[b]);
          value += weight * softplus(scores[j] - scores[i]);
          expected[i] -= weight * sigma(scores[j] - scores[i]);
          expected[j] += weight * sigma(scores[j] - scores[i]);
          all += n;
        }
    const [slopes, sums] = [new Float32Array(docs.length), [new Float64Array(4), new Float64Array(4)] as const];
    expect(debiasedPairLoss(pairs, batch, scores, [clicked, unclicked], slopes, sums) / (value / all)).toBeCloseTo(1, 10);
    for (const [i, slope] of slopes.entries()) expect(slope).toBeCloseTo(expected[i] / all, 6);
  },
);

test('lambdas: pairs of a session weigh what a swap changes of its NDCG, in the biases too', () => {
  const querySet = { queryIds: [], docIds: [], offsets: Uint32Array.of(0, 3), features: new Float32Array(3), featureCount: 1 };
  const patterns = [
    { clicks: [1, 0, 0], count: 5 },
    { clicks: [0, 1, 1], count: 2 },
    { clicks: [0, 0, 0], count: 9 },
  ];
  const log = {
    queries: Uint32Array.of(0),
    offsets: Uint32Array.of(0, 3),
    docs: Uint32Array.of(0, 1, 2),
    list: Uint32Array.of(0, 0, 0),
    clickOffsets: Uint32Array.of(0, 3, 6, 9),
    clicks: Uint8Array.from(patterns.flatMap(({ clicks }) => clicks)),
    count: Float64Array.from(patterns, ({ count }) => count),
  };
  const one = wholeBatch(
    { ...querySet, labels: new Float32Array(3) },
    { offsets: log.offsets, docs: log.docs, weights: Float64Array.of(5, 2, 2), sessions: Float64Array.of(16) },
  );
  const [scores, biases] = [Float32Array.of(0.2, -0.4, 0.9), [Float32Array.of(1, 0.7, 0.5), Float32Array.of(1, 0.9, 0.8)] as const];
  const discounts = [1 / Math.log2(3), 1 / Math.log2(4), 1]; // the scores rank the third document first, then the first
  const ideal = (clicks: readonly number[]) => (clicks[0] === 1 ? 1 : 1 + 1 / Math.log2(3));
  let expected = 0;
  const ofClicked = [0, 0, 0];
  for (const { clicks, count } of patterns)
    for (const i of [0, 1, 2])
      for (const j of [0, 1, 2]) {
        if (clicks[i] === 0 || clicks[j] === 1) continue;
        const pair = (count * Math.abs(discounts[i] - discounts[j]) * Math.log1p(Math.exp(scores[j] - scores[i]))) / ideal(clicks);
        expected += pair / (biases[0][i] * biases[1][j]) / 16;
        ofClicked[i] += pair / biases[1][j];
      }
  const pairs = clickPairs(log, (clicks) => [0, 1, 1 / (1 + 1 / Math.log2(3))][clicks]);
  const sums = [new Float64Array(3), new Float64Array(3)] as const;
  const rules = { lambdas: true, per: 'sessions' } as const;
  const value = debiasedPairLoss(pairs, one, scores, biases, new Float32Array(3), sums, new Float32Array(3), rules);
  expect(value).toBeCloseTo(expected, 7);
  for (const k of [0, 1, 2]) expect(sums[0][k]).toBeCloseTo(ofClicked[k], 6);
});

test('gradient reversal: slopes are derivatives of the share of the bias that a linear adversary explains', () => {
  const bias = Float32Array.of(0, -0.5, -1.5, -1.7);
  const value = (scores: ArrayLike<number>, slopes: Float32Array) => explainedBias(batch, Float32Array.from(scores), bias, 2, slopes);
  const scores = scoresOf(docs.length);
  const slopes = new Float32Array(docs.length);
  // R² of the least-squares line of bias on score, by the normal equations
  const rows = Array.from(scores, (s, i) => ({ s, t: bias[i % 4], n: batch.sessions[Math.floor(i / 4)] }));
  const mean = (f: (row: (typeof rows)[number]) => number) =>
    rows.reduce((sum, row) => sum + row.n * f(row), 0) / rows.reduce((sum, { n }) => sum + n, 0);
  const [s, t] = [mean((row) => row.s), mean((row) => row.t)];
  const line = mean((row) => (row.s - s) * (row.t - t)) / mean((row) => (row.s - s) ** 2);
  const left = mean((row) => (row.t - t - line * (row.s - s)) ** 2);
  expect(value(scores, slopes)).toBeCloseTo(2 * (1 - left / mean((row) => (row.t - t) ** 2)), 6);
  numericSlopes([...scores], (moved) => value(moved, new Float32Array(docs.length)), 1e-3).forEach((slope, i) => {
    expect(slopes[i]).toBeCloseTo(slope, 4);
  });
  expect(value(new Float32Array(docs.length), new Float32Array(docs.length))).toBe(0);
});
