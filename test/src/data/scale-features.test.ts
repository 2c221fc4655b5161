import type { QuerySet } from '../../../src/data/query-set.ts';
import { fitScaling, type ScalingMethod, scaleFeatures } from '../../../src/data/scale-features.ts';
import { UsageError } from '../../../src/errors.ts';

const setOf = (featureCount: number, ...features: number[]): QuerySet => ({
  queryIds: ['1'],
  docIds: Array.from({ length: features.length / featureCount }, (_, d) => String(d + 1)),
  offsets: Uint32Array.of(0, features.length / featureCount),
  features: Float32Array.from(features),
  featureCount,
  labels: new Float32Array(features.length / featureCount),
});
const scaled = (train: QuerySet, method: ScalingMethod, other = train) => [...scaleFeatures(other, fitScaling(train, method)).features];

test('min-max: training values reach from 0 to 1, others may lie outside', () => {
  const train = setOf(2, 1, -4, 3, 4, 2, 0);
  expect(scaled(train, 'min-max')).toEqual([0, 0, 1, 1, 0.5, 0.5]);
  expect(scaled(train, 'min-max', setOf(2, 5, -8))).toEqual([2, -0.5]);
});

test('standardise: less the mean, over the standard deviation of the training part', () => {
  const deviation = Math.sqrt((1 + 1 + 0) / 3); // of 1, 3, 2
  const expected = [-1 / deviation, 1 / deviation, 0].map(Math.fround);
  expect(scaled(setOf(1, 1, 3, 2), 'standardise')).toEqual(expected);
  expect(scaled(setOf(1, 1, 3, 2), 'standardise', setOf(1, 5))).toEqual([Math.fround(3 / deviation)]);
});

test('standardise keeps its digits far from 0', () => {
  const far = 2 ** 23; // 32-bit floats are whole numbers here
  const deviation = Math.sqrt(2 / 3);
  expect(scaled(setOf(1, far - 1, far + 1, far), 'standardise')).toEqual([-1 / deviation, 1 / deviation, 0].map(Math.fround));
});

test('log-standardise: signed log first', () => {
  const [a, b] = [-Math.log(1 + 1000), Math.log(1 + 7)];
  const [mean, deviation] = [(a + b) / 2, Math.abs(a - b) / 2];
  const values = scaled(setOf(1, -1000, 7), 'log-standardise', setOf(1, -1000, 7, 0));
  [(a - mean) / deviation, (b - mean) / deviation, (0 - mean) / deviation].forEach((expected, i) => {
    expect(values[i]).toBeCloseTo(expected, 6);
  });
});

test.each<ScalingMethod>(['min-max', 'standardise', 'log-standardise'])('%s: a feature constant in training is 0 everywhere', (method) => {
  const constant = 0.1; // no 32-bit float: a mean of many need not equal it
  const train = setOf(2, ...Array.from({ length: 999 }, (_, d) => [constant, d]).flat());
  const constants = [...scaled(train, method), ...scaled(train, method, setOf(2, 12, 0))].filter((_, i) => i % 2 === 0);
  expect(constants.filter((x) => x !== 0)).toEqual([]);
});

test('none keeps values; no method changes its input; a scaling survives JSON', () => {
  const train = setOf(2, 1, -4, 3, 4);
  for (const method of ['none', 'min-max', 'standardise', 'log-standardise'] as const) {
    const scaling = fitScaling(train, method);
    const result = scaleFeatures(train, scaling);
    expect(scaleFeatures(train, JSON.parse(JSON.stringify(scaling)))).toEqual(result);
    expect(result.features.buffer).not.toBe(train.features.buffer);
    expect([...train.features]).toEqual([1, -4, 3, 4]);
  }
  expect(scaled(train, 'none')).toEqual([1, -4, 3, 4]);
});

test('an unknown method and another number of features are usage errors', () => {
  expect(() => fitScaling(setOf(1, 1), 'standardize' as ScalingMethod)).toThrow(/did you mean "standardise"/);
  expect(() => scaleFeatures(setOf(1, 1), fitScaling(setOf(2, 1, 2), 'none'))).toThrow(
    new UsageError('the scaling is of 2 features, the data has 1; fit it on the same data'),
  );
});

const none = Number.NaN;

describe('missing values', () => {
  test.each<[ScalingMethod, number, number]>([
    ['min-max', 0, 1],
    ['standardise', -1, 1],
    ['log-standardise', -1, 1],
  ])('%s: statistics are of the values that are there, and what is missing stays so', (method, low, high) => {
    const train = setOf(2, 1, 5, none, 5, 3, none);
    const result = scaled(train, method);
    [low, 0, none, 0, high, none].forEach((expected, i) => {
      if (Number.isNaN(expected)) expect(result[i]).toBeNaN();
      else expect(result[i]).toBeCloseTo(expected, 6);
    });
  });

  test.each<ScalingMethod>(['none', 'min-max', 'standardise', 'log-standardise'])('%s: a feature that no document has', (method) => {
    const scaling = fitScaling(setOf(2, none, 1, none, 2), method);
    expect(JSON.parse(JSON.stringify(scaling))).toEqual(scaling); // finite numbers
    const filled = scaleFeatures(setOf(2, none, 1), fitScaling(setOf(2, none, 1, none, 2), method, 'mean'));
    expect(filled.features[0]).toBe(0);
  });

  test('mean: 0 when standardised, also after logarithms; else the mean of the training part', () => {
    const train = setOf(1, 1, none, 7, 1);
    const fill = (method: ScalingMethod) => scaleFeatures(setOf(1, none), fitScaling(train, method, 'mean')).features[0];
    expect(fill('none')).toBe(3);
    expect(fill('min-max')).toBeCloseTo((3 - 1) / (7 - 1), 6);
    expect(fill('standardise')).toBe(0);
    expect(fill('log-standardise')).toBeCloseTo(0, 6);
    const meanLog = (2 * Math.log(2) + Math.log(8)) / 3;
    expect(fitScaling(train, 'log-standardise', 'mean').fill?.[0]).toBeCloseTo(Math.exp(meanLog) - 1, 10);
  });

  test.each<ScalingMethod>(['none', 'min-max', 'standardise', 'log-standardise'])('%s: a number is as if the data said so', (method) => {
    const gaps = setOf(2, 1, none, none, 5, 3, 5);
    const whole = setOf(2, 1, -4, -4, 5, 3, 5);
    const { fill, ...scaling } = fitScaling(gaps, method, -4);
    expect([fill, scaling]).toEqual([[-4, -4], fitScaling(whole, method)]);
    expect(scaleFeatures(gaps, { ...scaling, ...(fill && { fill }) }).features).toEqual(scaleFeatures(whole, scaling).features);
  });

  test('what there is to fill must be of as many features', () => {
    expect(() => scaleFeatures(setOf(1, 1), { method: 'none', offset: [0], factor: [1], fill: [1, 2] })).toThrow(UsageError);
  });
});
