import { fitClickModelBy } from '../../click-models/fit/fit-by.ts';
import { clickModel, fitOptions, scoreClickModel } from '../../click-models/index.ts';
import { decodeOptions } from '../../src/decode-options.ts';
import { createRng } from '../../src/random/rng.ts';
import { modelOf, simulatedLog } from './simulated-log.ts';

const kinds = { models: ['dependent-click', 'user-browsing'].map((name) => ({ name, weight: 1 })) };

test('a mixture that ends on a lower summit than the truth finds a higher one from other starts', () => {
  const users = modelOf('mixture', 6, kinds);
  const sessions = 1e5;
  const { fit, truth } = simulatedLog(users, { sessions, positions: 6, queries: 5, lists: 60 });
  const { definition, parameters } = users;
  const uneven = Object.entries(parameters).map(([name, values]) => [name, values.map((_, i) => 0.3 + 0.08 * ((i * 7 + name.length) % 5))]);
  const start = clickModel(definition, Object.fromEntries(uneven), 6);
  const fitted = (starts: number) => fitClickModelBy(start, fit, decodeOptions('fit', fitOptions, { starts }), createRng('starts'));
  const { ofRows } = scoreClickModel(users, truth, fit);
  const atTruth = ofRows.reduce((sum, mean, row) => sum + 6 * mean * fit.log.count[row], 0) / sessions; // mean over 6 ranks
  const [one, best] = [fitted(1), fitted(6)];
  expect(one.starts).toBeUndefined();
  expect(one.logLikelihood).toBeLessThan(atTruth - 1e-3);
  expect(best.logLikelihood).toBeGreaterThan(atTruth);
  expect(best.starts).toHaveLength(6);
  expect(best.starts?.[0]).toBe(one.logLikelihood); // the first begins where it is told to
  expect(Math.max(...(best.starts ?? []))).toBe(best.logLikelihood);
  expect(Math.abs(Math.log(best.model.parameters.continuation1[0] / parameters.continuation1[0]))).toBeLessThan(0.1);
});
