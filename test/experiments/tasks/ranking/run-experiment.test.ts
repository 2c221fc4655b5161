import { decodeConfig } from '../../../../experiments/index.ts';
import { evaluateModels } from '../../../../experiments/tasks/ranking/evaluate-models.ts';
import { runExperiment } from '../../../../experiments/tasks/ranking/run-experiment.ts';
import { simulateFromConfig } from '../../../../experiments/tasks/ranking/simulate-from-config.ts';
import { trainFromLog } from '../../../../experiments/tasks/ranking/train-from-log.ts';
import { writeClickLog } from '../../../../src/data/write-click-log.ts';
import { writeSvmlight } from '../../../../src/data/write-svmlight.ts';
import { UsageError } from '../../../../src/errors.ts';
import { openBackend } from '../../../../src/tensor/backend.ts';
import { temporaryFolder } from '../../../src/data/temporary-folder.ts';

const quiet = () => {};
/** Enough queries and lists that relevance and rank can be told apart: with fewer, dual learning's propensities rest on the ranker's errors. */
const small = { trainQueries: 200, validationQueries: 50, testQueries: 60, features: 12 };
const policy = { listsPerQuery: 6, temperature: 0.5 };
const clicks = { sessions: 1e6, validationSessions: 3e5, clickModel: { name: 'position-based', eta: 1.5 }, ...policy };
const config = (changes: object) =>
  decodeConfig(
    {
      seeds: 3,
      training: { steps: 150, evaluateEvery: 10, patience: 10 },
      data: { synthetic: small },
      simulation: clicks,
      evaluation: { metrics: ['ndcg@10'], searchSessions: { count: 120 } },
      ...changes,
    },
    'test',
  );
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('a whole run on synthetic queries', () => {
  const methods = ['random', 'production', 'naive', 'ips', 'self-normalised-ips', 'dual-learning', 'skyline'];
  const result = runExperiment(config({ estimators: methods }), 'none', quiet);

  test('debiasing pays: random < naive < IPS and dual learning, which are near the skyline; propensities near the truth', async () => {
    const { means, metrics, perQuery, propensities, status } = await result;
    const ndcg = (method: string) => mean(means.map((ofSeed) => ofSeed[methods.indexOf(method)][0]));
    expect(ndcg('random')).toBeLessThan(ndcg('naive') - 0.05);
    expect(ndcg('naive')).toBeLessThan(Math.min(ndcg('ips'), ndcg('dual-learning')) - 0.01);
    expect(Math.abs(ndcg('ips') - ndcg('skyline'))).toBeLessThan(0.025);
    expect(Math.abs(ndcg('self-normalised-ips') - ndcg('ips'))).toBeLessThan(0.005);
    propensities.forEach((ofSeed) => {
      const { estimated, truth } = ofSeed[methods.indexOf('dual-learning')];
      const ratios = [...(estimated ?? [])].map((theta, k) => theta / (truth as Float64Array)[k]);
      expect(Math.max(...ratios.map((ratio) => Math.abs(Math.log(ratio))))).toBeLessThan(Math.log(1.4));
    });
    expect(metrics).toEqual(['ndcg@10', 'num']);
    expect(perQuery[0][0].map((values) => values.length)).toEqual([60, 120]);
    expect(status[0].map((status) => status === null)).toEqual([true, true, false, false, false, false, false]);
  });

  test('the same seed gives the same numbers, whatever other methods run beside and in whatever order', async () => {
    const [all, two] = [await result, await runExperiment(config({ estimators: ['ips', 'naive'] }), 'none', quiet)];
    expect(two.means).toEqual(all.means.map((ofSeed) => [ofSeed[methods.indexOf('ips')], ofSeed[methods.indexOf('naive')]]));
    expect(all.means[0]).not.toEqual(all.means[1]);
  });
});

