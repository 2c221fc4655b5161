import { expectedExposure, expoMfOptions, fitExpoMf } from '../../../estimators/recommendation/expo-mf.ts';
import {
  conversionRecommenders,
  explicitRecommenders,
  implicitRecommenders,
  type RecommendationInput,
} from '../../../estimators/recommendation/index.ts';
import { InteractionBuilder } from '../../../src/data/interactions/interaction-builder.ts';
import { findRow, rowUsers } from '../../../src/data/interactions/interaction-log.ts';
import { decodeOptions } from '../../../src/decode-options.ts';
import { pairTrainingOptions } from '../../../src/learners/pair-training-options.ts';
import { pairLosses } from '../../../src/losses/pair-loss.ts';
import type { PairModel } from '../../../src/models/pair-model.ts';
import { gaussian } from '../../../src/random/gaussian.ts';
import { createRng } from '../../../src/random/rng.ts';

const [U, I] = [3, 5];
const builder = new InteractionBuilder({ file: 'made' });
for (const [user, item] of [
  [0, 0],
  [0, 1],
  [0, 2],
  [1, 1],
  [1, 3],
  [2, 4],
  [2, 0],
])
  builder.add({ user: `u${user}`, item: `i${item}`, rating: Number(user === item) }, 1);
const log = builder.build();
const N = log.items.length;
const ratings = log.ratings as Float32Array;
const theta = (user: number, item: number) => 0.1 + 0.1 * ((user * 2 + item) % 3);
const users = rowUsers(log);
const sigma = pairLosses.log.predict;
const [s, score] = [0.4, (user: number, item: number) => 0.3 * user - 0.5 * item + 0.1];

/** What a step of the prediction model was asked to do. Its scores are all s, so with the log loss a δ1 + b δ0 has the derivative (a + b) σ(s) − a. */
interface Step {
  readonly users: Uint32Array;
  readonly items: Uint32Array;
  readonly derivative: Float32Array;
}
function stepsOf(learn: (input: RecommendationInput) => unknown, changes: Partial<RecommendationInput> = {}): Step[] {
  const steps: Step[] = [];
  const prediction: PairModel = {
    parameters: [],
    score: (_u, _i, count, out) => out.fill(s, 0, count),
    step: (u, i, count, d) => steps.push({ users: u.slice(0, count), items: i.slice(0, count), derivative: d.slice(0, count) }),
  };
  const imputation: PairModel = {
    parameters: [],
    score(u, i, count, out) {
      for (let b = 0; b < count; b++) out[b] = score(u[b], i[b]);
    },
    step() {},
  };
  learn({
    log,
    exposure: { pair: theta, row: (row) => theta(users[row], log.items[row]), notes: [] },
    oracle: (user, item) => 0.1 * (user + item),
    loss: pairLosses.log,
    target: (row) => ratings[row],
    training: decodeOptions('training', pairTrainingOptions, { steps: 20, batch: 16, heldOutShare: 0, patience: null }),
    rng: createRng('steps'),
    newModel: (label) => (label === 'imputation' ? imputation : prediction),
    ...changes,
  });
  expect(steps.length).toBeGreaterThanOrEqual(20); // of a reference as many as its loss takes to settle
  return steps;
}

