import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { counterrank } from './counterrank.ts';

const quickstart = resolve('experiments/configs/quickstart.yaml');
const small = [
  ...['seeds=2', 'simulation.sessions=500', 'simulation.validationSessions=100', 'training.steps=5', 'estimators=[naive]', 'backend=cpu'],
  ...['evaluation.searchSessions=null', 'data.path=data'],
];

const start = process.cwd();
beforeEach(() => process.chdir(mkdtempSync(join(tmpdir(), 'counterrank-'))));
afterAll(() => process.chdir(start));

function writeData(): void {
  mkdirSync('data');
  const queries = Array.from({ length: 6 }, (_, q) => `1 qid:${q} 1:${q}.5 2:1\n0 qid:${q} 1:1 2:3\n2 qid:${q} 1:3 2:0.5\n`).join('');
  writeFileSync('data/train.txt', `# made by hand\n${queries}2 qid:last 1:1 2:1 1:4\n`);
  writeFileSync('data/vali.txt', queries);
  writeFileSync('data/test.txt', queries);
}
const note =
  'note: data/train.txt: 20 documents read, 19 kept, 1 left out: comments; 39 feature values read, 38 kept, 1 left out: that a later one of the same line and feature replaces\n';
const status = (folder: string) => JSON.parse(readFileSync(join(folder, 'status.json'), 'utf8'));

test('a run says what of its data was left out, from the cache too, and keeps the account; a report of runs says it once', async () => {
  writeData();
  for (const run of ['first', 'second']) {
    const { code, err } = await counterrank('run', quickstart, ...small, '--out', run, '--quiet');
    expect([code, err]).toEqual([0, expect.stringContaining(note)]);
    expect(status(run).accounting).toHaveLength(6);
    expect(status(run).accounting[0]).toEqual({
      ...{ file: 'data/train.txt', unit: 'documents', read: 20, kept: 19, merged: 0 },
      rejected: { comments: 1 },
    });
  }
  const { out } = await counterrank('report', 'first', 'second');
  expect(out.split(note.trimEnd())).toHaveLength(2);
});

test('training on a log of one keeps the account of the log', async () => {
  writeData();
  writeFileSync('log.csv', 'query,docs,clicks\n0,1 2 3,0 1 0\n1,2 1,1 0\n');
  const { code, err } = await counterrank('train', quickstart, ...small, '--log', 'log.csv', '--out', 'models', '--quiet');
  expect([code, err]).toEqual([0, expect.stringContaining(note)]);
  expect(status('models').accounting.at(-1)).toEqual({ file: 'log.csv', unit: 'rows', read: 2, kept: 2, merged: 0, rejected: {} });
});

test('recorded feedback: columns that are not read are told; test ids that training does not know at all are refused', async () => {
  const rows = (prefix: string, ratings: readonly number[]) =>
    ratings.map((rating, i) => `${prefix}${i % 4},item${(i * 3) % 5},${rating},x\n`).join('');
  mkdirSync('ratings');
  writeFileSync('ratings/log.csv', `user,item,rating,mood\n${rows('u', [5, 4, 1, 2, 3, 5, 1, 4])}`);
  writeFileSync('ratings/uniform.csv', `user,item,rating,mood\n${rows('u', [1, 5, 2, 4, 1, 3])}`);
  writeFileSync(
    'ratings.yaml',
    'task: explicit-feedback\nseeds: 1\nworld: {name: recorded, reader: csv, path: ratings}\nexposure: popularity-power\n' +
      'estimators: [naive]\nevaluation: {metrics: [squared-error]}\ntraining: {steps: 5}\n',
  );
  const well = await counterrank('run', 'ratings.yaml', 'baseline=null', '--out', 'well', '--quiet');
  expect([well.code, well.err]).toEqual([
    0,
    expect.stringContaining('note: ratings/log.csv: 4 columns read, 3 kept, 1 left out: "mood"\n'),
  ]);
  expect(status('well').accounting).toContainEqual({
    ...{ file: 'ratings/uniform.csv', unit: 'rows', read: 6, kept: 6, merged: 0, rejected: {} },
  });
  writeFileSync('ratings/uniform.csv', `user,item,rating\n${rows('U', [1, 5, 2]).replaceAll(',x', '')}`);
  const apart = await counterrank('run', 'ratings.yaml', 'baseline=null', '--out', 'apart', '--quiet');
  expect([apart.code, apart.err]).toEqual([
    3,
    expect.stringMatching(/^error: ratings: no user of .* has "U0", "U1", "U2", the log "u0", "u1", "u2", …; do/),
  ]);
});
