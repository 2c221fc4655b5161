import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeRankingConfig } from '../../../../experiments/catalogue/ranking-config.ts';
import { openBackend } from '../../../../src/tensor/backend.ts';
import { temporaryFolder } from '../../../src/data/temporary-folder.ts';
import { tinyConfig, writeRunOf } from '../../tiny-runs.ts';

beforeAll(() => openBackend('cpu'));

const home = temporaryFolder();
const transformer = { name: 'transformer', layers: 1, heads: 2, width: 8, feedForward: 8 };
const mlp = { name: 'mlp', hidden: [6], dropout: 0.3, layerNorm: true };
const methods = [
  'ips',
  'clipped-ips',
  'dual-learning',
  'regression-em',
  'pairwise-debiasing',
  'two-tower',
  { name: 'two-tower', biasTower: { frozen: 'all-pairs' }, label: 'frozen' },
  { bias: 'two-tower', weighting: 'doubly-robust' },
  { bias: 'oracle', weighting: 'policy-aware-ips' },
  'skyline',
];
const config = tinyConfig({
  ranker: transformer,
  backend: 'cpu',
  training: { steps: 10, batchLists: 7 },
  estimators: [...methods, { name: 'naive', ranker: mlp, label: 'mlp' }],
  baseline: null,
  seeds: 1,
});

test('every method trains a transformer and an MLP with dropout, the same to the byte under one seed', async () => {
  for (const run of ['one', 'two']) await writeRunOf(home.in(run), config);
  const file = (run: string, label: string) => readFileSync(join(home.in(run), 'models/1', label, 'weights.bin'));
  for (const { label } of config.estimators) expect(file('one', label)).toEqual(file('two', label));
});

test.each<[object, RegExp]>([
  [
    { ranker: { ...transformer, width: 9 } },
    /ranker\.width.*width 9 is not divisible by heads 2, which share it; give a multiple, such as 10/,
  ],
  [{ estimators: [{ name: 'naive', ranker: { ...transformer, heads: 3 } }] }, /estimators\.0\.ranker\.width/],
  [{ ranker: { name: 'mlp', hidden: [], dropout: 0.2 } }, /ranker\.dropout.*is of hidden layers, and there are none/],
  [{ ranker: { name: 'mlp', hidden: [], layerNorm: true } }, /ranker\.layerNorm/],
  [{ estimators: [{ name: 'two-tower', biasTower: { frozen: 'randomisation' } }] }, /estimators\.0\.biasTower.*randomisedSessions above 0/],
  [{ estimators: [{ name: 'two-tower', biasTower: { frozen: 'trust-bias' } }] }, /estimators\.0\.biasTower.*does not give/],
])('refused when the config is read: %j', (changes, message) => {
  expect(() => decodeRankingConfig({ ...changes, baseline: null }, 'test')).toThrow(message);
});
