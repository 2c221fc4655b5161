import { eventTables } from '../../click-models/fit/event-tables.ts';
import { observedDraws, observedShares } from '../../click-models/fit/observed-draws.ts';
import { clickModel, type FitOptions, fitClickModel, fitOptions } from '../../click-models/index.ts';
import { ClickLogBuilder } from '../../src/data/click-log-builder.ts';
import { decodeOptions } from '../../src/decode-options.ts';
import { createRng } from '../../src/random/rng.ts';
import { modelOf, simulatedLog } from './simulated-log.ts';

const options = (given: Partial<FitOptions> = {}) => decodeOptions('fit', fitOptions, given) as FitOptions;

test.each([0.2, 0.6, 0.95])(
  'of lists of one document, examined with probability %d, draws are observed as far as their likelihood is curved',
  (theta) => {
    const builder = new ClickLogBuilder();
    const sessions = Array.from({ length: 40 }, (_, d) => [3 + d, 20 + ((7 * d) % 40)] as const); // with a click and without
    for (const [d, [clicked, not]] of sessions.entries()) {
      const list = builder.addList(0, [d]);
      builder.addRow(list, [1], clicked);
      builder.addRow(list, [0], not);
    }
    const { definition } = modelOf('position-based', 1);
    const fit = { log: builder.build(), documents: 40 };
    const tables = eventTables(clickModel(definition, { examination: Float64Array.of(theta) }, 1), fit);
    const count = () => {
      for (const name of tables.free) tables.counts[name].fill(0);
      tables.countEvents(tables.rows, fit.log.count, 0, fit.log.count.length);
    };
    count();
    const before = tables.counts.attraction.slice();
    const values = tables.values.attraction.slice();
    const shares = observedShares(tables, ['attraction'], count).attraction;
    expect([tables.counts.attraction, tables.values.attraction]).toEqual([before, values]);
    const draws = observedDraws(before, values, shares, new Float64Array(80));
    for (const [d, [clicked, not]] of sessions.entries()) {
      const p = values[d];
      /** ∂/∂ logit p of c ln θp + n ln(1 − θp). */
      const score = (at: number) => clicked * (1 - at) - (not * theta * at * (1 - at)) / (1 - theta * at);
      const moved = (by: number) => 1 / (1 + ((1 - p) / p) * Math.exp(-by));
      const information = (score(moved(-1e-4)) - score(moved(1e-4))) / 2e-4;
      const expected = clicked + (not * theta * (1 - p)) / (1 - theta * p);
      const share = Math.min(1, Math.max(0, information / (expected * p * (1 - p))));
      expect(Math.abs(shares[d] - share)).toBeLessThan(0.03);
      const [h, n] = [draws[2 * d], draws[2 * d + 1]];
      expect(h - p * (h + n)).toBeCloseTo(score(p), 9); // the score is that of the clicks
      if (h > 0 && n > 0) expect(h + n).toBeCloseTo(shares[d] * expected, 9);
    }
  },
);

test.each(['a', 'b', 'c'])('how strong the prior of satisfaction is does not come from draws that nobody saw: log %s', (seed) => {
  const model = modelOf('dynamic-bayesian', 10);
  const rng = createRng(seed);
  const attraction = Float64Array.from({ length: 360 }, () => 0.05 + 0.5 * rng.double());
  const { fit } = simulatedLog(model, { sessions: 1000, positions: 10, queries: 30, lists: 10 }, seed, { attraction });
  const { priors, converged } = fitClickModel(modelOf('dynamic-bayesian', 10), fit, options());
  expect(converged).toBe(true);
  // satisfaction is uniform on 0.1 … 0.9: mean 1/2, variance 0.8²/12, so a strength of 3.7
  expect(priors.satisfaction.strength).toBeLessThan(20);
  expect(priors.satisfaction.strength).toBeGreaterThan(1);
});
