import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { rareItems } from '../../../../estimators/recommendation/evaluate-recommender.ts';
import { builtIn } from '../../../../experiments/catalogue/catalogue.ts';
import { methodsOf, runTask, summariseRun, writeRun } from '../../../../experiments/index.ts';
import { builtInParts } from '../../../../experiments/parts/parts.ts';
import { provenance } from '../../../../experiments/records/provenance.ts';
import { readTable } from '../../../../experiments/records/table-files.ts';
import { comparisonPage } from '../../../../experiments/report/comparison-page.ts';
import { gatherReport } from '../../../../experiments/report/gather-report.ts';
import { usualReport } from '../../../../experiments/report/report-summary.ts';
import { meansOf, metricRows, type RunResult, rowsIn } from '../../../../experiments/tables/run-result.ts';
import { implicitClicks } from '../../../../experiments/tasks/implicit-feedback/index.ts';
import { exposureTable } from '../../../../experiments/tasks/recommendation/exposure-table.ts';
import { problemsOf } from '../../../../experiments/tasks/recommendation/prepare-recommendation.ts';
import { UsageError } from '../../../../src/errors.ts';
import { auc } from '../../../../src/metrics/auc.ts';
import { loadRecommender } from '../../../../src/models/save-recommender.ts';
import { createRng } from '../../../../src/random/rng.ts';
import { meanInterval } from '../../../../src/stats/estimate.ts';
import { openBackend } from '../../../../src/tensor/backend.ts';
import { temporaryFolder } from '../../../src/data/temporary-folder.ts';
import { sharedData, testWithData } from '../../../src/metrics/read-trec.ts';
import { decode, run } from './decode-and-run.ts';

const folder = temporaryFolder();
const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
const placeOf = ({ metrics }: RunResult, metric: string) => metrics.findIndex(({ label }) => label === metric);
/** A metric of a method, seed by seed. */
const bySeed = (result: RunResult, method: string, metric: string) =>
  meansOf(result).map((ofSeed) => ofSeed[result.methods.indexOf(method)][placeOf(result, metric)]);
const average = (...of: Parameters<typeof bySeed>) => mean(bySeed(...of));

/** Runs a config and writes its run folder; the times are left out, so that files can be compared. */
async function write(name: string, input: object) {
  const { task, config } = decode(input);
  const finished = await runTask(task, config);
  const { result } = finished;
  const summary = summariseRun(result, { baseline: config.baseline, methods: methodsOf(task, config), notes: task.notes });
  const about = { started: '', finished: '', wallSeconds: {}, accounting: [], ...(await provenance(await openBackend('cpu'), [])) };
  const request = { task, config, overrides: [], command: 'counterrank run tiny.yaml' };
  await writeRun(folder.in(name), { ...request, ...finished, summary, provenance: about });
  return { config, result, summary, read: (file: string) => readFileSync(folder.in(`${name}/${file}`), 'utf8') };
}

describe('the shape of the semi-synthetic experiment, on the generator', () => {
  const world = { name: 'synthetic', users: 160, items: 120 };
  const training = { steps: 500, batch: 1024, patience: 5, evaluateEvery: 25 };
  const at = (power: number) =>
    run({
      task: 'implicit-feedback',
      seeds: 6,
      world: { ...world, power },
      training,
      model: { name: 'matrix-factorisation', dimension: 8 },
      estimators: ['naive', 'ips', 'ideal'],
    });
  const results = Promise.all([1, 2, 4].map(at));

  // per seed, over 30 seeds: naive − unbiased is 5 to 8 standard deviations; the rise from power 1 to 4 is 1.4, between neighbours 0.8 and 1.1
  test('relative log loss: ideal < unbiased < naive at every power, and the unbiased one rises with it', async () => {
    const [one, two, four] = (await results).map((result) => {
      const [ideal, unbiased, naive] = ['ideal', 'ips', 'naive'].map((method) => bySeed(result, method, 'relative-log-loss'));
      expect(ideal).toEqual(ideal.map(() => 1));
      expect(mean(unbiased)).toBeGreaterThan(1);
      expect(mean(naive)).toBeGreaterThan(mean(unbiased) + 0.02);
      return unbiased;
    });
    const rise = (to: readonly number[], from: readonly number[]) => meanInterval(to.map((value, s) => value - from[s]));
    expect(rise(four, one).value).toBeGreaterThan(0);
    for (const between of [rise(two, one), rise(four, two)]) expect(between.upper).toBeGreaterThan(0); // no fall that could be told from none
  });

  test('metrics per user are of users with a relevant test pair, the others are counted as skipped', async () => {
    const [result] = await results;
    const dcg = placeOf(result, 'dcg@10');
    expect(result.metrics[dcg].unit).toBe('user');
    expect(result.units[0].user).toHaveLength(160);
    expect(result.values[0][0][dcg]).toHaveLength(160);
    const skipped = [...metricRows(result)][dcg].at(-1); // of the first seed and method
    expect(skipped).toBe([...result.values[0][0][dcg]].filter(Number.isNaN).length);
    expect(result.values[0][0][placeOf(result, 'log-loss')]).toHaveLength(160);
  });
});

