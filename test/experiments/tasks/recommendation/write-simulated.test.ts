import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { readStudy } from '../../../../experiments/index.ts';
import { observedValues } from '../../../../experiments/tasks/explicit-feedback/index.ts';
import { implicitClicks } from '../../../../experiments/tasks/implicit-feedback/index.ts';
import { problemsOf } from '../../../../experiments/tasks/recommendation/prepare-recommendation.ts';
import type { RecommendationProblem } from '../../../../experiments/tasks/recommendation/problem.ts';
import type { RecommendationConfig } from '../../../../experiments/tasks/recommendation/recommendation-config.ts';
import { rowUsers } from '../../../../src/data/interactions/interaction-log.ts';
import { readInteractions } from '../../../../src/data/interactions/read-interactions.ts';
import { readParquet } from '../../../../src/data/read-parquet.ts';
import { createRng } from '../../../../src/random/rng.ts';
import { counterrank } from '../../commands/counterrank.ts';

const start = process.cwd();
const configs = resolve('experiments/configs');
beforeAll(() => process.chdir(mkdtempSync(join(tmpdir(), 'counterrank-'))));
afterAll(() => process.chdir(start));
const simulate = (config: string, ...words: string[]) => counterrank('simulate', join(configs, config), ...words, '--quiet');
const small = 'world={name: synthetic, users: 80, items: 50, meanRelevance: -0.5, meanExposure: -0.5}';
/** What the first seed of a run learns from and is tested on. */
const problem = async (words: string[]): Promise<RecommendationProblem> => {
  const { config, task, catalogue } = await readStudy(join(configs, 'mnar-semi-synthetic.yaml'), words);
  const feedbackOf = task.name === 'explicit-feedback' ? observedValues : implicitClicks;
  return (await problemsOf(feedbackOf(catalogue.parts), config as RecommendationConfig))(createRng('run/1').fork('world'));
};
const table = (path: string) => {
  const [head, ...lines] = readFileSync(path, 'utf8').trimEnd().split('\n');
  return { head, rows: lines.map((line) => line.split(',')) };
};

test('clicks, and apart from them exposure and relevance of every pair, which they were drawn from; the same twice', async () => {
  expect(await simulate('mnar-semi-synthetic.yaml', small, '--out', 'one')).toMatchObject({ code: 0 });
  await simulate('mnar-semi-synthetic.yaml', small, '--out', 'two');
  expect(readdirSync('one', { recursive: true }).sort()).toEqual(
    ['config.json', 'log.csv', 'truth', 'truth/pairs.csv', 'truth/test.csv', 'uniform.csv'].map((name) => join(name)),
  );
  for (const file of ['log.csv', 'uniform.csv', 'truth/pairs.csv', 'truth/test.csv'])
    expect(readFileSync(join('one', file))).toEqual(readFileSync(join('two', file)));
  const pairs = table('one/truth/pairs.csv');
  expect(pairs.head).toBe('user,item,exposure,value');
  expect(pairs.rows).toHaveLength(80 * 50);
  const clicks = (await readInteractions('one/log.csv')).items.length;
  let [mean, variance] = [0, 0];
  for (const [, , theta, gamma] of pairs.rows) {
    const p = Number(theta) * Number(gamma);
    mean += p;
    variance += p * (1 - p);
  }
  expect(Math.abs(clicks - mean)).toBeLessThan(4.5 * Math.sqrt(variance));
  const tested = table('one/truth/test.csv');
  expect(tested.head).toBe('user,item,value');
  expect(tested.rows).toHaveLength(80 * 50 - clicks);
});

test('the log is the one that the first seed of a run learns from', async () => {
  const { log } = await problem([small]);
  const users = rowUsers(log);
  const pairs = [...log.items].map((item, row) => `${log.userIds[users[row]]} ${log.itemIds[item]}`);
  expect(table('one/log.csv').rows.map(([user, item]) => `${user} ${item}`)).toEqual(pairs);
});

test('another seed, other clicks; the config that is written repeats the log', async () => {
  await simulate('mnar-semi-synthetic.yaml', small, 'seeds=[7]', '--out', 'seven');
  expect(readFileSync('seven/log.csv', 'utf8')).not.toBe(readFileSync('one/log.csv', 'utf8'));
  await counterrank('simulate', 'seven/config.json', '--out', 'again', '--quiet');
  expect(readFileSync('again/log.csv', 'utf8')).toBe(readFileSync('seven/log.csv', 'utf8'));
});

test('conversions as Parquet: impressions with clicks and conversions, the truth of every pair', async () => {
  const world = 'world={name: entire-space, users: 20, items: 30, impressions: 10, testImpressions: 5}';
  const told = await simulate('entire-space.yaml', world, '--file-format', 'parquet', '--out', 'funnel');
  expect(told).toMatchObject({ code: 0, out: expect.stringMatching(/^funnel: log\.parquet with 200 rows, config\.json; the truth in/) });
  const log = await readInteractions('funnel/log.parquet');
  expect(log.items).toHaveLength(200);
  expect(log.conversions).not.toBeNull();
  expect(existsSync('funnel/uniform.parquet')).toBe(false); // no recorded world is of conversions
  let count = 0;
  for await (const [click, value] of readParquet('funnel/truth/pairs.parquet', ['exposure', 'value'])) {
    expect(Number(click) > 0 && Number(click) < 1).toBe(true);
    expect(Number(value) > 0 && Number(value) < 1).toBe(true);
    count++;
  }
  expect(count).toBe(600);
});

