import { mkdirSync, readFileSync } from 'node:fs';
import { createRng } from '../../../../src/random/rng.ts';
import { score } from '../../../../src/score.ts';
import { temporaryFolder } from '../../../src/data/temporary-folder.ts';
import { counterrank } from '../../commands/counterrank.ts';

const home = temporaryFolder();
process.env.COUNTERRANK_CACHE = home.in('cache');

/**
 * Labels follow features 1 and 2, and whether feature 3 is missing; feature 1 is missing in two of five documents, whatever their label.
 * @param without features that are left out
 */
function put(name: string, without: readonly number[] = []): string {
  mkdirSync(home.in(name));
  const rng = createRng('missing');
  for (const [part, queries] of Object.entries({ train: 60, vali: 10, test: 40 })) {
    const lines = Array.from({ length: queries * 8 }, (_, d) => {
      const good = rng.next() < 0.3;
      const x = [rng.next(), rng.next(), rng.next()];
      const label = Math.min(4, Math.floor(2 * (x[0] + x[1]) * (good ? 1.6 : 0.7)));
      const lacks = [rng.next() < 0.4, false, good];
      const cells = x.map((value, f) => (without.includes(f + 1) ? '' : ` ${f + 1}:${lacks[f] ? 'nan' : value.toFixed(3)}`));
      return `${label} qid:${part}${Math.floor(d / 8)}${cells.join('')} # docid = ${part}-${d}\n`;
    });
    home.put(`${name}/${part}.txt`, lines.join(''));
  }
  return home.in(name);
}

const data = put('whole');
const config = home.put(
  'study.yaml',
  'simulation: {sessions: 3000, validationSessions: 600}\nestimators: [skyline]\nbaseline: null\nseeds: 1\ntraining: {steps: 60, patience: null}\nevaluation: {metrics: [ndcg@10], searchSessions: null}\n',
);
const run = (out: string, ...words: string[]) =>
  counterrank(
    'run',
    config,
    ...(words.some((word) => word.startsWith('data.path')) ? [] : [`data.path=${data}`]),
    ...words,
    '--out',
    home.in(out),
    '--quiet',
  );
const ndcg = (out: string): number => {
  const values = readFileSync(home.in(`${out}/metrics.csv`), 'utf8')
    .trim()
    .split('\n')
    .slice(1);
  return values.reduce((sum, line) => sum + Number(line.split(',').at(-2)) / values.length, 0);
};
const trees = 'ranker={name: gradient-boosted-trees, leaves: 6, minimumLeafDocuments: 5}';

test.each(['linear', 'mlp', 'transformer', '{name: embedding, of: document}'])(
  '%s: refused in one line with the ways out',
  async (ranker) => {
    const { code, err } = await run('refused', `ranker=${ranker}`);
    expect(code).toBe(2);
    expect(err).toMatch(
      /^error: ranker \w+, unlike gradient-boosted-trees, knows no missing values, but \d+ feature values are missing, of features 1, 3, first of document "train-\d" of query "train0"; set data\.missing \(--missing\) to mean or to a number that they are read as, or fill them in the file$/,
    );
  },
);

test('one of several methods with a ranker that knows none is enough, and one that trains none is not', async () => {
  const own = 'estimators=[skyline, {name: naive, ranker: linear}]';
  expect((await run('one', trees, own)).err).toMatch(/ranker linear, .* knows no missing values/);
  expect((await run('none', 'estimators=[random, production]')).code).toBe(0);
});

test('trees learn from what is missing at random, and from what its being missing tells', async () => {
  expect((await run('trees', trees)).code).toBe(0);
  for (const f of [1, 3]) {
    const other = put(`without ${f}`, [f]);
    expect((await run(`without-${f}`, trees, `data.path=${other}`)).code).toBe(0);
    expect(ndcg('trees')).toBeGreaterThan(ndcg(`without-${f}`) + 0.02);
  }
});

