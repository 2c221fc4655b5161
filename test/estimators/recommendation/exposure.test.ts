import { densityAtZero, expectedExposure } from '../../../estimators/recommendation/expo-mf.ts';
import { type ExposureInput, expoMfOptions, exposureEstimators, fitExpoMf } from '../../../estimators/recommendation/index.ts';
import {
  selfSelectedRatingsOptions,
  simulateImplicitFeedback,
  simulateSelfSelectedRatings,
  syntheticWorld,
  syntheticWorldOptions,
} from '../../../simulators/recommendation/index.ts';
import { InteractionBuilder } from '../../../src/data/interactions/interaction-builder.ts';
import { rowUsers } from '../../../src/data/interactions/interaction-log.ts';
import { decodeOptions } from '../../../src/decode-options.ts';
import { UsageError } from '../../../src/errors.ts';
import { createRng } from '../../../src/random/rng.ts';

const builder = new InteractionBuilder({ file: 'made' });
for (const [user, item] of [
  ['a', 'x'],
  ['b', 'x'],
  ['c', 'x'],
  ['d', 'x'],
  ['a', 'y'],
])
  builder.add({ user, item }, 1);
builder.add({ user: 'a', item: 'z', click: 0 }, 2);
const log = builder.build();
const input = (changes: Partial<ExposureInput> = {}): ExposureInput => ({
  log,
  target: () => 1,
  uniformSample: null,
  userFeatures: null,
  itemFeatures: null,
  known: null,
  rng: createRng('exposure'),
  ...changes,
});

test('popularity: (n_i / max n)^power, aligned where an item has no click, and that is noted', () => {
  const { pair, row, notes } = exposureEstimators['popularity-power'].create({ power: 0.5 })(input());
  expect([0, 1, 2].map((item) => pair(3, item))).toEqual([1, 0.5, Math.sqrt(0.125)]);
  expect(row(1)).toBe(0.5);
  expect(notes).toEqual(['1 of 3 items have no click; counted as half a click']);
});

test('logged propensities are of rows, and refuse to speak of unseen pairs', () => {
  const create = exposureEstimators.logged.create();
  expect(() => create(input())).toThrow(/needs a log with propensities/);
  const { row, pair } = create(input({ log: { ...log, propensities: Float64Array.of(0.1, 0.2, 0.3, 0.4, 0.5, 0.6) } }));
  expect([row(0), row(5)]).toEqual([0.1, 0.6]);
  expect(() => pair(0, 0)).toThrow(UsageError);
});

test('the oracle needs a truth, and returns it', () => {
  const create = exposureEstimators.oracle.create();
  expect(() => create(input())).toThrow(/needs a simulated log and its truth/);
  const known = { pair: () => 0.3, row: () => 0.3, notes: [] };
  expect(create(input({ known }))).toBe(known);
});

describe('on self-selected ratings', () => {
  const options = decodeOptions('ratings', selfSelectedRatingsOptions, { users: 400, items: 150, uniformSample: 20 });
  const world = simulateSelfSelectedRatings(options, createRng('self-selected'));
  const target = (rating: number) => (rating - 1) / 4;
  const sample = { log: world.log, target: (row: number) => target(world.log.ratings?.[row] as number) };

  test('naive Bayes finds P(O | rating) of every rating from a small uniform sample', () => {
    const { uniformSample } = world;
    if (!uniformSample) throw new Error('no sample');
    const uniform = { log: uniformSample, target: (row: number) => target(uniformSample.ratings?.[row] as number) };
    const { row } = exposureEstimators['naive-bayes'].create({ smoothing: 1 })(input({ ...sample, uniformSample: uniform }));
    for (let rating = 1; rating <= 5; rating++) {
      const at = world.log.ratings?.indexOf(rating) as number;
      const inSample = uniformSample.ratings?.filter((r) => r === rating).length as number;
      expect(Math.abs(Math.log(row(at) / options.propensities[rating - 1]))).toBeLessThan(4 * Math.sqrt(1 / inSample + 1 / 200));
    }
    expect(() => exposureEstimators['naive-bayes'].create({ smoothing: 1 })(input(sample))).toThrow(/not of the test part/);
  });

  test('logistic on factors follows the item popularity of being rated, on average with the right level', () => {
    const logistic = exposureEstimators.logistic.create(decodeOptions('logistic', exposureEstimators.logistic.options, { steps: 400 }));
    const { pair } = logistic(input(sample));
    const [U, I] = [400, 150];
    let level = 0;
    for (let u = 0; u < U; u++) for (let i = 0; i < I; i++) level += pair(u, i) / world.log.items.length;
    expect(Math.abs(level - 1)).toBeLessThan(0.15);
    const users = rowUsers(world.log);
    const seen = [...users].reduce((sum, u, row) => sum + pair(u, world.log.items[row]), 0) / users.length;
    expect(seen).toBeGreaterThan((1.5 * world.log.items.length) / (U * I));
  });
});