test('ratings that users chose to give: with propensities, and a uniform sample that shares no pair with the test', async () => {
  const task = [
    'task=explicit-feedback',
    'world={name: self-selected-ratings, users: 40, items: 60}',
    'estimators=[naive]',
    'evaluation={}',
  ];
  expect(await simulate('mnar-semi-synthetic.yaml', ...task, '--out', 'ratings')).toMatchObject({ code: 0 });
  expect(table('ratings/log.csv').head).toBe('user,item,click,rating,propensity');
  const keys = (file: string) => table(file).rows.map(([user, item]) => `${user} ${item}`);
  const tested = new Set(keys('ratings/truth/test.csv'));
  expect(keys('ratings/uniform-sample.csv').some((key) => tested.has(key))).toBe(false);
});

describe('the world recorded reads a simulated folder', () => {
  const lists = 'world={name: position-biased-lists, users: 40, items: 30, positions: 8, exposureDraws: 5}';
  const rated = 'world={name: self-selected-ratings, users: 40, items: 60, relevantFrom: 4}';
  const explicit = ['task=explicit-feedback', 'estimators=[naive, ips]', 'evaluation={metrics: [auc, squared-error]}'];
  /** Rows that are learnt from and tested on, relevant ones among them, and rows of the sample. */
  const counts = ({ log, target, test: { items, labels }, uniformSample }: RecommendationProblem) => ({
    log: log.items.length,
    clicked: [...log.items].reduce((sum, _, row) => sum + target(row) * log.clicks[row], 0),
    test: items.length,
    relevant: labels.reduce((a, b) => a + b, 0),
    sample: uniformSample?.log.items.length ?? 0,
  });

  test.each([
    ['csv', [small], 'popularity-power'],
    ['parquet', [lists], 'popularity-power'],
    ['csv', [rated, ...explicit], 'naive-bayes'],
    ['parquet', [rated, ...explicit], 'logged'],
  ])('%s %j: the same counts, and a run', async (format, words, exposure) => {
    const out = `again-${format}-${exposure}`;
    expect(await simulate('mnar-semi-synthetic.yaml', ...words, '--file-format', format, '--out', out)).toMatchObject({ code: 0 });
    const world = `world={name: recorded, reader: ${format}, path: ${out}}`;
    const rest = [
      'estimators=[naive, ips]',
      `exposure=${exposure}`,
      'training={steps: 20, batch: 64}',
      'evaluation.metrics=[auc]',
      'seeds=1',
    ];
    const run = [...words.filter((word) => word.startsWith('task')), world, ...rest];
    const [drawn, read] = [
      await problem([...words.filter((word) => !/^(estimators|evaluation)=/.test(word)), 'estimators=[naive]', 'evaluation.metrics=[auc]']),
      await problem(run),
    ];
    const expected = counts(drawn);
    const clicked = drawn.log.clicks.reduce((a, b) => a + b, 0);
    // of impressions a recorded world of clicks keeps the clicked ones
    expect(counts(read)).toEqual(words[0] === lists ? { ...expected, log: clicked, clicked } : expected);
    expect(expected.relevant).toBeGreaterThan(10);
    // pair by pair, by their ids
    const tested = ({ log, test: { offsets, items, labels } }: RecommendationProblem) =>
      [...rowUsers({ ...log, offsets, items })].map((u, at) => `${log.userIds[u]} ${log.itemIds[items[at]]} ${labels[at]}`).sort();
    expect(tested(read)).toEqual(tested(drawn));
    const { code, err } = await counterrank('run', join(configs, 'mnar-semi-synthetic.yaml'), ...run, '--out', `${out}-run`, '--quiet');
    expect({ code, err }).toMatchObject({ code: 0 });
  });

  test('a sample of its own and a share of the test part are one sample too many', async () => {
    const world = 'world={name: recorded, reader: csv, path: again-csv-naive-bayes, uniformSampleShare: 0.1}';
    await expect(problem(['task=explicit-feedback', world, 'exposure=naive-bayes', ...explicit.slice(1)])).rejects.toThrow(
      /has a uniform sample beside its test part; leave out uniformSampleShare/,
    );
  });
});

test.each([
  ['mnar-open-bandit.yaml', [], /recorded data are there already/],
  ['quickstart.yaml', ['--file-format', 'parquet'], /--file-format parquet is of interactions/],
  ['mnar-semi-synthetic.yaml', ['--file-format', 'xml'], /csv, parquet/],
])('%s with %j is refused, and nothing is written', async (config, words, message) => {
  const { code, err } = await simulate(config, ...words, '--out', 'refused');
  expect({ code, err }).toEqual({ code: 2, err: expect.stringMatching(message) });
  expect(existsSync('refused')).toBe(false);
});
