import { type ClickModel, clickModels, examinationMarginals, sampleCounts } from '../../click-models/index.ts';
import { affineGain, ipsGain } from '../../estimators/index.ts';
import { ClickLogBuilder } from '../../src/data/click-log-builder.ts';
import { createRng } from '../../src/random/rng.ts';

/** α and β of a model. */
function affineOf(clickModel: ClickModel) {
  if (clickModel.bias?.kind !== 'affine') throw new Error('trust bias is affine');
  return clickModel.bias;
}

const model = clickModels['trust-bias'].create({ affine: null }, 3);
const bias = affineOf(model);
const attraction = Float64Array.of(0.3, 0.8, 0.6);
const gains = Float64Array.of(3, 1, 2);
const truth = attraction.reduce((sum, gamma, k) => sum + gamma * gains[k], 0);

/** All eight patterns of one list with their probabilities, or with drawn counts. */
function log(sessions: number | null, seed = '') {
  const builder = new ClickLogBuilder();
  const list = builder.addList(0, [0, 1, 2]);
  if (sessions !== null) sampleCounts(model, attraction, sessions, createRng(seed), (clicks, count) => builder.addRow(list, clicks, count));
  else
    for (let pattern = 0; pattern < 8; pattern++) {
      const clicks = [0, 1, 2].map((k) => (pattern >> k) & 1);
      const click = (k: number) => bias.alpha[k] * attraction[k] + bias.beta[k];
      builder.addRow(
        list,
        clicks,
        clicks.reduce((p, c, k) => p * (c ? click(k) : 1 - click(k)), 1),
      );
    }
  return builder.build();
}

test('unbiased over all click patterns, where inverse propensities are not', () => {
  expect(affineGain(log(null), gains, bias).value).toBeCloseTo(truth, 12);
  const examination = { kind: 'examination', examination: examinationMarginals(model, attraction) } as const;
  const trusted = attraction.reduce(
    (sum, gamma, k) => sum + (gains[k] * (bias.alpha[k] * gamma + bias.beta[k])) / examination.examination[k],
    0,
  );
  expect(ipsGain(log(null), gains, examination).value).toBeCloseTo(trusted, 12);
  expect(trusted - truth).toBeGreaterThan(0.5);
});

test('clipping α at τ biases by Σ g ((c̄ − β)/τ − γ) where α < τ', () => {
  const clip = 0.5;
  const derived = attraction.reduce((sum, gamma, k) => sum + gains[k] * gamma * (bias.alpha[k] / Math.max(bias.alpha[k], clip) - 1), 0);
  expect(derived).toBeLessThan(0);
  expect(affineGain(log(null), gains, bias, clip).value - truth).toBeCloseTo(derived, 12);
});

test('over 2,000 logs of 300 sessions its mean is the truth, and its standard error right', () => {
  const estimates = Array.from({ length: 2000 }, (_, i) => affineGain(log(300, `log ${i}`), gains, bias));
  const mean = estimates.reduce((sum, { value }) => sum + value, 0) / estimates.length;
  const variance = estimates.reduce((sum, { value }) => sum + (value - mean) ** 2, 0) / (estimates.length - 1);
  const claimed = estimates.reduce((sum, { standardError }) => sum + standardError ** 2, 0) / estimates.length;
  expect(Math.abs(mean - truth)).toBeLessThan(4 * Math.sqrt(variance / estimates.length));
  expect(Math.abs(claimed / variance - 1)).toBeLessThan(4 * Math.sqrt(2 / estimates.length));
});

test('an α of 0 needs a clip', () => {
  const flat = { ...bias, alpha: Float64Array.of(0.5, 0, 0.5) };
  expect(() => affineGain(log(null), gains, flat)).toThrow(/alpha\[1\] must be above 0, got 0; set a clip/);
  expect(() => affineGain(log(null), gains, flat, 0.1)).not.toThrow();
});
