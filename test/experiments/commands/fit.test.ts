import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { score } from '../../../src/score.ts';
import { temporaryFolder } from '../../src/data/temporary-folder.ts';
import { sharedData, testWithData } from '../../src/metrics/read-trec.ts';
import { counterrank } from './counterrank.ts';

const home = temporaryFolder();
const json = (name: string) => JSON.parse(readFileSync(home.in(name), 'utf8'));
const row = (docs: string, clicks: number[], count: number) => JSON.stringify({ query: 'q', docs: [...docs], clicks, count });
/** Independent clicks of rates .2 and .6 of a and b, a third of that at rank 2, so that production's order, a first, hides b. */
const hidden = home.put(
  'hidden.jsonl',
  [
    ...[row('ab', [1, 1], 36), row('ab', [1, 0], 144), row('ab', [0, 1], 144), row('ab', [0, 0], 576)],
    ...[row('ba', [1, 1], 12), row('ba', [1, 0], 168), row('ba', [0, 1], 8), row('ba', [0, 0], 112)],
  ].join('\n'),
);

test('a log whose documents are ids: the bias that follows, a relevance each, their value, and a page', async () => {
  const out = home.in('ids');
  const done = await counterrank('fit', hidden, '--out', out, '--quiet');
  expect(done.code).toBe(0);
  expect(done.out).toMatch(/^bias +all-pairs +100 % of the documents were shown at several ranks/m);
  const { reasons, value, estimator, ranker } = json('ids/fit.json');
  expect(estimator).toMatchObject({ name: 'document-relevance', propensity: { name: 'all-pairs' } });
  expect(reasons.map(({ about }: { about: string }) => about)).toEqual(['bias', 'ranker', 'value']);
  const { q } = json('ids/relevance.json').queries;
  expect(q.b / q.a).toBeGreaterThan(2);
  expect(q.b / q.a).toBeLessThan(5);
  expect(value.map((one: { estimator: string }) => one.estimator)).toEqual(['ips', 'snips', 'doubly-robust', 'cascade']);
  for (const one of value) expect(one.value).toBeGreaterThan(one.logging); // b first is worth more than the lists of the log, three in four of which show a first
  const page = readFileSync(home.in('ids/report.html'), 'utf8');
  for (const title of [
    'What follows from the log',
    'Results',
    'Off-policy value',
    'Click-through by rank',
    'Odd sessions and duplicates',
    'What to do next',
  ])
    expect(page).toContain(`<h2>${title}</h2>`);
  expect(page).not.toMatch(/\b(undefined|NaN)\b|<script|https?:\/\/(?!www\.w3\.org)/);
  expect(readFileSync(home.in(`ids/${ranker}/ranking.run`), 'utf8')).toMatch(/^q Q0 b 1 /);
  const again = await counterrank('fit', hidden, '--out', home.in('again'), '--quiet');
  expect([again.code, readFileSync(home.in('again/metrics.csv'), 'utf8')]).toEqual([0, readFileSync(home.in('ids/metrics.csv'), 'utf8')]);
});

test('with features: a model, and its plain weights, which score as it does', async () => {
  const config = home.put(
    'world.yaml',
    'data: {synthetic: {trainQueries: 30, validationQueries: 2, testQueries: 2, features: 4}}\nsimulation: {sessions: 3000, validationSessions: 0, temperature: 0.5, listsPerQuery: 5}\nestimators: [naive]\nevaluation: {searchSessions: null}',
  );
  expect((await counterrank('simulate', config, '--out', home.in('world'))).code).toBe(0);
  const out = home.in('features');
  const done = await counterrank('fit', home.in('world'), '--out', out, '--quiet');
  expect(done.code).toBe(0);
  expect(done.out).toMatch(/^weighting +clipped-ips +few sessions/m);
  const { ranker } = json('features/fit.json');
  expect(readdirSync(home.in(`features/${ranker}`)).sort()).toEqual(
    ['bias.json', 'model.json', 'plain-weights.json', 'ranking.run', 'scaling.json', 'soft-labels.txt', 'weights.bin'].sort(),
  );
  const [top] = readFileSync(home.in('features/ranking.run'), 'utf8').split('\n');
  const [query, , document, , value] = top.split(' ');
  const lines = readFileSync(home.in('world/data/train.txt'), 'utf8')
    .split('\n')
    .filter((line) => line.includes(`qid:${query} `));
  const features = lines[Number(document) - 1].split(' ').filter((word) => /^\d+:/.test(word));
  const raw = new Float64Array(4);
  for (const word of features) raw[Number(word.split(':')[0]) - 1] = Number(word.split(':')[1]);
  expect(score(json('features/plain-weights.json'), raw)).toBeCloseTo(Number(value), 5);
  const exported = await counterrank('export', home.in(`features/${ranker}`), '--plain-weights', home.in('exported.json'));
  expect([exported.code, json('exported.json')]).toEqual([0, json('features/plain-weights.json')]);
  const forced = await counterrank(
    'fit',
    home.in('world'),
    '--bias',
    'naive-ctr',
    '--weighting',
    'clipped-ips',
    '--out',
    home.in('forced'),
    '--quiet',
  );
  expect(forced.out).toMatch(/^bias +naive-ctr +asked for/m);
});

