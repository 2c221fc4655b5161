import { UsageError } from '../../../../src/errors.ts';
import { decode } from './decode-and-run.ts';

test.each<[string, object, string]>([
  [
    'explicit-feedback',
    { world: { uniformSample: 30, uniformTest: 40, items: 60 } },
    'world: uniformSample + uniformTest must be at most the 60',
  ],
  ['explicit-feedback', { world: { ratingShares: [0.5, 0.5] } }, 'world: expected 2 propensities, one per rating, got 5'],
  ['explicit-feedback', { world: { propensities: [0, 0.1, 0.1, 0.1, 0.1] } }, 'world: propensities.0 must be above 0, got 0'],
  [
    'explicit-feedback',
    { world: { uniformSample: 0 }, exposure: 'naive-bayes' },
    'exposure: naive-bayes needs a sample of uniformly random',
  ],
  ['explicit-feedback', { exposure: 'logistic' }, ''],
  [
    'explicit-feedback',
    { exposure: { name: 'logistic', from: 'features' } },
    'exposure: logistic from features needs features of users or items, which the world self-selected-ratings does not have',
  ],
  ['explicit-feedback', { model: 'feature-mlp' }, 'model: feature-mlp needs features of users or items, which the world'],
  [
    'explicit-feedback',
    { estimators: ['popularity', { name: 'naive', model: { name: 'feature-mlp' } }] },
    'estimators.1.model: feature-mlp needs features',
  ],
  ['explicit-feedback', { model: 'feature-mlp', estimators: ['popularity'], baseline: null }, ''],
  ['explicit-feedback', { evaluation: { metrics: ['snips-dcg@5'] }, training: { heldOutShare: 0.1 }, world: { relevantFrom: null } }, ''],
  [
    'explicit-feedback',
    { evaluation: { metrics: ['snips-auc'] }, training: { heldOutShare: 0.1 }, world: { relevantFrom: null } },
    'evaluation.metrics.0: "snips-auc" is of pairs that are relevant or not; set world.relevantFrom',
  ],
  [
    'conversions',
    { world: { impressions: 50, testImpressions: 20, items: 60 } },
    'world: impressions + testImpressions must be at most the 60',
  ],
  ['conversions', { model: 'feature-mlp' }, 'model: feature-mlp needs features'],
  ['implicit-feedback', { model: 'feature-mlp' }, ''],
  ['implicit-feedback', { exposure: 'naive-bayes' }, 'exposure: naive-bayes needs a sample'],
  [
    'implicit-feedback',
    { world: { name: 'position-biased-lists', clickModel: 'trust-bias' } },
    'world: trust-bias: clicks that need no relevance have no exposure',
  ],
  [
    'implicit-feedback',
    { world: { name: 'position-biased-lists', positions: 300, items: 300 } },
    'world: a list shows at most 256 items, got 300; lower positions',
  ],
  ['implicit-feedback', { world: { name: 'position-biased-lists', positions: 300, items: 256 } }, ''],
  [
    'implicit-feedback',
    { world: { name: 'recorded', reader: 'csv', path: 'none', campaign: 'men' }, exposure: 'popularity-power', estimators: ['naive'] },
    'world: campaign is no option of the reader csv; leave it out',
  ],
])('%s %j: what does not fit together is told before anything runs', (task, { world, ...more }: { world?: object }, problem) => {
  const name = { 'explicit-feedback': 'self-selected-ratings', conversions: 'entire-space' }[task] ?? 'synthetic';
  const config = () => decode({ task, world: { name, ...world }, ...more });
  if (problem === '') {
    expect(config).not.toThrow();
    return;
  }
  expect(config).toThrow(UsageError);
  expect(config).toThrow(problem);
});