test('one run folder like any other: the table, the page, per-user values; the same bytes twice', async () => {
  const small = {
    task: 'implicit-feedback',
    name: 'tiny',
    seeds: 2,
    world: { name: 'synthetic', users: 30, items: 25 },
    exposure: 'popularity-power',
    training: { steps: 20, batch: 64, evaluateEvery: 5 },
    estimators: ['naive', 'ips', 'clipped-ips', 'ideal'],
    evaluation: { metrics: ['log-loss', 'ndcg@5', 'ndcg@5:rare', 'auc:frequent'], negatives: 10 },
  };
  const [first, second] = [await write('one', small), await write('two', small)];
  for (const file of [
    'metrics.csv',
    'per-query.csv',
    'curves.csv',
    'exposure.csv',
    'training.csv',
    'study.json',
    'results.json',
    'table.md',
    'report.html',
    'config.json',
  ])
    expect(first.read(file)).toBe(second.read(file));
  expect(first.read('report.html')).toContain('implicit-feedback · synthetic world · matrix-factorisation · 2 seeds');
  expect(first.read('per-query.csv').split('\n')[1]).toMatch(/^1,naive,log-loss,1,0\.\d+$/);
  const racing = first.summary.methods.filter(({ name }) => name !== 'ideal').map(({ cells }) => cells[0]);
  expect(racing.find(({ best }) => best)?.mean.value).toBe(Math.min(...racing.map(({ mean: { value } }) => value)));
  // exposures: of the methods that weigh by them, given or learnt; as estimates do not depend on the method, those given are the same
  const rows = first
    .read('exposure.csv')
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));
  const of = (method: string) => rows.filter(([seed, name]) => seed === '1' && name === method).map((row) => row.slice(2).join());
  expect([...new Set(rows.map(([, method]) => method))]).toEqual(['ips', 'clipped-ips']);
  expect(of('ips')).toHaveLength(1 + 10 + 10);
  expect(of('ips')).toEqual(of('clipped-ips'));
  const stored = await readTable(folder.in('one'), exposureTable);
  expect(stored.map(({ seed, method }) => `${seed} ${method}`)).toEqual(['1 ips', '1 clipped-ips', '2 ips', '2 clipped-ips']);
  expect(stored.flatMap(({ rows: own, ...of }) => own.map((row) => ({ ...of, ...row })))).toEqual(rowsIn(first.result, exposureTable));
  expect(first.read('report.html')).toMatch(
    /aria-label="Exposure \(true\) of ips, clipped-ips, learnt from the log: tenths by true exposure 1: /,
  );
  expect(first.read('report.html')).toMatch(/the exposure of ips, clipped-ips is [\d.]+ times the true exposure/);
  const report = await gatherReport([folder.in('one')], usualReport, 'counterrank report one', builtIn().presentations);
  expect(await comparisonPage(report)).toContain('aria-label="Exposure (true) of ips, clipped-ips, learnt from the log: ');
  expect(report.summary.warnings.join()).toMatch(/the exposure of ips, clipped-ips is [\d.]+ times/);
});

test('self-selected ratings: doubly robust and IPS are nearer to the truth of all pairs than naive; logged and oracle propensities agree', async () => {
  const base = {
    task: 'explicit-feedback',
    seeds: 2,
    world: { name: 'self-selected-ratings', users: 200, items: 120 },
    training: { steps: 400, batch: 512, evaluateEvery: 20 },
    estimators: ['naive', 'ips', 'dr-jl'],
  };
  const oracle = await run(base);
  for (const method of ['ips', 'dr-jl'])
    expect(average(oracle, method, 'squared-error')).toBeLessThan(average(oracle, 'naive', 'squared-error') - 0.01);
  const logged = await run({ ...base, exposure: 'logged', estimators: ['ips'], baseline: null });
  expect(average(logged, 'ips', 'squared-error')).toBe(average(oracle, 'ips', 'squared-error'));
  await expect(run({ ...base, exposure: 'logged', estimators: ['tdr'], baseline: null })).rejects.toThrow(
    /propensities are of observed rows only/,
  );
});