test('cascade and dependent clicks: examination differs per list, and the oracle corrects it', async () => {
  for (const clickModel of ['cascade', 'dependent-click']) {
    const simulation = { ...clicks, clickModel };
    const { means, methods } = await runExperiment(config({ simulation, estimators: ['naive', 'ips', 'skyline'] }), 'none', quiet);
    expect(methods).toEqual(['naive', 'ips', 'skyline']);
    expect(mean(means.map((ofSeed) => ofSeed[1][0] - ofSeed[0][0]))).toBeGreaterThan(0);
  }
});

test('trust bias: the affine correction is above plain IPS, which cannot undo it', async () => {
  const simulation = { ...clicks, clickModel: 'trust-bias' };
  const { means } = await runExperiment(config({ simulation, estimators: ['ips', 'affine'], baseline: 'ips' }), 'none', quiet);
  expect(mean(means.map((ofSeed) => ofSeed[1][0] - ofSeed[0][0]))).toBeGreaterThan(0);
});

test('an over-flexible ranker: propensities drift, training is stopped, and the result says so', async () => {
  await openBackend('wasm');
  const result = await runExperiment(
    config({
      seeds: 1,
      data: { synthetic: { ...small, trainQueries: 60 } },
      simulation: { sessions: 10_000, validationSessions: 10_000 },
      ranker: { name: 'mlp', hidden: [64, 32] },
      training: { optimiser: { name: 'adam', learningRate: 0.01 } },
      estimators: ['naive', 'dual-learning'],
    }),
    'wasm',
    quiet,
  );
  expect(result.status[0][1]?.state).toBe('propensities-drifted');
  expect(result.warnings).toEqual([
    expect.stringMatching(/^dual-learning: propensities drifted, so training was stopped: propensity of rank \d+/),
  ]);
});

describe('on a log that is given', () => {
  const folder = temporaryFolder().path;
  const simulated = simulateFromConfig(
    config({ simulation: { ...clicks, sessions: 2e5, validationSessions: 5e4, randomisedSessions: 5e4 } }),
    quiet,
  );
  const files = { log: `${folder}/train.jsonl`, validationLog: `${folder}/vali.jsonl`, randomisedLog: `${folder}/randomised.jsonl` };

  test('what was simulated can be written, read, learnt from and evaluated', async () => {
    const { splits, trainLog, validationLog, randomisedLog } = await simulated;
    if (!validationLog || !randomisedLog) throw new Error('no validation or randomised log');
    await writeClickLog(files.log, trainLog, splits.train);
    await writeClickLog(files.validationLog, validationLog, splits.validation);
    await writeClickLog(files.randomisedLog, randomisedLog, splits.train);
    await writeSvmlight(`${folder}/test.txt`, splits.test);
    const chosen = config({
      estimators: ['naive', { name: 'ips', propensity: 'randomisation' }, 'dual-learning'],
      simulation: { randomisedSessions: 1 },
    });
    const trained = await trainFromLog(chosen, files, 'none', quiet);
    const models = trained.models.flatMap((scorer, m) => (scorer ? [{ label: trained.methods[m], scorer, scaling: trained.scaling }] : []));
    const request = { models, data: `${folder}/test.txt`, metrics: ['ndcg@10'], emptyQueries: 'zero' as const, highestGrade: 4 };
    const { perQuery, queryIds } = await evaluateModels(request, quiet);
    const [naive, ips, dual] = perQuery.map(([ndcg]) => mean([...ndcg]));
    expect(queryIds).toEqual(splits.test.queryIds);
    expect(naive).toBeLessThan(Math.min(ips, dual));
    expect(trained.propensities[0].truth).toBeNull();
  });

  test('an oracle has nothing to say, and the production ranker is not known', async () => {
    for (const [method, message] of [
      ['ips', /oracle needs a simulated log/],
      ['production', /no production ranker is known/],
    ] as const) {
      const trained = trainFromLog(config({ estimators: [method], baseline: method }), files, 'none', quiet);
      await expect(trained).rejects.toThrow(UsageError);
      await expect(trained).rejects.toThrow(message);
    }
  });
});