describe('what a clicked pair and another one move', () => {
  const meanInverse = [...users].reduce((sum, u, row) => sum + 1 / theta(u, log.items[row]), 0) / N;
  const norm = (w: number) => (U * I) / (N + w * (U * I - N));
  const cases: [string, (input: RecommendationInput) => unknown, (u: number, i: number) => number, number][] = [
    ['naive', implicitRecommenders.naive.create({ negativeWeight: 0.3 }), () => norm(0.3) * (sigma(s) - 1), 0.3 * norm(0.3)],
    ['ips', implicitRecommenders.ips.create({ heldOutClip: 0.2 }), (u, i) => sigma(s) - 1 / theta(u, i), 1],
    ['clipped-ips', implicitRecommenders['clipped-ips'].create({ clip: 0.2 }), (u, i) => sigma(s) - 1 / Math.max(theta(u, i), 0.2), 1],
    ['self-normalised-ips', implicitRecommenders['self-normalised-ips'].create(), (u, i) => sigma(s) - 1 / (theta(u, i) * meanInverse), 1],
  ];
  test.each(cases)('%s', (_, learn, onClick, onOther) => {
    for (const step of stepsOf(learn))
      step.derivative.forEach((d, b) => {
        const [u, i] = [step.users[b], step.items[b]];
        // half of a batch of 16 are clicks, weighted to be N of U · I
        if (findRow(log, u, i) >= 0) expect(d).toBeCloseTo((onClick(u, i) * N) / (U * I) / 8, 5);
        else expect(d).toBeCloseTo((onOther * sigma(s) * (U * I - N)) / (U * I) / 8, 5);
      });
  });

  test('ideal: every pair alike, by its true relevance', () => {
    for (const step of stepsOf(implicitRecommenders.ideal.create()))
      step.derivative.forEach((d, b) => {
        expect(d).toBeCloseTo((sigma(s) - 0.1 * (step.users[b] + step.items[b])) / 16, 6);
      });
  });

  test('bpr and ubpr: the clicked item up and the other down; ubpr by its weight, nothing where a term is below −β', () => {
    const weights = { both: 0, one: 0 };
    for (const [learn, weight, floor] of [
      [implicitRecommenders.bpr.create(), () => 1, Number.NEGATIVE_INFINITY],
      [implicitRecommenders.ubpr.create({ floor: 8 }), ubpr, -8],
      [implicitRecommenders.ubpr.create({ floor: null }), ubpr, Number.NEGATIVE_INFINITY],
    ] as const)
      for (const { users: of, items, derivative } of stepsOf(learn))
        for (let t = 0; t < 8; t++) {
          const w = weight(of[t], items[t], items[8 + t]);
          weights[findRow(log, of[t], items[8 + t]) >= 0 ? 'both' : 'one']++;
          expect(derivative[t]).toBeCloseTo(w * Math.LN2 < floor ? 0 : -w / 2 / 8, 4);
          expect(derivative[8 + t]).toBe(-derivative[t]);
        }
    expect(Math.min(weights.both, weights.one)).toBeGreaterThan(20);
    function ubpr(u: number, i: number, j: number) {
      return (1 - (findRow(log, u, j) >= 0 ? 1 / theta(u, j) : 0)) / theta(u, i);
    }
  });
});

