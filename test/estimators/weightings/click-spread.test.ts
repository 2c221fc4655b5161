import { type EstimatedBias, type LoggedClicks, type WeightingEntry, weightings } from '../../../estimators/index.ts';
import { clickSpread } from '../../../estimators/weightings/click-spread.ts';
import { clickSums } from '../../../src/data/click-log.ts';
import { bias, exactLog, examination } from '../world.ts';

const log = exactLog(1000);
const querySet = {
  ...{ queryIds: ['1', '2'], docIds: ['1', '2', '3', '4', '5', '6'], offsets: Uint32Array.of(0, 3, 6) },
  ...{ features: new Float32Array(6), featureCount: 1, labels: new Float32Array(6) },
};
const logged: LoggedClicks = { querySet, log, knownBias: null };
const affine = { kind: 'affine', alpha: examination, beta: examination.map(() => 0) } as const;
const estimated: EstimatedBias = { source: 'given', examination, affine, of: () => bias as never };
const byExamination: EstimatedBias = { source: 'given', examination, of: () => bias as never };
const { clicks } = clickSums(log);

const spread = (name: string, options: object, by = byExamination) =>
  (weightings as Readonly<Record<string, WeightingEntry>>)[name].spread?.(options as never)(logged, by);

/** Kish's effective size of clicks by 1/max(θ, τ), document by document. */
function kish(clip: number): number {
  let [sum, squares] = [0, 0];
  clicks.forEach((count, i) => {
    const weight = 1 / Math.max(examination[i % 3], clip);
    sum += count * weight;
    squares += count * weight * weight;
  });
  return (sum * sum) / squares;
}
const all = clicks.reduce((sum, count) => sum + count, 0);

test('clicks of one weight count whole; of others as Kish has it', () => {
  expect(clickSpread({ weights: Float64Array.of(3, 3), counts: Float64Array.of(2, 5) })).toEqual({ clicks: 7, effective: 7 });
  expect(clickSpread({ weights: Float64Array.of(1, 9), counts: Float64Array.of(1, 1) }).effective).toBeCloseTo(100 / 82, 12);
  expect(clickSpread({ weights: Float64Array.of(1), counts: Float64Array.of(0) })).toEqual({ clicks: 0, effective: 0 });
});

test('every weighting of clicks by 1/θ has the effective size of those weights, as a list shows each document at one rank here', () => {
  expect(spread('naive', {})?.effective).toBeCloseTo(all, 9);
  for (const name of ['ips', 'self-normalised-ips'])
    expect(spread(name, {})).toEqual({ clicks: spread('naive', {})?.clicks, effective: expect.closeTo(kish(0), 8) });
  for (const name of ['policy-aware-ips', 'intervention-aware', 'doubly-robust'])
    expect(spread(name, { clip: 0, folds: 2 })?.effective).toBeCloseTo(kish(0), 8);
  for (const name of ['affine', 'policy-aware-affine']) expect(spread(name, { clip: 0 }, estimated)?.effective).toBeCloseTo(kish(0), 8);
});

test('clipping evens weights, and says of how many clicks', () => {
  const below = clicks.reduce((sum, count, i) => sum + (examination[i % 3] < 0.25 ? count : 0), 0) / all;
  for (const name of ['clipped-ips', 'policy-aware-ips', 'intervention-aware', 'doubly-robust']) {
    const found = spread(name, { clip: 0.25, folds: 2 });
    expect(found?.effective).toBeCloseTo(kish(0.25), 8);
    expect(found?.clippedShare).toBeCloseTo(below, 12);
  }
});

test('pairs: θ_j / θ_i over the pairs of sessions', () => {
  let [pairs, sum, squares] = [0, 0, 0];
  for (let r = 0; r < log.list.length; r++)
    for (const i of [0, 1, 2])
      for (const j of [0, 1, 2]) {
        if (log.clicks[3 * r + i] === 0 || log.clicks[3 * r + j] === 1) continue;
        const weight = examination[j] / examination[i];
        pairs += log.count[r];
        sum += log.count[r] * weight;
        squares += log.count[r] * weight * weight;
      }
  const found = spread('propensity-ratio', { clip: 0 });
  expect(found?.clicks).toBeCloseTo(pairs, 8);
  expect(found?.effective).toBeCloseTo((sum * sum) / squares, 8);
});

test('what multiplies no clicks has no spread', () => {
  expect((weightings as Readonly<Record<string, WeightingEntry>>)['direct-method'].spread).toBeUndefined();
});
