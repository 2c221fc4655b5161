import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { builtIn } from '../../../../experiments/catalogue/catalogue.ts';
import { decodeRankingConfig, type RunResult, runTask } from '../../../../experiments/index.ts';
import { rankingMetrics } from '../../../../experiments/tasks/ranking/evaluate-ranker.ts';
import { DataError, UsageError } from '../../../../src/errors.ts';
import { createRng } from '../../../../src/random/rng.ts';
import { temporaryFolder } from '../../../src/data/temporary-folder.ts';
import { counterrank } from '../../commands/counterrank.ts';

const { parts, tasks } = builtIn();
const folder = temporaryFolder();
const small = { trainQueries: 40, validationQueries: 10, testQueries: 20, features: 5 };
const config = (data: object, changes: object = {}) =>
  decodeRankingConfig(
    {
      seeds: 1,
      baseline: null,
      estimators: ['production', 'naive', 'skyline'],
      training: { steps: 30 },
      data: { synthetic: small, ...data },
      simulation: { sessions: 2000, validationSessions: 500 },
      evaluation: { metrics: ['ndcg@10', 'dcg@3', 'err@10'], searchSessions: { count: 40 } },
      ...changes,
    },
    'test',
  );
const run = async (...words: Parameters<typeof config>): Promise<RunResult> => (await runTask(tasks.ranking, config(...words))).result;

/** Queries of labels 0 … 1000 that the features tell: three parts in a folder. */
function thousand(name: string, labels: readonly number[]): string {
  mkdirSync(folder.in(name));
  const rng = createRng(name);
  const part = (queries: number) =>
    Array.from({ length: queries }, (_, q) =>
      labels.map((label) => `${label} qid:${q} 1:${(label / 1000 + 0.3 * rng.next()).toFixed(4)} 2:${rng.next().toFixed(4)}\n`).join(''),
    ).join('');
  ['train.txt', 'vali.txt', 'test.txt'].forEach((file, i) => {
    folder.put(join(name, file), part([30, 10, 15][i]));
  });
  return folder.in(name);
}

test('a table that says 2^y − 1 ranks, shows and learns as exponential gains do, byte for byte', async () => {
  const table = { 0: 0, 1: 1, 2: 3, 3: 7, 4: 15 };
  const evaluation = { metrics: ['ndcg@10', 'dcg@3'], searchSessions: null };
  expect((await run({ gains: table }, { evaluation })).values).toEqual((await run({}, { evaluation })).values);
});

test('NUM of a table that says 2^y − 1 is that of exponential gains', async () => {
  const evaluation = { metrics: [], searchSessions: { count: 40 } };
  const [byTable, byName] = [await run({ gains: { 1: 1, 2: 3, 3: 7, 4: 15 } }, { evaluation }), await run({}, { evaluation })];
  const flat = ({ values }: RunResult) => values.flat(2).flatMap((ofMetric) => [...ofMetric]);
  expect(flat(byTable)).toEqual(flat(byName).map((value) => expect.closeTo(value, 10)));
});

test('labels of 0 … 1000: run, simulate, train, evaluate and report, by linear gains and by a table', async () => {
  const path = thousand('scale', [0, 0, 0, 250, 500, 1000, -1, 999]);
  for (const [name, gains] of [
    ['linear', 'linear'],
    ['table', '{0: 0, 250: 1, 500: 2, 999: 7, 1000: 7}'],
  ]) {
    const out = (word: string) => folder.in(`${name}-${word}`);
    const words = [`data.path=${path}`, `data.gains=${gains}`, 'seeds=2', 'training.steps=20', 'simulation.sessions=3000'];
    const study = folder.put('study.yaml', 'estimators: [production, naive, skyline]\nevaluation: {searchSessions: {count: 30}}\n');
    const done = async (...line: string[]) => {
      const told = await counterrank(...line);
      expect(told).toMatchObject({ code: 0 });
      return told;
    };
    await done('run', study, ...words, '--out', out('run'), '-j', '1', '--quiet');
    const { metrics } = JSON.parse(readFileSync(join(out('run'), 'study.json'), 'utf8'));
    expect(metrics.find(({ label }: { label: string }) => label === 'ndcg@10').description).toContain('gains of labels: ');
    const rows = readFileSync(join(out('run'), 'metrics.csv'), 'utf8')
      .trim()
      .split('\n')
      .slice(1);
    const values = rows.map((row) => Number(row.split(',')[3]));
    expect(values.every((value) => value > 0 && value <= 1)).toBe(true);
    await done('report', out('run'), '--out', out('report'));
    await done('simulate', study, ...words, '--out', out('sim'));
    await done('train', study, ...words, 'estimators=[naive]', '--log', join(out('sim'), 'clicks-train.jsonl'), '--out', out('models'));
    const model = join(out('models'), 'models', 'naive');
    const line = ['evaluate', model, '--data', join(path, 'test.txt'), '--metric', 'ndcg@10', 'err@10'];
    expect((await done(...line, '--gains', gains, '--highest-grade', '1000')).err).not.toMatch(/backend/); // a linear model needs none
    expect(await counterrank(...line)).toMatchObject({ code: 3, err: expect.stringMatching(/label must be at most 400/) });
  }
});

test('a label without a gain ends with one line: file, line, and what to do', async () => {
  const path = thousand('missing', [0, 250, 500]);
  await expect(run({ path, gains: { 0: 0, 250: 1 } })).rejects.toThrow(DataError);
  await expect(run({ path, gains: { 0: 0, 250: 1 } })).rejects.toThrow(
    /train\.txt:3:1: label 500 has no gain in the table, which names 0, 250; add it/,
  );
  await expect(run({ path })).rejects.toThrow(/train\.txt:3:1: label must be at most 400, .*use linear gains, a table of gains/);
  await run({ path, gains: 'linear' }, { evaluation: { metrics: ['ndcg'], searchSessions: null } }); // leaves a copy of each file in the cache
  await expect(run({ path })).rejects.toThrow(/train\.txt:3:1: label must be at most 400/);
  await expect(run({ gains: { 1: 1, 2: 2, 3: 3 } })).rejects.toThrow(/label 4 has no gain in the table/);
});

test('a metric that does not take the labels says so before anything is learnt', async () => {
  const path = thousand('refused', [0, 250, 500]);
  const refused = (metric: string) => run({ path, gains: 'linear' }, { evaluation: { metrics: [metric], searchSessions: null } });
  await expect(refused('ERR@10')).rejects.toThrow(/err: label 500 is above highestGrade 4/);
  await expect(refused("nDCG(dcg='exp-log2')@10")).rejects.toThrow(/label 500 has no finite exponential gain/);
});

test.each<[unknown, RegExp]>([
  ['square', /data\.gains: /],
  [{ 1: 3, 2: 2 }, /data\.gains: the table of gains gives label 2 less than label 1/],
  [{ a: 1 }, /data\.gains: the table of gains has "a" for a label/],
  [{ 1: 'x' }, /data\.gains/],
  [{}, /data\.gains: the table of gains gives no label a gain above 0/],
])('data.gains of %j is a fault of the config', (gains, message) => {
  expect(() => config({ gains })).toThrow(UsageError);
  expect(() => config({ gains })).toThrow(message);
});

test('default gains add no words', () => {
  expect(rankingMetrics(parts, config({}))[0].description).not.toContain('gains');
});
