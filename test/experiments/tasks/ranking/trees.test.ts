import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeRankingConfig } from '../../../../experiments/catalogue/ranking-config.ts';
import { readModel } from '../../../../experiments/tasks/ranking/read-model.ts';
import { isTreeEnsemble } from '../../../../src/models/tree-ensemble.ts';
import { lightGbmText } from '../../../../src/trees/write-lightgbm.ts';
import { temporaryFolder } from '../../../src/data/temporary-folder.ts';
import { counterrank } from '../../commands/counterrank.ts';
import { tinyConfig, writeRunOf } from '../../tiny-runs.ts';

const home = temporaryFolder();
const ranker = { name: 'gradient-boosted-trees', leaves: 4, minimumLeafDocuments: 5 };
const methods = [
  'naive',
  'ips',
  { name: 'clipped-ips', clip: 0.5 },
  'self-normalised-ips',
  'click-model-labels',
  'dual-learning',
  'regression-em',
  { name: 'regression-em', form: 'gradient', label: 'regression-em by gradient' },
  'pairwise-debiasing',
  'two-tower',
  { name: 'two-tower', dropout: 0.2, gradientReversal: 0.5, policyWeights: true, label: 'two-tower with all' },
  { bias: 'two-tower', weighting: 'doubly-robust' },
  { bias: { name: 'regression-em' }, weighting: 'policy-aware-ips', label: 'policy-aware' },
  { bias: 'oracle', weighting: 'direct-method' },
  'expected-relevance',
  { name: 'skyline', loss: { name: 'lambda-loss', mu: 0 } },
];
const config = tinyConfig({
  ranker: { ...ranker, listFraction: 0.7, featureFraction: 0.8 },
  training: { steps: 30 },
  estimators: methods,
  baseline: null,
  seeds: 1,
});

const file = (run: string, name: string) => readFileSync(join(home.in(run), name), 'utf8');

test('every method trains trees, the same to the byte under one seed', async () => {
  for (const run of ['one', 'two']) await writeRunOf(home.in(run), config);
  for (const { label } of config.estimators)
    for (const name of ['model.txt', 'model.json', 'scaling.json'])
      expect(file('one', `models/1/${label}/${name}`)).toBe(file('two', `models/1/${label}/${name}`));
  for (const { label } of config.estimators) expect(file('one', `models/1/${label}/model.txt`)).toMatch(/split_feature=\d/);
});

test('a saved model is read from its folder or its LightGBM file alone, of features as they are', async () => {
  const folder = join(home.in('one'), 'models/1/ips');
  const { scorer, scaling } = await readModel(folder);
  expect(scaling.method).toBe('none');
  if (!isTreeEnsemble(scorer)) throw new Error('no trees');
  expect(lightGbmText(scorer.trees(), scorer.featureCount)).toBe(file('one', 'models/1/ips/model.txt'));
  copyFileSync(join(folder, 'model.txt'), home.in('theirs.txt'));
  const data = home.put('test.txt', '2 qid:1 1:0.5 2:1 3:0 4:1\n0 qid:1 1:-0.5 2:0 3:1 4:-1\n1 qid:1 1:0 2:0 3:0 4:0\n');
  const table = async (model: string) => {
    const { code, out } = await counterrank('evaluate', model, '--data', data, '--quiet');
    expect(code).toBe(0);
    return [...out.matchAll(/0\.\d+|1\.\d+/g)].map(String);
  };
  expect(await table(home.in('theirs.txt'))).toEqual(await table(folder));
});

test('a model file that is changed or no model is told of in one line', async () => {
  const text = file('one', 'models/1/naive/model.txt');
  home.put('one/models/1/naive/model.txt', text.replace('num_class=1', 'num_class=2'));
  const data = home.put('one.txt', '1 qid:1 1:0.5 2:1 3:0 4:1\n');
  const said = async (model: string) => {
    const { code, err } = await counterrank('evaluate', model, '--data', data, '--quiet');
    return { code, err };
  };
  expect(await said(join(home.in('one'), 'models/1/naive'))).toMatchObject({
    code: 3,
    err: expect.stringMatching(/model\.txt: .*checksum/),
  });
  expect(await said(home.put('bad.txt', text.replace('num_class=1', 'num_class=2')))).toMatchObject({
    code: 3,
    err: expect.stringMatching(/^error: .*bad\.txt:3: num_class must be 1/),
  });
  expect(await said(data)).toMatchObject({ code: 3, err: expect.stringMatching(/one\.txt:1: a model file of LightGBM starts with/) });
});

const faultsOf = (training: object, estimators: readonly unknown[] = ['naive', 'skyline'], chosen: unknown = ranker) => {
  try {
    decodeRankingConfig({ ranker: chosen, training, estimators, baseline: null }, 'test');
    return '';
  } catch (error) {
    return (error as Error).message;
  }
};

test.each([
  [{ batchLists: 64 }, /training\.batchLists: gradient-boosted-trees learns from all lists.*ranker\.listFraction/],
  [{ l2: 0.1 }, /training\.l2: gradient-boosted-trees takes no penalty.*ranker\.l2/],
  [{ l2: [0.1, 1] }, /training\.l2/],
  [{ maximumGradientNorm: 5 }, /training\.maximumGradientNorm: .*ranker\.learningRate/],
])('training options that trees do not go by are refused: %p', (training, message) => {
  expect(faultsOf(training)).toMatch(message);
  expect(faultsOf(training, ['naive', { name: 'skyline', ranker: 'linear' }]) === '').toBe(!('batchLists' in training)); // some other goes by it
  expect(faultsOf(training, ['production', { name: 'naive', ranker: 'linear' }])).toBe('');
});
test('a task of bias refuses them too', async () => {
  const { code, err } = await counterrank(
    'validate',
    home.put('bias.yaml', 'task: bias\nranker: gradient-boosted-trees\ntraining: {batchLists: 8}\n'),
  );
  expect(code).toBe(2);
  expect(err).toMatch(/training\.batchLists: gradient-boosted-trees/);
});
