import { builtIn } from '../../../../experiments/catalogue/catalogue.ts';
import { decodeRankingConfig, rowsIn, runTask } from '../../../../experiments/index.ts';
import { clickModelFits } from '../../../../experiments/tasks/shared/click-model-fits.ts';

const { tasks } = builtIn();
const decode = (estimators: readonly object[]) =>
  decodeRankingConfig(
    {
      seeds: 1,
      baseline: null,
      data: { synthetic: { trainQueries: 12, validationQueries: 4, testQueries: 4, features: 3 } },
      simulation: { sessions: 3000, validationSessions: 300, positions: 4 },
      training: { steps: 5 },
      estimators,
    },
    'fits',
  );

test('a run says what share of the clicks a click model rules out, and which fit was cut short', async () => {
  const { result } = await runTask(
    tasks.ranking,
    decode([
      { name: 'ips', propensity: { clickModel: 'cascade' } },
      { name: 'clipped-ips', propensity: { clickModel: 'dynamic-bayesian', fit: { iterations: 2 } } },
      { name: 'click-model-labels', fit: { method: 'gradient', iterations: 30 } },
    ]),
  );
  const rows = rowsIn(result, clickModelFits);
  expect(rows.map(({ method, model, converged }) => [method, model, converged])).toEqual([
    ['ips', 'cascade', 'yes'],
    ['clipped-ips', 'dynamic-bayesian', 'no'],
    ['click-model-labels', 'dynamic-bayesian', expect.any(String)],
  ]);
  expect(rows.map(({ ruled_out }) => Number(ruled_out) > 0)).toEqual([true, false, false]);
  expect(result.warnings.filter((text) => text.includes('rules out the clicks'))).toEqual([
    expect.stringMatching(/^ips: the click model cascade/),
  ]);
});

test.each([
  [
    { name: 'ips', propensity: { clickModel: 'dynamic-bayesian', fit: { hidden: [3] } } },
    /estimators\.0\.propensity: fit of dynamic-bayesian: hidden layers/,
  ],
  [
    { bias: { name: 'click-model', fit: { attraction: 'hash' } }, weighting: 'ips' },
    /estimators\.0\.bias: fit of position-based: .*set method: gradient/,
  ],
  [{ name: 'click-model-labels', fit: { iteration: 3 } }, /estimators\.0\.fit\.iteration: unknown key.*iterations/],
])('%j: a way to fit that makes no sense is told when the config is read', (estimator, message) =>
  expect(() => decode([estimator])).toThrow(message),
);
