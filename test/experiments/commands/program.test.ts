import { existsSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { errorText, exitCode } from '../../../experiments/terminal/fail.ts';
import { DataError, UsageError } from '../../../src/errors.ts';
import { counterrank } from './counterrank.ts';

const quickstart = resolve('experiments/configs/quickstart.yaml');
const semiSynthetic = resolve('experiments/configs/mnar-semi-synthetic.yaml');
const searchSessions = resolve('experiments/configs/search-sessions.yaml');
const small = [
  ...['seeds=2', 'simulation.sessions=2000', 'simulation.validationSessions=500', 'training.steps=20', 'estimators=[naive, dual-learning]'],
  ...[
    'data.synthetic={trainQueries: 12, validationQueries: 6, testQueries: 8, features: 4}',
    'evaluation.searchSessions=null',
    'backend=cpu',
  ],
];

const start = process.cwd();
beforeEach(() => process.chdir(mkdtempSync(join(tmpdir(), 'counterrank-'))));
afterAll(() => process.chdir(start));

test('run writes a folder, shows the table, and takes the next free name the second time', async () => {
  const first = await counterrank('run', quickstart, ...small);
  expect(first.err).not.toContain('error');
  expect(first.out).toMatch(/^method +ndcg@1/);
  expect(first.out).toContain('runs/quickstart/report.html');
  await counterrank('run', quickstart, ...small, '--quiet');
  expect(readdirSync('runs')).toEqual(['quickstart', 'quickstart-2']);
  const files = readdirSync('runs/quickstart', { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(`runs/quickstart/${name}`).isFile(),
  );
  const different = files.filter((name) => !readFileSync(`runs/quickstart/${name}`).equals(readFileSync(`runs/quickstart-2/${name}`)));
  expect(different).toEqual(['status.json']);
});

test('a file that holds a sweep is one run, and what is left out of it is told', async () => {
  writeFileSync(
    'many.yaml',
    `extends: ${quickstart}\nsweep: {grid: {seed: 1..3, ranker: [linear, mlp]}, zip: [{simulation.noise: [0, 0.1], simulation.sessions: [10, 20]}]}\n`,
  );
  const note = async (...words: string[]) => (await counterrank(...words, 'many.yaml', ...small.slice(1), '--print-config')).err;
  const told =
    /^note: one run: what many\.yaml sweeps over \(seed, ranker, simulation\.noise\) is left out; counterrank sweep many\.yaml does all of it\n$/;
  expect(await note('run')).toMatch(told); // sessions is typed in `small`
  expect(await note('train', '--log', 'none.jsonl', '--out', 'm')).toMatch(told);
  expect(await note('simulate', '--out', 's')).toMatch(told);
  const all = await counterrank('run', 'many.yaml', ...small.slice(1), 'seed=2', 'ranker=linear', 'simulation.noise=0.1', '--print-config');
  expect(all).toMatchObject({ code: 0, err: '' });
});

test('another seed gives other numbers', async () => {
  await counterrank('run', quickstart, ...small, '--quiet', '--out', 'a');
  await counterrank('run', quickstart, ...small.slice(1), 'seeds=[3, 4]', '--quiet', '--out', 'b');
  expect(readFileSync('a/metrics.csv', 'utf8').replaceAll(/^\d,/gm, '')).not.toBe(
    readFileSync('b/metrics.csv', 'utf8').replaceAll(/^\d,/gm, ''),
  );
});

test('a run repeats from its own config.json', async () => {
  await counterrank('run', quickstart, ...small, '--quiet', '--out', 'a');
  await counterrank('run', 'a/config.json', '--quiet', '--out', 'b');
  expect(readFileSync('b/metrics.csv', 'utf8')).toBe(readFileSync('a/metrics.csv', 'utf8'));
});

test('simulate, train on the log, evaluate the models', async () => {
  expect(await counterrank('simulate', quickstart, ...small, '--out', 'sim', '--quiet')).toMatchObject({ code: 0 });
  expect(readdirSync('sim').sort()).toEqual(['clicks-train.jsonl', 'clicks-validation.jsonl', 'config.json', 'data', 'truth']);
  expect(readFileSync('sim/clicks-train.jsonl', 'utf8')).not.toMatch(/attraction|examination/);
  const logs = ['--log', 'sim/clicks-train.jsonl', '--validation-log', 'sim/clicks-validation.jsonl'];
  expect(await counterrank('train', 'sim/config.json', ...logs, '--out', 'm', '--quiet')).toMatchObject({ code: 0 });
  const evaluate = (data: string) => counterrank('evaluate', 'm/models/naive', 'm/models/dual-learning', '--data', data, '--quiet');
  const { code, out, err } = await evaluate('sim/data/test.txt');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toMatch(/^naive +0\.\d{4}/m);
  expect(out).toContain('interval over 8 test queries');
  writeFileSync('zeros.txt', readFileSync('sim/data/test.txt', 'utf8').replace(/^\S+/gm, '0'));
  expect((await evaluate('zeros.txt')).err).toMatch(/^note: no test query has a relevant document \(a label above 0\): .*\n$/);
});

test('an oracle is refused for a log that is given, and nothing is written', async () => {
  await counterrank('simulate', quickstart, ...small, '--out', 'sim', '--quiet');
  const { code, err } = await counterrank(
    'train',
    'sim/config.json',
    'estimators=[naive, ips]',
    '--log',
    'sim/clicks-train.jsonl',
    '--out',
    'm',
    '--quiet',
  );
  expect({ code, err }).toEqual({ code: 2, err: expect.stringMatching(/^error: propensity: oracle needs a simulated log/) });
  expect(existsSync('m')).toBe(false);
});

test.each([
  [['run', quickstart, ...small, '--out', '.'], /^error: "\." exists; nothing is overwritten/],
  [['run', 'none.yaml'], /^error: cannot read the config "none\.yaml"/],
  [['run', quickstart, 'sesions=4'], /sesions: unknown key/],
  [['run', quickstart, 'data.path=none', '--quiet'], /^error: no folder "none"/],
  [['rnu', quickstart], /unknown command 'rnu'\n\(Did you mean run\?\)/],
  [['run', quickstart, '--quite'], /unknown option '--quite'\n\(Did you mean --quiet\?\)/],
  [['run', quickstart, '--backend', 'gpu'], /Allowed choices are auto/],
  [['train', quickstart, ...small, '--log', 'l.csv', '--out', 'm', '--threads', '0'], /whole number of at least 1/],
  [['train', quickstart, ...small, '--log', 'l.csv', '--out', 'm', '--threads', '2'], /"cpu" does not take a number of threads \(2\)/],
  [
    ['train', quickstart, ...small.slice(0, -1), 'backend=auto', '--log', 'l.csv', '--out', 'm', '--threads', '2'],
    /2 threads: nothing here trains a network/,
  ],
  [['evaluate', 'none', '--data', 'x', '--quiet'], /^error: no model in "none"/],
  [['evaluate', 'none', '--data', 'x', '--metric', 'ndcg@0'], /^error: the cutoff of "ndcg@0"/],
  [['run', quickstart, 'data.synthetic.documentsPerQuery=[1e9,1e9]'], /data\.synthetic: \d+ documents × 30 features, kept dense, need /],
  [['run', quickstart, 'data.synthetic.features=1e9'], /data\.synthetic: \d+ documents × 1000000000 features/],
  [['run', quickstart, 'data.synthetic.trainQueries=1e9'], /data\.synthetic: \d+ documents × 30 features/],
  [['run', quickstart, 'ranker={name: mlp, hidden: [100000, 100000]}'], /ranker\.hidden\.1: 100000 inputs × 100000 units, kept dense/],
  [['run', semiSynthetic, 'world={name: synthetic, users: 1e9}'], /world: 1000000000 users × 300 items, kept dense/],
  [
    ['run', semiSynthetic, 'world={name: synthetic, users: 1e5}', 'model.dimension=1e5'],
    /model\.dimension: 100300 users and items × 100000 factors/,
  ],
  [['validate', quickstart, 'ranker={name: mlp, hidden: [60000000]}'], /ranker\.hidden\.0: must be at most \d+, got 60000000/],
  [['validate', quickstart, 'simulation.listsPerQuery=1e9'], /simulation\.listsPerQuery: must be at most \d+, got 1000000000/],
  [['validate', quickstart, 'simulation.randomisedSessions=1e12'], /simulation\.randomisedSessions: must be at most \d+/],
  [['validate', quickstart, 'evaluation.searchSessions.count=1e12'], /evaluation\.searchSessions\.count: must be at most \d+/],
  [['validate', quickstart, 'training.steps=1e12'], /training\.steps: must be at most \d+/],
  [
    ['validate', semiSynthetic, 'training={batch: 1e12, steps: 1e12}'],
    /training\.steps: must be at most .*training\.batch: must be at most/s,
  ],
  [['validate', semiSynthetic, 'exposure={name: expo-mf, iterations: 1e12}'], /exposure\.iterations: must be at most/],
  [['validate', semiSynthetic, 'exposure={name: logistic, steps: 1e12}'], /exposure\.steps: must be at most/],
  [['validate', semiSynthetic, 'world={name: position-biased-lists, exposureDraws: 1e12}'], /world\.exposureDraws: must be at most/],
  [
    ['simulate-sessions', searchSessions, 'sessions=1e12', 'needs.count=1e9', '--out', 'out'],
    /sessions: must be at most .*needs\.count: must be at most/s,
  ],
  [['meta-evaluate', 'log', '--resamples', '1000000000000'], /It must be at most/],
  [['notebook', 'none.ts'], /^error: cannot read the notebook "none\.ts": no such file/],
  [['validate', quickstart, 'ranker=mpl'], /ranker: unknown name "mpl"; did you mean "mlp"\?/],
])('%j ends with 2, one clear line, nothing written', async (words, message) => {
  const { code, err } = await counterrank(...words);
  expect(err).toMatch(message);
  expect(code).toBe(2);
  expect(readdirSync('.')).toEqual([]);
});

test('exit codes tell what the caller can fix, what the data breaks, and a bug', () => {
  expect([new UsageError('u'), new DataError('d', { file: 'f' }), new TypeError('t')].map(exitCode)).toEqual([2, 3, 1]);
  expect(errorText(new DataError('d', { file: 'f', line: 2 }))).toBe('error: f:2: d');
  expect(errorText(new TypeError('t'))).toMatch(/TypeError: t\n +at /);
});

test('a word that is not UTF-8 is refused, whatever the command', async () => {
  for (const words of [
    ['run', 'caf\ufffd.yaml'],
    ['evaluate', 'qrels', 'run', '--out', 'caf\ufffd'],
  ])
    expect(await counterrank(...words)).toMatchObject({
      code: 2,
      err: expect.stringMatching(/^error: "caf\ufffd(\.yaml)?" on the command line is not UTF-8/),
    });
});

test('of a long line of a message the middle is left out', () => {
  const typed = 'a'.repeat(50_000);
  expect(errorText(new UsageError(`"${typed}" is no key\nsee ${typed} there\nso`))).toBe(
    `error: "${'a'.repeat(399)} … ${'a'.repeat(789)}" is no key\nsee ${'a'.repeat(396)} … ${'a'.repeat(794)} there\nso`,
  );
  const short = `error: ${'b'.repeat(2700)}`;
  expect(errorText(new UsageError(short.slice(7)))).toBe(short);
});

test('an array that is too long is one line about sizes', () => {
  const thrown = (allocate: () => unknown): unknown => {
    try {
      return allocate();
    } catch (error) {
      return error;
    }
  };
  const failures = [thrown(() => new Float32Array(2 ** 53)), thrown(() => new Array(-1)), new RangeError('Array buffer allocation failed')];
  for (const failure of failures) {
    expect(exitCode(failure)).toBe(2);
    expect(errorText(failure)).toMatch(/^error: more numbers than memory holds \(.*\); make the sizes in the config smaller$/);
  }
  expect(exitCode(new RangeError('toFixed() digits argument'))).toBe(1);
});

test('list, schema, validate and help say what there is', async () => {
  expect((await counterrank('list')).out).toMatch(/^ {2}dual-learning +Dual Learning Algorithm/m);
  expect(JSON.parse((await counterrank('schema')).out)).toMatchObject({ type: 'object' });
  expect((await counterrank('validate', quickstart)).out).toMatch(/^name: quickstart/);
  expect((await counterrank('--version')).out).toBe(`${JSON.parse(readFileSync(join(start, 'package.json'), 'utf8')).version}\n`);
  const { code, out } = await counterrank('run', '--help');
  expect(code).toBe(0);
  expect(out).toContain('Examples:');
});

test('models written as TREC runs measure the same there', async () => {
  await counterrank('simulate', quickstart, ...small, '--out', 'sim', '--quiet');
  const log = ['--log', 'sim/clicks-train.jsonl', '--validation-log', 'sim/clicks-validation.jsonl'];
  await counterrank('train', 'sim/config.json', ...log, '--out', 'm', '--quiet');
  const models = ['m/models/naive', 'm/models/dual-learning'];
  const ours = await counterrank(
    'evaluate',
    ...models,
    '--data',
    'sim/data/test.txt',
    '--write-runs',
    'trec',
    '--metric',
    'ndcg@10',
    '--quiet',
  );
  expect(readdirSync('trec').sort()).toEqual(['dual-learning.run', 'naive.run', 'qrels']);
  const runs = ['trec/naive.run', 'trec/dual-learning.run'];
  const theirs = await counterrank('evaluate', '--qrels', 'trec/qrels', '--run', ...runs, "nDCG(dcg='exp-log2')@10", '--quiet');
  const means = (out: string) =>
    [...out.matchAll(/^(naive|dual-learning)(?:\.run)? +([\d.]+ ±[\d.]+)/gm)].map(([, name, mean]) => [name, mean]);
  expect(means(ours.out)).toHaveLength(2);
  expect(means(theirs.out)).toEqual(means(ours.out));
});
