import { builtIn } from '../../../../experiments/catalogue/catalogue.ts';
import { decodeStudy } from '../../../../experiments/catalogue/read-study.ts';

const catalogue = builtIn();
const decode = (settings: object) => () => decodeStudy({ task: 'bias', estimators: ['naive-ctr'], ...settings }, 'the test', { catalogue });

test.each([
  [{ log: { path: 'log.csv', format: 'csv' }, data: { path: 'folder' } }, /log\.format: is of logs without data/],
  [{ log: { path: 'log.csv', skipFaulty: true }, data: { path: 'folder' } }, /log\.skipFaulty: is of logs without data/],
  [{ estimators: [{ name: 'all-pairs', by: 'context' }] }, /estimators\.0\.name: all-pairs tells contexts apart, .* have none/],
  [{ estimators: [{ name: 'saved', file: 'none.json' }] }, /estimators\.0\.name: no bias in "none\.json"/],
  [{ estimators: [{ name: 'given', examination: [1, 0.5] }] }, /estimators\.0\.name: gives 2 values, but simulation\.positions is 10/],
  [{ estimators: [{ name: 'click-model', model: 'contextual-position-based' }] }, /tells 2 contexts apart, but .* have 1/],
  [
    {
      simulation: { clickModel: 'contextual-position-based' },
      estimators: [{ name: 'click-model', model: { name: 'contextual-position-based', contexts: [{}] } }],
    },
    /contextual-position-based knows one context, but .* have 2/,
  ],
  [
    {
      simulation: { clickModel: 'contextual-position-based' },
      estimators: [
        { name: 'click-model', model: { name: 'mixture', models: ['cascade', { name: 'contextual-position-based', contexts: [{}] }] } },
      ],
    },
    /mixture knows one context, but .* have 2/,
  ],
  [{ estimators: ['rand-pair'] }, /rand-pair learns from simulation\.intervention rand-pair, but it is shuffle/],
  [{ log: { path: 'log.csv' }, estimators: [{ name: 'all-pairs', by: 'context' }] }, /all-pairs tells contexts apart: name their column/],
  [
    { log: { path: 'log.csv' }, estimators: [{ name: 'click-model', model: 'contextual-position-based' }] },
    /click-model tells contexts apart: name their column/,
  ],
  [{ log: { path: 'log.csv' }, estimators: [{ name: 'trust-bias', relevance: 'features' }] }, /trust-bias learns relevance from features/],
  [{ log: { path: 'log.csv' }, estimators: [{ name: 'saved', file: 'none.json' }] }, /estimators\.0\.name: no bias in "none\.json"/],
])('%j is refused when the config is read', (settings, message) => {
  expect(decode(settings)).toThrow(message);
});

test('what needs no features by its options is taken without', () => {
  expect(decode({ log: { path: 'log.csv' }, estimators: [{ name: 'regression-em', relevance: 'tabular' }, 'trust-bias'] })).not.toThrow();
});