test('logistic on features finds exposure that depends on them, and asks for them', () => {
  const world = syntheticWorld(
    decodeOptions('world', syntheticWorldOptions, { quality: 2, correlation: 1, featureNoise: 0, users: 200, items: 100 }),
    createRng('features'),
  );
  const { log: clicks } = simulateImplicitFeedback({ ...world, relevance: world.relevance.map(() => 1) }, createRng('clicks'));
  const create = exposureEstimators.logistic.create(
    decodeOptions('logistic', exposureEstimators.logistic.options, { from: 'features', steps: 400 }),
  );
  const { pair } = create(input({ log: clicks, itemFeatures: world.itemFeatures }));
  const [theta, estimate] = [world.exposure.slice(0, 100), Float64Array.from({ length: 100 }, (_, i) => pair(0, i))];
  const centred = (values: ArrayLike<number>) =>
    Array.from(values, (v) => Math.log(v) - Array.from(values, Math.log).reduce((a, b) => a + b, 0) / 100);
  const [x, y] = [centred(theta), centred(estimate)];
  const dot = (a: number[], b: number[]) => a.reduce((sum, v, k) => sum + v * b[k], 0);
  expect(dot(x, y) / Math.sqrt(dot(x, x) * dot(y, y))).toBeGreaterThan(0.9);
  expect(() => create(input())).toThrow(/needs features/);
});

describe('ExpoMF', () => {
  const options = decodeOptions('expo-mf', expoMfOptions, { dimension: 3, priorPrecision: 0.5 });
  const world = syntheticWorld(decodeOptions('world', syntheticWorldOptions, { users: 60, items: 40 }), createRng('expo'));
  const { log: clicks } = simulateImplicitFeedback(world, createRng('expo'));

  /** log of the prior times Π_ui P(Y_ui), up to a constant: what EM raises. */
  const objective = (iterations: number) => {
    const fit = fitExpoMf(clicks, { ...options, iterations }, createRng('fit'));
    const { userFactors: P, itemFactors: Q, exposure: mu } = fit;
    let sum = 0;
    for (const v of [...P, ...Q]) sum -= (options.priorPrecision * v * v) / 2;
    const clicked = new Set([...rowUsers(clicks)].map((u, row) => u * 40 + clicks.items[row]));
    for (let u = 0; u < 60; u++)
      for (let i = 0; i < 40; i++) {
        let s = 0;
        for (let f = 0; f < 3; f++) s += P[3 * u + f] * Q[3 * i + f];
        sum += Math.log(clicked.has(u * 40 + i) ? mu[i] * densityAtZero(1 - s, 1) : mu[i] * densityAtZero(s, 1) + 1 - mu[i]);
      }
    return sum;
  };

  test('every iteration raises the posterior', () => {
    const values = [1, 2, 3, 5, 8].map(objective);
    for (let k = 1; k < values.length; k++) expect(values[k]).toBeGreaterThan(values[k - 1] - 1e-6);
    expect(values[4]).toBeGreaterThan(values[0] + 1);
  });

  test('kernels and plain code come to the same', () => {
    const [kernel, plain] = [undefined, () => null].map((open) =>
      fitExpoMf(clicks, { ...options, dimension: 7, iterations: 4 }, createRng('fit'), open),
    );
    for (const part of ['userFactors', 'itemFactors', 'exposure'] as const)
      plain[part].forEach((value, at) => {
        expect(kernel[part][at]).toBeCloseTo(value, 5);
      });
  });

  test('exposure of an unclicked pair by Bayes; the density has its root over the whole of λ/2π', () => {
    expect(densityAtZero(0.7, 2.5)).toBeCloseTo(Math.sqrt(2.5 / (2 * Math.PI)) * Math.exp((-2.5 * 0.49) / 2), 12);
    const seen = 0.3 * densityAtZero(0.7, 2.5);
    expect(expectedExposure(0.3, 0.7, 2.5)).toBeCloseTo(seen / (seen + 0.7), 12);
    expect(expectedExposure(0.3, 0, 2.5)).toBeGreaterThan(expectedExposure(0.3, 2, 2.5)); // a high score unclicked was hardly seen
  });

  test('an item that nobody clicked has the exposure of the prior, nearly 0, and no NaN', () => {
    const fit = fitExpoMf(log, { ...options, iterations: 5 }, createRng('fit'));
    expect(fit.exposure.every((value) => value > 0 && value < 1)).toBe(true);
    expect(fit.exposure[2]).toBeLessThan(fit.exposure[0]);
  });
});
