import { builtIn } from '../../../../experiments/catalogue/catalogue.ts';
import {
  decodeRankingConfig,
  meansOf,
  type RankingConfig,
  type RunResult,
  rowsIn,
  runTask,
  seriesOf,
} from '../../../../experiments/index.ts';
import { evaluateModels } from '../../../../experiments/tasks/ranking/evaluate-models.ts';
import { learnedRows } from '../../../../experiments/tasks/ranking/learn-methods.ts';
import { readData } from '../../../../experiments/tasks/ranking/load-data.ts';
import { propensities, trustBias } from '../../../../experiments/tasks/ranking/ranking-tables.ts';
import { simulateRanking } from '../../../../experiments/tasks/ranking/simulate-ranking.ts';
import { trainFromLog } from '../../../../experiments/tasks/ranking/train-from-log.ts';
import { training } from '../../../../experiments/tasks/shared/training.ts';
import type { Bias } from '../../../../src/bias.ts';
import { UsageError } from '../../../../src/errors.ts';
import { openBackend } from '../../../../src/tensor/backend.ts';
import { temporaryFolder } from '../../../src/data/temporary-folder.ts';

const { parts, tasks } = builtIn();
const quiet = () => {};
const run = async (config: RankingConfig): Promise<RunResult> => (await runTask(tasks.ranking, config)).result;
/** Enough queries and lists that relevance and rank can be told apart: with fewer, dual learning's propensities rest on the ranker's errors. */
const small = { trainQueries: 200, validationQueries: 50, testQueries: 60, features: 12 };
const policy = { listsPerQuery: 6, temperature: 0.5 };
const clicks = { sessions: 1e6, validationSessions: 3e5, clickModel: { name: 'position-based', eta: 1.5 }, ...policy };
const config = (changes: object) =>
  decodeRankingConfig(
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
  const result = run(config({ estimators: methods }));

  test('debiasing pays: random < naive < IPS and dual learning, which are near the skyline; propensities near the truth', async () => {
    const all = await result;
    const ndcg = (method: string) => mean(meansOf(all).map((ofSeed) => ofSeed[methods.indexOf(method)][0]));
    expect(ndcg('random')).toBeLessThan(ndcg('naive') - 0.05);
    expect(ndcg('naive')).toBeLessThan(Math.min(ndcg('ips'), ndcg('dual-learning')) - 0.01);
    expect(Math.abs(ndcg('ips') - ndcg('skyline'))).toBeLessThan(0.025);
    expect(Math.abs(ndcg('self-normalised-ips') - ndcg('ips'))).toBeLessThan(0.005);
    const curves = seriesOf(rowsIn(all, propensities), 'dual-learning');
    expect(curves.map(({ seed }) => seed)).toEqual(['1', '2', '3']);
    for (const { rows } of curves) {
      expect(rows.map(({ rank }) => rank)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
      const ratios = rows.map((row) => row.estimated / (row.true as number));
      expect(Math.max(...ratios.map((ratio) => Math.abs(Math.log(ratio))))).toBeLessThan(Math.log(1.4));
    }
    expect(all.metrics.map(({ label, unit }) => [label, unit])).toEqual([
      ['ndcg@10', 'query'],
      ['num', 'query'],
    ]);
    expect(all.values[0][0].map((values) => values.length)).toEqual([60, 60]);
    expect(all.units.map(({ query }) => query.length)).toEqual([60, 60, 60]);
    const trained = rowsIn(all, training).flatMap(({ seed, method }) => (seed === '1' ? [method] : []));
    expect(trained).toEqual(['production', 'naive', 'ips', 'self-normalised-ips', 'dual-learning', 'skyline']);
  });

  test('the same seed gives the same numbers, whatever other methods run beside and in whatever order', async () => {
    const [all, two] = [meansOf(await result), meansOf(await run(config({ estimators: ['ips', 'naive'] })))];
    expect(two).toEqual(all.map((ofSeed) => [ofSeed[methods.indexOf('ips')], ofSeed[methods.indexOf('naive')]]));
    expect(all[0]).not.toEqual(all[1]);
  });
});

test('cascade and dependent clicks: examination differs per list, and the oracle corrects it', async () => {
  for (const clickModel of ['cascade', 'dependent-click']) {
    const simulation = { ...clicks, clickModel };
    const result = await run(config({ simulation, estimators: ['naive', 'ips', 'skyline'] }));
    expect(result.methods).toEqual(['naive', 'ips', 'skyline']);
    expect(mean(meansOf(result).map((ofSeed) => ofSeed[1][0] - ofSeed[0][0]))).toBeGreaterThan(0);
  }
});