test('entire space: ESMM and ESCM² order conversions of all impressions better than click space does', async () => {
  const result = await run({
    task: 'conversions',
    seeds: 2,
    // strong selection: with these, ESMM and ESCM² are above naive by 3 to 4 standard deviations of a seed; with the defaults by 0.8 to 1
    world: { name: 'entire-space', users: 300, items: 120, impressions: 60, correlation: 0.9, spread: 2 },
    model: { name: 'matrix-factorisation', dimension: 6, initialBias: -1.5 },
    training: { steps: 600, batch: 512 },
  });
  for (const method of ['esmm', 'escm2-ips', 'escm2-dr'])
    expect(average(result, method, 'auc')).toBeGreaterThan(average(result, 'naive', 'auc'));
  expect(average(result, 'ideal', 'auc')).toBeGreaterThan(average(result, 'esmm', 'auc') + 0.05);
});

test.each([
  ['implicit-feedback', { name: 'synthetic', users: 30, items: 25 }, ['naive', 'ubpr', 'bpr', 'expo-mf'], ['ubpr', 'expo-mf'], 30 * 25],
  ['explicit-feedback', { name: 'self-selected-ratings', users: 30, items: 70 }, ['naive', 'ips', 'tdr', 'ideal'], ['ips', 'tdr'], null],
  [
    'conversions',
    { name: 'entire-space', users: 20, meanClick: -3, meanConversion: 2 },
    ['naive', 'esmm', 'escm2-dr', 'ideal'],
    ['esmm', 'escm2-dr'],
    20 * 60,
  ],
])(
  '%s: the exposures of a run are of the methods that weigh by them, or learn them, and of no other',
  async (task, world, methods, with_, count) => {
    const setting = { training: { steps: task === 'conversions' ? 300 : 10, batch: 64 }, evaluation: { metrics: ['auc'] } };
    const settled = task === 'explicit-feedback' ? { ...world, relevantFrom: 4 } : world;
    const rows = rowsIn(await run({ task, seeds: 1, world: settled, estimators: methods, ...setting }), exposureTable);
    expect([...new Set(rows.map(({ method }) => method))]).toEqual(with_);
    const overall = rows.filter(({ by }) => by === 'all');
    expect(overall.map(({ method }) => method)).toEqual(with_);
    for (const { true: truth, estimated, count: units, log_ratio } of overall) {
      expect(truth as number).toBeGreaterThan(0);
      if (count !== null) expect(units).toBe(count);
      if (task === 'explicit-feedback') expect(log_ratio).toBe(0); // the oracle's
      if (task === 'conversions') expect(Math.max(truth as number, estimated)).toBeLessThan(0.35); // of clicks, not of conversions
    }
  },
);

test('a run folder has the models of all methods, and they score as in the run; without saveModels it has none', async () => {
  const base = {
    task: 'implicit-feedback',
    seeds: 2,
    world: { name: 'synthetic', users: 30, items: 25 },
    training: { steps: 20, batch: 64 },
    estimators: ['naive', 'ubpr', 'expo-mf', { name: 'ips', label: 'Rel-MF' }],
    evaluation: { metrics: ['auc'] },
  };
  const { config, result } = await write('models', base);
  const problem = (await problemsOf(implicitClicks(builtInParts), config))(createRng('run/2').fork('world'));
  for (const [m, method] of result.methods.entries()) {
    const { userIds, itemIds, scoreOf, predict } = await loadRecommender(folder.in(`models/models/2/${method}`));
    expect([userIds, itemIds]).toEqual([problem.log.userIds, problem.log.itemIds]);
    const scores = Float32Array.from(problem.test.items, (item, at) => {
      const user = problem.test.offsets.findIndex((end) => end > at) - 1;
      return scoreOf(userIds[user], itemIds[item]);
    });
    expect(auc(scores, problem.test.labels)).toBeCloseTo(meansOf(result)[1][m][0], 12);
    expect(predict === null).toBe(method === 'ubpr' || method === 'expo-mf');
  }
  await write('no models', { ...base, saveModels: false });
  expect(existsSync(folder.in('no models/metrics.csv'))).toBe(true);
  expect(existsSync(folder.in('no models/models'))).toBe(false);
});

test('the feature model on the tensor backend, lists with position bias, and estimated exposures', async () => {
  await openBackend('cpu');
  const base = { task: 'implicit-feedback', seeds: 1, baseline: null, training: { steps: 60, batch: 256 } };
  const features = await run({
    ...base,
    world: { name: 'synthetic', users: 60, items: 50 },
    model: { name: 'feature-mlp', hidden: [8] },
    estimators: ['ideal'],
    evaluation: { metrics: ['auc'] },
  });
  expect(meansOf(features)[0][0][0]).toBeGreaterThan(0.6);
  for (const exposure of ['popularity-power', 'expo-mf', 'oracle']) {
    const world = { name: 'position-biased-lists', users: 60, items: 40, clickModel: 'cascade', exposureDraws: 20 };
    const lists = await run({ ...base, world, exposure, estimators: ['ips', 'ubpr'], evaluation: { metrics: ['auc', 'ndcg@10'] } });
    const means = meansOf(lists)[0].flat();
    expect(means.every((value) => value > 0 && value <= 1)).toBe(true);
  }
});

