import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { copiedPackage, type Finished } from './copied-package.ts';
import { blocksOf, textOf, written } from './documentation/documents.ts';

/** Those of pages that tests of their own run. */
const elsewhere = ['docs/own-task.md', 'docs/tutorial.md', 'docs/click-models.md'];
const scripts = written.filter((file) => !elsewhere.includes(file)).flatMap((file) => blocksOf(file, 'ts'));
const scriptWith = (word: string): string => scripts.find((text) => text.includes(word)) ?? '';
const clicks = scriptWith('readNamedClickLog(');
const sessions = scriptWith('readSearchSessions(');
const runs = scriptWith('readRun(');
const estimator = scriptWith("'rank-weighted'");
const browser = scriptWith('evaluateRanking(');
const figures = scriptWith('writeFigures(');
const served = scriptWith('counterrank/score');
const [, words] = /^counterrank (run --plugin rank-weighted\.ts .*)$/m.exec(textOf('docs/own-method.md')) ?? [];

/** s = 1 + 2 a + 3 b + 5 c + 7 d. */
const plain = {
  ...{ format: 'counterrank plain weights', version: 1, featureCount: 4 },
  scaling: { method: 'none', offset: [0, 0, 0, 0], factor: [1, 1, 1, 1] },
  layers: [{ weights: [[2, 3, 5, 7]], gain: null, bias: [1], activation: 'linear' }],
};

const copy = copiedPackage();
let printed: Finished;
let compared: Finished;
let checked: Finished;

beforeAll(async () => {
  copy.write('sessions.ts', `${sessions}console.log(JSON.stringify({ scores: [...scores], precisions: [...precisions] }));\n`);
  copy.write('runs.ts', `${runs}console.log(JSON.stringify({ topics: [...topics], values: [[...values['nDCG@10']], [...values.AP]] }));\n`);
  copy.write(
    'clicks.ts',
    `${clicks}console.log(JSON.stringify({ queries: named.queryIds, parts: [train, test].map(({ count }) => count.reduce((sum, n) => sum + n, 0)) }));\n`,
  );
  copy.write('train.tsv', [0, 1, 2, 3].map((s) => `${s}\t0\tQ\tq${s % 2}\t1\ta\tb\n${s}\t9\tC\tb\n`).join(''));
  copy.write('browser.ts', `${browser}console.log(JSON.stringify([...values]));\n`);
  copy.write(
    'figures.ts',
    `import { readdirSync } from 'node:fs';\n${figures}console.log(JSON.stringify(readdirSync('figures').sort()));\n`,
  );
  mkdirSync(join(copy.path, 'fitted'));
  copy.write('fitted/plain-weights.json', JSON.stringify(plain));
  copy.write(
    'served.ts',
    `${served.replace('counterrank/score', './src/score.ts')}console.log(JSON.stringify(score(model, [0.3, 12, 0, 1.5])));\n`,
  );
  copy.write(
    'all.ts',
    ['sessions', 'runs', 'clicks', 'browser', 'figures', 'served'].map((name) => `await import('./${name}.ts');\n`).join(''),
  );
  const result = (id: string, clicked: boolean, grade: number) => ({ id, clicked, grade });
  const queries = [{ results: [result('a', false, 0), result('b', true, 3)] }, { results: [result('c', true, 1)] }];
  copy.write('log.jsonl', `${JSON.stringify({ id: 's1', queries })}\n${JSON.stringify({ id: 's2', queries: [{ results: [] }] })}\n`);
  copy.write('qrels.txt', 't1 0 a 1\nt1 0 b 0\n');
  copy.write('bm25.run', 't1 Q0 b 1 2.0 bm25\nt1 Q0 a 2 1.0 bm25\n');
  copy.write('rank-weighted.ts', estimator);
  const include = ['sessions.ts', 'runs.ts', 'clicks.ts', 'rank-weighted.ts'];
  copy.write('tsconfig.readme.json', JSON.stringify({ extends: './tsconfig.json', compilerOptions: { noUnusedLocals: false }, include }));
  const small =
    "simulation.sessions=1e4 training.steps=10 evaluation.searchSessions=null 'data.synthetic={trainQueries: 30, features: 6}' seeds=2";
  const command = words ?? '';
  [printed, compared, checked] = await Promise.all([
    copy.sh('npx tsx all.ts'),
    copy.sh(`npx tsx experiments/main.ts ${command} ${small} --quiet`),
    copy.sh('npx tsc --noEmit -p tsconfig.readme.json'),
  ]);
});

test('the scripts are those that are tried here, and the one of a study, which the test of the tutorial runs', () => {
  expect(new Set(scripts)).toEqual(new Set([clicks, sessions, runs, estimator, browser, figures, served, scriptWith('ownMethod(')]));
  expect(new Set(scripts).size).toBe(8);
});

test('a metric as in a browser, figures of a picture, the score of plain weights', () => {
  const [, , , values, files, score] = printed.out
    .trim()
    .split('\n')
    .map((text) => JSON.parse(text));
  expect(values[0]).toBeCloseTo((3 + 0 + 1 / 2) / (3 + 1 / Math.log2(3)), 6); // gains 3, 0, 1 at ranks 1 to 3
  expect(files).toEqual(expect.arrayContaining(['figures.csv', 'figures.tex']));
  expect(files.filter((name: string) => name.endsWith('.pdf'))).toHaveLength(1);
  expect(score).toBeCloseTo(1 + 0.6 + 36 + 10.5, 5);
});

test('they have no type error', () => expect(checked).toEqual({ code: 0, out: '', err: '' }));

test('NUM and any other metric of a log, on the scale that it has', () => {
  expect(printed.err).toBe('');
  const [{ scores, precisions }] = printed.out
    .trim()
    .split('\n')
    .map((text) => JSON.parse(text));
  const decay = (position: number) => 1 - position / 132_000;
  // grades 3 and 1: gains 7/8 and 1/8; b after 2 snippets, c after a reformulation of 1000; the ideal reads b and c at once
  const found = 7 * decay(2 * 200 + 2000) + decay(3 * 200 + 2 * 2000 + 1000);
  expect(scores).toEqual([expect.closeTo(found / (7 * decay(2200) + decay(4400)), 12), null]);
  const [down, next] = [0.75 * 0.9, (0.9 - 0.75 * 0.9) / (1 - 0.75 * 0.9)];
  expect(precisions).toEqual([expect.closeTo(0.1 * (down * 1 + next / 3), 12), 0]);
});

test('a click log without a query set, split by session', () => {
  const [, , { queries, parts }] = printed.out
    .trim()
    .split('\n')
    .map((text) => JSON.parse(text));
  expect([queries, parts]).toEqual([
    ['q0', 'q1'],
    [2, 2],
  ]);
});

test('measures of a run', () => {
  const [, { topics, values }] = printed.out
    .trim()
    .split('\n')
    .map((text) => JSON.parse(text));
  expect(topics).toEqual(['t1']);
  expect(values.flat()).toEqual([expect.closeTo(1 / Math.log2(3), 12), 0.5]);
});

test('the plugin is known to the command line', () => {
  expect(compared).toMatchObject({
    code: 0,
    err: expect.stringMatching(/^(warning: the propensities of rank-weighted are off by [^\n]*\n)?$/),
  });
  expect(compared.out).toMatch(/^rank-weighted +0\.\d{4} ±0\.\d{4} /m);
});