describe('errors of observed pairs', () => {
  /** ∂/∂s of Σ_k w_k (e_k − ê_k) is Σ_k w_k (g_k − y_k): cross-entropy is linear in its target. */
  const g = (u: number, i: number) => sigma(score(u, i));
  const gap = (u: number, i: number) => g(u, i) - ratings[findRow(log, u, i)];
  const inverse = (u: number, i: number) => 1 / theta(u, i);
  const observed = (step: Step) => Array.from({ length: N }, (_, k) => [step.users[k], step.items[k]] as const);
  const populationOf = (step: Step) => Array.from({ length: N }, (_, j) => [step.users[N + j], step.items[N + j]] as const);
  const close = (step: Step, expected: readonly number[]) =>
    expected.forEach((value, k) => {
      expect(Math.abs(step.derivative[k] - value)).toBeLessThan(1e-5 * Math.max(1, Math.abs(value)));
    });

  test.each(['dr-jl', 'mrdr', 'dr-bias'] as const)('%s: (1/|D|) [Σ_D ê + Σ_o (e − ê)/p]', (name) => {
    for (const step of stepsOf(explicitRecommenders[name].create()))
      close(step, [
        ...observed(step).map(([u, i]) => (inverse(u, i) * gap(u, i)) / (U * I)),
        ...populationOf(step).map(([u, i]) => (sigma(s) - g(u, i)) / N),
      ]);
  });

  test('tdr: the same with ê + ε(1/p − 1), written out for the batch', () => {
    for (const step of stepsOf(explicitRecommenders.tdr.create())) {
      const odds = ([u, i]: readonly [number, number]) => inverse(u, i) - 1;
      const squares = observed(step).reduce((sum, pair) => sum + odds(pair) ** 2, 0);
      const moved =
        populationOf(step).reduce((sum, pair) => sum + odds(pair) / N, 0) -
        observed(step).reduce((sum, pair) => sum + (inverse(...pair) * odds(pair)) / (U * I), 0);
      close(step, [
        ...observed(step).map((pair) => (inverse(...pair) / (U * I) + (moved * odds(pair)) / squares) * gap(...pair)),
        ...populationOf(step).map(([u, i]) => (sigma(s) - g(u, i)) / N),
      ]);
    }
  });

  test('naive, ips, clipped-ips and self-normalised-ips: weights 1/n, 1/(|D| p), 1/(|D| max(p, M)), and (1/p)/Σ(1/p)', () => {
    const error = (u: number, i: number) => sigma(s) - ratings[findRow(log, u, i)];
    for (const step of stepsOf(explicitRecommenders.naive.create()))
      close(
        step,
        observed(step).map(([u, i]) => error(u, i) / N),
      );
    for (const step of stepsOf(explicitRecommenders.ips.create()))
      close(
        step,
        observed(step).map(([u, i]) => (error(u, i) * inverse(u, i)) / (U * I)),
      );
    for (const step of stepsOf(explicitRecommenders['clipped-ips'].create({ clip: 0.2 })))
      close(
        step,
        observed(step).map(([u, i]) => error(u, i) / Math.max(theta(u, i), 0.2) / (U * I)),
      );
    for (const step of stepsOf(explicitRecommenders['self-normalised-ips'].create())) {
      const total = observed(step).reduce((sum, pair) => sum + inverse(...pair), 0);
      close(
        step,
        observed(step).map(([u, i]) => (error(u, i) * inverse(u, i)) / total),
      );
    }
  });

  test.each([
    ['dr-jl', (p: number) => 1 / p],
    ['mrdr', (p: number) => (1 - p) / p ** 2],
    ['dr-bias', (p: number) => (1 - p) ** 2 / p ** 3],
    ['stable-dr', (p: number) => 1 / p],
    ['tdr', (p: number) => 1 / p],
  ] as const)('%s: a constant imputation goes to the mean of the values by the stated weights', (name, weight) => {
    // (e − ê)² = s² (g − y)² for the log loss at a fixed score s, so g* = Σ w y / Σ w
    let t = 0;
    let steps = 0;
    let [average, kept] = [0, 0];
    const constant: PairModel = {
      parameters: [],
      score: (_u, _i, count, out) => out.fill(t, 0, count),
      step(_u, _i, count, d) {
        t -= 2 * d.subarray(0, count).reduce((a, b) => a + b, 0);
        if (++steps > 200) average += (sigma(t) - average) / ++kept;
      },
    };
    const prediction: PairModel = { parameters: [], score: (_u, _i, count, out) => out.fill(2, 0, count), step() {} };
    // many copies of every row, so that a batch has them all in their shares
    const copies = 40;
    const many = new InteractionBuilder({ file: 'made', repeated: true });
    for (let copy = 0; copy < copies; copy++)
      users.forEach((u, row) => {
        many.add({ user: `u${u}`, item: log.itemIds[log.items[row]], rating: ratings[row] }, 1);
      });
    const all = many.build();
    const of = rowUsers(all);
    const theirs = (row: number) => theta(of[row], log.itemIds.indexOf(all.itemIds[all.items[row]]));
    explicitRecommenders[name].create()({
      log: all,
      exposure: { pair: theta, row: theirs, notes: [] },
      oracle: null,
      loss: pairLosses.log,
      target: (row) => (all.ratings as Float32Array)[row],
      training: decodeOptions('training', pairTrainingOptions, { steps: 1200, batch: 280, heldOutShare: 0, patience: null }),
      rng: createRng('constant'),
      newModel: (label) => (label === 'imputation' ? constant : prediction),
    });
    const w = [...users].map((u, row) => weight(theta(u, log.items[row])));
    const target = w.reduce((sum, x, row) => sum + x * ratings[row], 0) / w.reduce((a, b) => a + b, 0);
    expect(Math.abs(average - target)).toBeLessThan(0.015);
  });

  test('those means differ between the weights by more than the tolerance', () => {
    const at = (weight: (p: number) => number) => {
      const w = [...users].map((u, row) => weight(theta(u, log.items[row])));
      return w.reduce((sum, x, row) => sum + x * ratings[row], 0) / w.reduce((a, b) => a + b, 0);
    };
    const means = [at(() => 1), at((p) => p), at((p) => 1 / p), at((p) => (1 - p) / p ** 2), at((p) => (1 - p) ** 2 / p ** 3)].sort();
    for (let k = 1; k < means.length; k++) expect(means[k] - means[k - 1]).toBeGreaterThan(0.03);
  });
});