test('users who stop at their first click: labels of a click model, valued by what lists let be seen', async () => {
  const config = home.put(
    'stopping.yaml',
    'data: {synthetic: {trainQueries: 20, validationQueries: 2, testQueries: 2, features: 3}}\nsimulation: {sessions: 4000, validationSessions: 0, temperature: 0.5, listsPerQuery: 5, clickModel: cascade}\nestimators: [naive]\nevaluation: {searchSessions: null}',
  );
  expect((await counterrank('simulate', config, '--out', home.in('stopping'))).code).toBe(0);
  const done = await counterrank('fit', home.in('stopping'), '--out', home.in('labels'), '--quiet');
  expect(done.out).toMatch(/^weighting +click-model-labels +what was seen is known/m);
  const { estimator, value } = json('labels/fit.json');
  expect(estimator).toMatchObject({ name: 'click-model-labels', clickModel: 'dynamic-bayesian' });
  expect(value.find((one: { estimator: string }) => one.estimator === 'ips').value).toBeGreaterThan(0);
  const recorded = json('labels/config.json').evaluation.bias;
  expect(recorded).toMatchObject({ name: 'click-model', given: 'list' });
});

test('nothing tells the bias: clicks as they are, and what would help', async () => {
  const fixed = home.put(
    'fixed.jsonl',
    [row('ab', [1, 1], 12), row('ab', [1, 0], 48), row('ab', [0, 1], 18), row('ab', [0, 0], 72)].join('\n'),
  );
  const done = await counterrank('fit', fixed, '--out', home.in('fixed'), '--quiet');
  expect(done.code).toBe(0);
  expect(done.out).toMatch(/^bias +none +nothing in this log tells bias from relevance/m);
  expect(json('fixed/fit.json').estimator).toEqual({ name: 'document-relevance', label: 'naive' });
});

test.each([
  [['none.jsonl'], /none\.jsonl/],
  [[hidden, '--bias', 'all-pears'], /unknown bias estimator "all-pears"; did you mean "all-pairs"/],
  [[hidden, '--weighting', 'ips'], /--weighting is for rankers that learn by a loss/],
  [[hidden, '--ranker', 'liner'], /unknown ranker "liner"/],
  [[hidden, '--bias', 'oracle'], /oracle is told, not found in a log/],
  [[home.put('silent.jsonl', row('ab', [0, 0], 20))], /no session of the log has a click: nothing to learn from/],
  [[home.put('short.jsonl', row('ab', [1, 0], 3))], /a log of 3 sessions is too short/],
])('%j is refused, and nothing is written', async (words, message) => {
  const { code, err } = await counterrank('fit', ...words, '--out', home.in('refused'), '--quiet');
  expect(err).toMatch(message);
  expect([code, existsSync(home.in('refused'))]).toEqual([2, false]);
});

test('diagnose writes a page', async () => {
  const done = await counterrank('diagnose', hidden, '--format', 'html', '--out', home.in('page.html'));
  expect([done.code, done.err]).toEqual([0, '']);
  const page = readFileSync(home.in('page.html'), 'utf8');
  for (const title of [
    'What to do next',
    'The log',
    'Click-through by rank',
    'Examination by rank, by several methods',
    'Ranks',
    'Rank graph',
    'Drift',
    'Odd sessions and duplicates',
    'Weightings',
    'Estimators of bias',
  ])
    expect(page).toContain(`<h2>${title}</h2>`);
  expect(page).not.toMatch(/\b(undefined|NaN|null)\b|<script/);
  expect((await counterrank('diagnose', hidden, '--format', 'html')).err).toMatch(/give --out FILE/);
});

testWithData('real clicks, documents as ids', async () => {
  const log = fileURLToPath(sharedData('click-logs/yandex-relpred/train.tsv'));
  const done = await counterrank('fit', log, '--out', home.in('yandex'), '--quiet');
  expect(done.code).toBe(0);
  expect(Object.keys(json('yandex/relevance.json').queries)).toHaveLength(20);
});

test('sessions that are said to be in random order, and are not: every command that takes them warns, and fit does not learn by them', async () => {
  const said = ['--randomised-log', hidden];
  const told =
    /^warning: (with seed 1: )?documents of the sessions that are said to be in random order are not at every rank as often .*; 25 % of the impressions/m;
  expect((await counterrank('diagnose', hidden, ...said)).err).toMatch(told);
  expect((await counterrank('estimate-bias', hidden, '--method', 'randomisation', ...said)).err).toMatch(told);
  const done = await counterrank('fit', hidden, ...said, '--out', home.in('said'), '--quiet');
  expect([done.err, done.out]).toEqual([expect.stringMatching(told), expect.stringMatching(/^bias +all-pairs +100 %/m)]);
});