describe('recorded data', () => {
  mkdirSync(folder.in('coat'));
  const cell = (u: number, i: number, part: number) => ((u * 5 + i * 3) % 4 !== part ? 0 : i === 15 && part === 0 ? 2 : 1 + ((u + i) % 5));
  const matrix = (part: number) =>
    Array.from({ length: 20 }, (_, u) => Array.from({ length: 16 }, (_, i) => cell(u, i, part)).join(' ')).join('\n');
  folder.put('coat/train.ascii', matrix(0));
  folder.put('coat/test.ascii', matrix(1));
  const world = { name: 'recorded', reader: 'coat', path: folder.in('coat') };
  const training = { steps: 10, batch: 16 };

  test('naive Bayes has its sample taken out of the uniform part, never in the test', async () => {
    const base = {
      task: 'explicit-feedback',
      seeds: 1,
      world: { ...world, uniformSampleShare: 0.5 },
      exposure: 'naive-bayes',
      training,
      estimators: ['naive', 'ips'],
    };
    const result = await run({ ...base, evaluation: { metrics: ['squared-error', 'auc'] } });
    expect(meansOf(result)[0][1].every(Number.isFinite)).toBe(true);
    const without = run({ ...base, world, evaluation: { metrics: ['auc'] } });
    await expect(without).rejects.toThrow(/naive-bayes needs a sample/);
  });

  test('as implicit feedback, a rating from 4 up is a click; what the log does not know is said', async () => {
    const result = await run({
      task: 'implicit-feedback',
      seeds: 1,
      world,
      exposure: 'popularity-power',
      training,
      estimators: ['naive', 'ips'],
      evaluation: { metrics: ['auc', 'ndcg@5', 'saito-dcg@5'] },
    });
    expect(meansOf(result)[0][0].every(Number.isFinite)).toBe(true);
    expect(result.warnings.join()).toMatch(/with seed 1: 1 of 16 items are not in the training log/);
  });

  test('a metric that no pair defines is a usage error', async () => {
    const rare = run({
      task: 'implicit-feedback',
      seeds: 1,
      world,
      exposure: 'popularity-power',
      training,
      estimators: ['naive'],
      evaluation: { metrics: ['auc:rare'], rareShare: 0 },
    });
    await expect(rare).rejects.toThrow(UsageError);
    await expect(rare).rejects.toThrow(/auc:rare of naive with seed 1 is undefined/);
  });
});

test('rare items are those with fewest clicks; which of those that tie is drawn', () => {
  const rng = createRng('rare');
  expect([...rareItems(Float64Array.of(5, 0, 3, 0, 9), 0.6, rng)]).toEqual([0, 1, 1, 1, 0]);
  const drawn = Array.from({ length: 1000 }, () => rareItems(Float64Array.of(2, 7, 2), 1 / 3, rng).join(''));
  expect(Math.abs(drawn.filter((one) => one === '100').length - 500)).toBeLessThan(4 * Math.sqrt(250));
  expect(drawn.every((one) => one === '100' || one === '001')).toBe(true);
});

testWithData('Open Bandit and MovieLens 100K go through a short run', async () => {
  const local = (path: string) => fileURLToPath(sharedData(`interactions/${path}`));
  const bandit = await run({
    task: 'explicit-feedback',
    seeds: 1,
    world: { name: 'recorded', reader: 'open-bandit', path: local('open-bandit') },
    exposure: 'logged',
    training: { steps: 20, batch: 512 },
    estimators: ['naive', 'ips', 'dr-jl'],
    evaluation: { metrics: ['log-loss', 'auc'] },
  });
  expect(meansOf(bandit)[0].flat().every(Number.isFinite)).toBe(true);
  const films = await run({
    task: 'implicit-feedback',
    seeds: 1,
    world: { name: 'semi-synthetic', path: local('ml-100k'), ratingSteps: 50, exposureSteps: 50 },
    training: { steps: 100, batch: 1024 },
    estimators: ['naive', 'ideal'],
    evaluation: { metrics: ['relative-log-loss'] },
  });
  expect(meansOf(films)[0][0][0]).toBeGreaterThan(1);
});
