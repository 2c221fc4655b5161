import { bootstrapped } from '../../estimators/bias/bootstrap.ts';
import type { EstimateBias } from '../../estimators/index.ts';
import { clickSums } from '../../src/data/click-log.ts';
import { ClickLogBuilder } from '../../src/data/click-log-builder.ts';
import { withCounts } from '../../src/data/split-click-log.ts';
import { UsageError } from '../../src/errors.ts';
import { multinomial } from '../../src/random/multinomial.ts';
import { createRng } from '../../src/random/rng.ts';

const builder = new ClickLogBuilder();
const list = builder.addList(0, [0, 1]);
builder.addRow(list, [1, 0], 800);
builder.addRow(list, [0, 1], 200);
const log = builder.build();
const input = { train: { log }, rng: createRng('bootstrap') } as Parameters<EstimateBias>[0];
const of = () => {
  throw new Error('not asked for');
};

test('intervals of a ratio of click counts come to those of the delta method', () => {
  const ratios: EstimateBias = ({ train }) => {
    const { clicks } = clickSums(train.log);
    return { source: 'learnt', examination: clicks.map((count) => count / clicks[0]), of };
  };
  const { examination, intervals } = bootstrapped(ratios, 400)(input);
  const width = 2 * 1.96 * Math.sqrt(1 / 800 + 1 / 200); // of log c_2/c_1, each session clicking one of them
  expect(examination).toEqual(Float64Array.of(1, 0.25));
  expect(Math.abs(Math.log((intervals?.upper[1] ?? 0) / (intervals?.lower[1] ?? 1)) / width - 1)).toBeLessThan(0.1);
  expect([intervals?.lower[0], intervals?.upper[0]]).toEqual([1, 1]);
  expect(bootstrapped(ratios, 0)(input).intervals).toBeUndefined();
  for (const few of [1, 9])
    expect(() => bootstrapped(ratios, few)).toThrow(`the spread of ${few} resamples says nothing; take 10 at least`);
});

test('of ten resamples, whose spread is itself unsure, 95 % of the intervals still hold the truth', () => {
  const ratios: EstimateBias = ({ train }) => {
    const { clicks } = clickSums(train.log);
    return { source: 'learnt', examination: clicks.map((count) => count / clicks[0]), of };
  };
  let held = 0;
  for (let i = 0; i < 2000; i++) {
    const rng = createRng(`ten resamples ${i}`);
    const drawn = withCounts(log, Float64Array.from(multinomial(1000, Float64Array.of(800, 200), rng)));
    const { intervals } = bootstrapped(ratios, 10)({ ...input, train: { ...input.train, log: drawn }, rng });
    if ((intervals?.lower[1] ?? 1) <= 0.25 && 0.25 <= (intervals?.upper[1] ?? 0)) held++;
  }
  expect(held / 2000).toBeGreaterThan(0.937); // 0.95 ± 0.005; by the normal quantile 0.921
  expect(held / 2000).toBeLessThan(0.97);
});

test('of α and β as they are, within what they can be', () => {
  const affine: EstimateBias = ({ train }) => {
    const { clicks } = clickSums(train.log);
    const rate = clicks[0] / 1000;
    return { source: 'learnt', examination: null, affine: { kind: 'affine', alpha: Float64Array.of(rate), beta: Float64Array.of(0) }, of };
  };
  const { affineIntervals } = bootstrapped(affine, 400)(input);
  const half = 1.96 * Math.sqrt((0.8 * 0.2) / 1000);
  const [lower, upper] = [affineIntervals?.alpha.lower[0] ?? 0, affineIntervals?.alpha.upper[0] ?? 0];
  expect((lower + upper) / 2).toBeCloseTo(0.8, 12);
  expect(Math.abs((upper - lower) / (2 * half) - 1)).toBeLessThan(0.1);
  expect([affineIntervals?.beta.lower[0], affineIntervals?.beta.upper[0]]).toEqual([0, 0]);
});

test('none where a resample does not tell the bias', () => {
  const once: EstimateBias = ({ train }) => {
    if (train.log !== log) throw new UsageError('no click at rank 2');
    return { source: 'learnt', examination: Float64Array.of(1, 0.25), of };
  };
  const found = { source: 'learnt', examination: Float64Array.of(1, 0.25), of };
  expect(bootstrapped(once, 10)(input)).toEqual({ ...found, withoutIntervals: 'of a resample, no click at rank 2' });
  const parts = { ...input, train: { ...input.train, log: { ...log, count: log.count.map((count) => count + 0.5) } } };
  const same: EstimateBias = () => ({ source: 'learnt', examination: Float64Array.of(1, 0.25), of });
  expect(bootstrapped(same, 10)(parts).withoutIntervals).toMatch('no whole numbers of sessions');
});