test.each(['mean', '-1'])('linear by data.missing=%s: the model fills them as well, also its plain weights', async (missing) => {
  const out = `filled${missing}`;
  expect((await run(out, `data.missing=${missing}`)).code).toBe(0);
  const folder = home.in(`${out}/models/1/skyline`);
  const evaluated = await counterrank('evaluate', folder, '--data', home.in('whole/test.txt'), '--metric', 'ndcg@10', '--quiet');
  expect(evaluated.out).toContain(ndcg(out).toFixed(4));
  const plain = home.in(`${out}.json`);
  expect((await counterrank('export', folder, '--plain-weights', plain)).code).toBe(0);
  const model = JSON.parse(readFileSync(plain, 'utf8'));
  const fill = missing === 'mean' ? model.scaling.offset : [-1, -1, -1]; // standardised
  expect(score(model, [Number.NaN, 0.5, Number.NaN])).toBeCloseTo(score(model, [fill[0], 0.5, fill[2]]), 6); // features are of 32 bits
});

test('a model that was trained without missing values refuses a file with some; trees take it', async () => {
  const complete = put('complete', [1, 3]);
  const file = home.put('one.txt', '1 qid:q 2:nan\n0 qid:q 2:0.5\n');
  for (const [name, ranker] of [
    ['plain', 'ranker=linear'],
    ['boosted', trees],
  ])
    expect((await run(name, ranker, `data.path=${complete}`)).code).toBe(0);
  const evaluated = (name: string) => counterrank('evaluate', home.in(`${name}/models/1/skyline`), '--data', file, '--quiet');
  expect(await evaluated('plain')).toMatchObject({
    code: 3,
    err: expect.stringMatching(
      /one\.txt: .* was trained without missing values, but 1 feature value is missing, of feature 2, .*data\.missing/,
    ),
  });
  expect((await evaluated('boosted')).code).toBe(0);
});

test.each(['median', 'nan', '1e39', 'null'])('data.missing=%s is refused', async (value) => {
  const { code, err } = await run('value', `data.missing=${value}`);
  expect(code).toBe(2);
  expect(err).toMatch(/data\.missing: /);
});

test('simulate writes them back, and fit learns trees from the log, or a linear ranker by --missing', async () => {
  expect(
    (
      await counterrank(
        'simulate',
        config,
        `data.path=${data}`,
        'simulation.listsPerQuery=4',
        'simulation.temperature=1',
        'simulation.sessions=800',
        '--out',
        home.in('logs'),
      )
    ).code,
  ).toBe(0);
  expect(readFileSync(home.in('logs/data/test.txt'), 'utf8').match(/nan/g)?.length).toBe(
    readFileSync(home.in('whole/test.txt'), 'utf8').match(/nan/g)?.length,
  );
  const fitted = (out: string, ...words: string[]) => counterrank('fit', home.in('logs'), ...words, '--out', home.in(out), '--quiet');
  expect(await fitted('fit-none')).toMatchObject({ code: 2, err: expect.stringMatching(/^error: ranker linear, unlike/) });
  expect((await fitted('fit-mean', '--missing', 'mean')).code).toBe(0);
  expect((await fitted('fit-trees', '--ranker', 'gradient-boosted-trees')).code).toBe(0);
  expect(await fitted('fit-bad', '--missing', 'median')).toMatchObject({ code: 2, err: expect.stringMatching(/keep, mean or a number/) });
  for (const number of ['1e40', '1e-60'])
    expect(await fitted('fit-bad', '--missing', number)).toMatchObject({
      code: 2,
      err: expect.stringMatching(/a number that a feature can have: 32 bits hold/),
    });
  const diagnosed = await counterrank('diagnose', home.in('logs'));
  expect([diagnosed.code, diagnosed.out.includes('NaN')]).toEqual([0, false]);
});

test('click models from features refuse them', async () => {
  const log = home.put('log.jsonl', '{"query":"q","docs":["a","b"],"clicks":[1,0],"count":5}\n');
  const features = home.put('features.csv', 'query,doc,x\nq,a,1\nq,b,\n');
  const words = [
    'click-model',
    'fit',
    log,
    '--model',
    'position-based',
    '--set',
    'fit.method=gradient',
    '--set',
    'fit.attraction=features',
  ];
  expect(await counterrank(...words, '--features', features, '--out', home.in('model.json'))).toMatchObject({
    code: 3,
    err: expect.stringMatching(/features\.csv: 1 feature value is missing, of feature 1, first of document "b" of query "q"/),
  });
});