describe('conversions: what an impression moves, over all impressions alike', () => {
  const [a, b, t] = [-0.7, 0.9, 0.3];
  const [p, q, g] = [a, b, t].map(sigma);
  const clicks = Uint8Array.of(1, 0, 1, 1, 0, 0, 1);
  const converted = (row: number) => Number(row % 3 === 0 && clicks[row] === 1);
  const impressions = { ...log, clicks, conversions: Uint8Array.from(clicks, (_, row) => converted(row)) };
  const lambda = 0.4;
  const esmm = (row: number) => (converted(row) === 1 ? q - 1 : (p * q * (1 - q)) / (1 - p * q));
  const cases: [string, (input: RecommendationInput) => unknown, (row: number) => number, (row: number) => number][] = [
    ['esmm', conversionRecommenders.esmm.create(), esmm, () => 0],
    [
      'escm2-ips',
      conversionRecommenders['escm2-ips'].create({ counterfactualWeight: lambda, clip: 0.02 }),
      (row) => esmm(row) + (lambda * clicks[row] * (q - converted(row))) / p,
      () => 0,
    ],
    [
      'escm2-dr',
      conversionRecommenders['escm2-dr'].create({ counterfactualWeight: lambda, clip: 0.5 }),
      (row) => esmm(row) + lambda * (q - g + (clicks[row] * (g - converted(row))) / 0.5),
      (row) => (lambda * 2 * clicks[row] * b * b * (g - converted(row)) * g * (1 - g)) / 0.5,
    ],
    ['ideal', conversionRecommenders.ideal.create(), (row) => q - 0.1 * (users[row] + log.items[row]), () => 0],
  ];
  test.each(cases)('%s', (_, learn, onConversion, onImputation) => {
    const steps: Record<string, Step[]> = { click: [], conversion: [], imputation: [] };
    const levels: Record<string, number> = { click: a, conversion: b, imputation: t };
    const learned = learn({
      log: impressions,
      exposure: { pair: () => 1, row: () => 1, notes: [] },
      oracle: (user, item) => 0.1 * (user + item),
      loss: pairLosses.log,
      target: converted,
      training: decodeOptions('training', pairTrainingOptions, { steps: 10, batch: 7, heldOutShare: 0, patience: null }),
      rng: createRng('conversions'),
      newModel: (label) => ({
        parameters: [],
        score: (_u, _i, count, out) => out.fill(levels[label], 0, count),
        step: (u, i, count, d) => steps[label].push({ users: u.slice(0, count), items: i.slice(0, count), derivative: d.slice(0, count) }),
      }),
    }) as { scores: PairModel['score'] };
    const out = new Float32Array(1);
    learned.scores(Uint32Array.of(0), Uint32Array.of(0), 1, out);
    expect(out[0]).toBeCloseTo(b, 6); // not the probability of a click
    for (const [tower, expected] of [
      ['conversion', onConversion],
      ['imputation', onImputation],
    ] as const) {
      if (expected(0) !== 0) expect(steps[tower].length).toBeGreaterThanOrEqual(10);
      for (const step of steps[tower])
        step.derivative.forEach((d, k) => {
          expect(d).toBeCloseTo(expected(findRow(log, step.users[k], step.items[k])) / 7, 6);
        });
    }
  });
});

test('ExpoMF: after one iteration items are at the minimum of their weighted, regularised squared error', () => {
  const options = decodeOptions('expo-mf', expoMfOptions, {
    dimension: 2,
    iterations: 1,
    clickPrecision: 3,
    priorPrecision: 0.7,
    initialExposure: 0.3,
  });
  const { userFactors: P, itemFactors: Q } = fitExpoMf(log, options, createRng('expo'));
  const start = (rows: number, label: string) => {
    const stream = createRng('expo').fork(label);
    return Float64Array.from({ length: rows * 2 }, () => 0.1 * gaussian(stream));
  };
  const [P0, Q0] = [start(U, 'users'), start(I, 'items')];
  for (let i = 0; i < I; i++)
    for (let f = 0; f < 2; f++) {
      let slope = -0.7 * Q[2 * i + f];
      for (let u = 0; u < U; u++) {
        const y = findRow(log, u, i) >= 0 ? 1 : 0;
        const before = P0[2 * u] * Q0[2 * i] + P0[2 * u + 1] * Q0[2 * i + 1];
        const exposed = y === 1 ? 1 : expectedExposure(0.3, before, 3);
        slope += 3 * exposed * (y - P[2 * u] * Q[2 * i] - P[2 * u + 1] * Q[2 * i + 1]) * P[2 * u + f];
      }
      expect(Math.abs(slope)).toBeLessThan(1e-6);
    }
});
