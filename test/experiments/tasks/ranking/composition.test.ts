import { builtIn } from '../../../../experiments/catalogue/catalogue.ts';
import { decodeRankingConfig } from '../../../../experiments/catalogue/ranking-config.ts';
import { runTask } from '../../../../experiments/engine/run-task.ts';
import { ranking } from '../../../../experiments/tasks/ranking/index.ts';
import { openBackend } from '../../../../src/tensor/backend.ts';

const small = {
  seeds: 1,
  baseline: null,
  data: { synthetic: { trainQueries: 16, validationQueries: 6, testQueries: 10, features: 4 } },
  simulation: { sessions: 4000, validationSessions: 500, temperature: 0.5, listsPerQuery: 2, randomisedSessions: 2000 },
  training: { steps: 20 },
  evaluation: { metrics: ['ndcg@5'] },
};
const decode = (estimators: readonly unknown[], more: object = {}) => decodeRankingConfig({ ...small, ...more, estimators }, 'test');

async function values(estimators: readonly unknown[], more: object = {}): Promise<Record<string, readonly number[]>> {
  const config = decode(estimators, more);
  const { result } = await runTask(ranking(builtIn().parts), config, { onProgress: () => {} });
  return Object.fromEntries(result.methods.map((label, m) => [label, [...result.values[0][m][0]]]));
}

test('a group with a bias and a weighting needs no name, and is called by both', () => {
  const [both, plain, own] = decode([
    { bias: 'randomisation', weighting: { name: 'clipped-ips', clip: 0.3 } },
    { weighting: 'naive' },
    { bias: [1, 0.5, 0.4, 0.3, 0.3, 0.2, 0.2, 0.2, 0.1, 0.1], weighting: 'ips', label: 'own' },
  ]).estimators;
  expect(both).toEqual({
    name: 'counterfactual',
    label: 'clipped-ips+randomisation',
    bias: { name: 'randomisation', by: null },
    weighting: { name: 'clipped-ips', clip: 0.3 },
  });
  expect(plain.label).toBe('naive+oracle');
  expect(own).toMatchObject({ label: 'own', bias: { name: 'given' }, weighting: { name: 'ips' } });
});

test('the old names are short forms: the same learner, put together, comes to the same values', async () => {
  const found = await values([
    'naive',
    { weighting: 'naive', label: 'naive-composed' },
    { name: 'clipped-ips', clip: 0.3, propensity: 'randomisation' },
    { bias: 'randomisation', weighting: { name: 'clipped-ips', clip: 0.3 }, label: 'clipped-composed' },
  ]);
  expect(found['naive-composed']).toEqual(found.naive);
  expect(found['clipped-composed']).toEqual(found['clipped-ips']);
  expect(found['clipped-ips']).not.toEqual(found.naive);
});

test("a method's own ranker and loss take the place of the study's", async () => {
  const own = { label: 'own', loss: 'pairwise-logistic' };
  const found = await values(['naive', { name: 'naive', ...own }]);
  const ofStudy = await values(['naive'], { training: { steps: 20, loss: 'pairwise-logistic' } });
  expect(found.own).toEqual(ofStudy.naive);
  expect(found.own).not.toEqual(found.naive);
  await openBackend('cpu');
  const network = await values([{ name: 'naive', ranker: { name: 'mlp', hidden: [4] } }], { backend: 'cpu' });
  expect(network.naive).not.toEqual(found.naive);
});

const faultsOf = (estimators: readonly unknown[], more: object = {}): string => {
  try {
    decode(estimators, more);
    return 'none';
  } catch (error) {
    return (error as Error).message;
  }
};

test.each([
  [[{ bias: 'orcle', weighting: 'ips' }], /estimators\.0\.bias: unknown name "orcle"; did you mean "oracle"\?/],
  [[{ bias: { name: 'orcle' }, weighting: 'ips' }], /estimators\.0\.bias\.name: unknown name "orcle"/],
  [[{ bias: 'given', weighting: 'ips' }], /estimators\.0\.bias\.examination: missing/],
  [[{ bias: 'oracle', weighting: { name: 'clipped-ips', clipp: 1 } }], /estimators\.0\.weighting\.clipp: unknown key; did you mean "clip"/],
  [
    [{ bias: 'randomisation', weighting: 'affine' }],
    /estimators\.0\.weighting: affine corrects by α and β of trust bias, which randomisation does not give; .*oracle/,
  ],
  [[{ bias: 'oracle', weighting: 'affine' }], /estimators\.0\.bias: of position-based clicks has no α and β/],
  [[{ bias: [1, 0.5], weighting: 'ips' }], /estimators\.0\.bias: gives 2 values, but simulation\.positions is 10/],
  [[{ name: 'random', loss: 'pairwise-logistic' }], /estimators\.0\.loss: random trains no ranker/],
  [[{ wheighting: 'ips' }], /estimators\.0/],
  [[{}], /estimators\.0/],
  [[{ bias: 'oracle' }], /estimators\.0\.weighting: missing/],
])('%j is refused with its path', (estimators, fault) => {
  expect(faultsOf(estimators)).toMatch(fault);
});

test('an estimator of bias that needs randomised sessions is refused without them', () => {
  const simulation = { ...small.simulation, randomisedSessions: 0 };
  expect(faultsOf([{ bias: 'randomisation', weighting: 'ips' }], { simulation })).toMatch(
    /estimators\.0\.bias: randomisation needs simulation\.randomisedSessions above 0/,
  );
});