test('trust bias: the affine correction is above plain IPS, which cannot undo it', async () => {
  const simulation = { ...clicks, clickModel: 'trust-bias' };
  const result = await run(config({ simulation, estimators: ['ips', 'affine'], baseline: 'ips' }));
  expect(mean(meansOf(result).map((ofSeed) => ofSeed[1][0] - ofSeed[0][0]))).toBeGreaterThan(0);
  const { bias } = parts.clickModels['trust-bias'].create({ affine: null }, 10);
  const { alpha, beta } = bias as Extract<Bias, { kind: 'affine' }>;
  const told = rowsIn(result, trustBias);
  expect([...new Set(told.map(({ method, source }) => `${method} ${source}`))]).toEqual(['affine oracle']);
  expect(told.slice(0, 10).map((row) => [row.rank, row.alpha, row.beta])).toEqual(Array.from(alpha, (a, k) => [k + 1, a, beta[k]]));
});

test('an over-flexible ranker: propensities drift, training is stopped, and the result says so', async () => {
  await openBackend('wasm');
  const result = await run(
    config({
      seeds: 1,
      data: { synthetic: { ...small, trainQueries: 60 } },
      simulation: { sessions: 10_000, validationSessions: 10_000 },
      ranker: { name: 'mlp', hidden: [64, 32] },
      training: { optimiser: { name: 'adam', learningRate: 0.01 } },
      estimators: ['naive', 'dual-learning'],
    }),
  );
  expect(rowsIn(result, training).map(({ method, state }) => [method, state])).toContainEqual(['dual-learning', 'propensities-drifted']);
  expect(result.warnings).toEqual([
    expect.stringMatching(/^dual-learning: propensities drifted, so training was stopped: propensity of rank \d+/),
    expect.stringMatching(
      /^the propensities of dual-learning are off by more than a factor of 1\.5, at worst [\d.e+-]+ times the truth at rank \d+$/,
    ),
  ]);
});

describe('on a log that is given', () => {
  const folder = temporaryFolder().path;
  const given = config({ simulation: { ...clicks, sessions: 2e5, validationSessions: 5e4, randomisedSessions: 5e4 } });
  const simulated = simulateRanking(parts, given, { out: folder }, quiet);
  const files = {
    log: `${folder}/clicks-train.jsonl`,
    validationLog: `${folder}/clicks-validation.jsonl`,
    randomisedLog: `${folder}/clicks-randomised.jsonl`,
  };

  test('what was simulated can be written, read, learnt from and evaluated', async () => {
    await (await simulated).write(folder);
    const chosen = config({
      estimators: ['naive', { name: 'ips', propensity: 'randomisation' }, 'dual-learning'],
      simulation: { randomisedSessions: 1 },
    });
    const { learned, scaling } = await trainFromLog(parts, chosen, files, quiet);
    const models = learned.flatMap(({ method, learned: { scorer } }) => (scorer ? [{ label: method, scorer, scaling }] : []));
    const rules = { emptyQueries: 'zero', highestGrade: 4, gains: 'exponential' } as const;
    const request = { models, data: `${folder}/data/test.txt`, metrics: ['ndcg@10'], ...rules };
    const { perQuery, queryIds } = await evaluateModels(request, quiet, parts);
    const [naive, ips, dual] = perQuery.map(([ndcg]) => mean([...ndcg]));
    expect(queryIds).toEqual((await readData(given.data)).test.queryIds);
    expect(naive).toBeLessThan(Math.min(ips, dual));
    const [{ rows }] = learnedRows(learned[1].learned, null);
    expect(rows.map((row) => row.true)).toEqual(Array(10).fill(null)); // nobody knows them
  });

  test('contexts that the log has not are asked for before anything is trained', async () => {
    const contextual = { clickModel: 'contextual-position-based' };
    for (const [method, message] of [
      [{ name: 'ips', propensity: contextual }, 'contextual-position-based tells 2 contexts apart, but the log has none'],
      [{ name: 'click-model-labels', ...contextual }, 'contextual-position-based tells 2 contexts apart, but the log has none'],
      [{ name: 'ips', propensity: { name: 'all-pairs', by: 'context' } }, 'all-pairs tells contexts apart, but the log has none'],
    ] as const) {
      const simulation = { clickModel: 'contextual-position-based' }; // which the log is not of
      const stages: string[] = [];
      const chosen = config({ estimators: ['naive', method], simulation });
      await expect(trainFromLog(parts, chosen, files, ({ stage }) => stages.push(stage))).rejects.toThrow(message);
      expect(stages).toEqual(['data']);
    }
  });

  test('an oracle has nothing to say, and the production ranker is not known', async () => {
    for (const [method, message] of [
      ['ips', /oracle needs a simulated log/],
      ['production', /no production ranker is known/],
    ] as const) {
      const trained = trainFromLog(parts, config({ estimators: [method], baseline: method }), files, quiet);
      await expect(trained).rejects.toThrow(UsageError);
      await expect(trained).rejects.toThrow(message);
    }
  });
});
