import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { readSearchSessions } from '../../../src/data/read-search-sessions.ts';
import type { SearchSession } from '../../../src/data/search-session.ts';
import { parseSessionMetric, sessionMetrics } from '../../../src/session-metrics/index.ts';
import { correlations } from '../../../src/stats/correlations.ts';
import { counterrank } from './counterrank.ts';

const config = resolve('experiments/configs/search-sessions.yaml');
const small = ['sessions=150', 'needs.count=40'];
const start = process.cwd();
let simulated = '';
beforeAll(async () => {
  simulated = join(mkdtempSync(join(tmpdir(), 'counterrank-')), 'sim');
  await counterrank('simulate-sessions', config, ...small, '--out', simulated, '--quiet');
});
beforeEach(() => process.chdir(mkdtempSync(join(tmpdir(), 'counterrank-'))));
afterAll(() => process.chdir(start));

const log = (system = 'current') => join(simulated, `${system}.jsonl`);
const run = (...words: string[]) => counterrank('meta-evaluate', ...words, '--resamples', '50', '--quiet');
const lines = (path: string) => readFileSync(path, 'utf8').trimEnd().split('\n');

test('simulate-sessions writes a log per system, the truth apart, and a config that repeats it', async () => {
  expect(readdirSync(simulated).sort()).toEqual(['better.jsonl', 'config.json', 'current.jsonl', 'truth', 'worse.jsonl']);
  expect(readFileSync(log(), 'utf8')).not.toMatch(/expected|gain|noise/);
  const truth = lines(join(simulated, 'truth', 'current.csv'));
  expect(truth[0]).toBe('search_session,ended,gain,seconds,expected_satisfaction,skipped_then_clicked');
  const { sessions, format } = await readSearchSessions(log());
  expect([sessions.length, truth.length, format]).toEqual([150, 151, 'jsonl']);
  expect(truth.slice(1).map((row) => row.split(',')[0])).toEqual(sessions.map(({ id }) => id));
  expect(sessions.map(({ id }) => id)).toEqual((await readSearchSessions(log('worse'))).sessions.map(({ id }) => id));
  await counterrank('simulate-sessions', join(simulated, 'config.json'), '--out', 'again', '--quiet');
  for (const system of ['current', 'better', 'worse'])
    expect(readFileSync(`again/${system}.jsonl`).equals(readFileSync(log(system)))).toBe(true);
});

test('the table names every metric and ablation, the labels, and what was left out', async () => {
  const { code, out } = await run(log(), '--systems', log('better'), log('worse'), '--labels', 'click');
  expect(code).toBe(0);
  for (const name of [
    ...Object.keys(sessionMetrics),
    'NUM(clickEnhancement=false)',
    'NUM(reformulationPenalty=false)',
    'NUM(normalise=false)',
  ])
    expect(out.split('\n').filter((line) => line.startsWith(`${name} `)).length).toBeGreaterThanOrEqual(name === 'NUM' ? 2 : 4);
  expect(out).toMatch(/^\d+ search sessions, \d+ left out \(0 unrated, \d+ with an undefined metric\)/m);
  expect(out).toContain('Labels: clicks, highest 1.');
  expect(out).toMatch(/^Discriminative power$/m);
  expect(out).toMatch(/^chosen +NUM\(L=\d+,C=\d+\)/m);
});

test('JSON and CSV hold the correlations that the statistics give on this log', async () => {
  const words = [log(), 'sDCG/q', 'sRBP(p=0.9,b=0.75)', '--no-tune'];
  const found = JSON.parse((await run(...words, '--format', 'json')).out);
  expect(found).toMatchObject({ baseline: 'sDCG/q', tuning: null, discriminativePower: [], labels: { labels: 'grade', highestGrade: 4 } });
  expect(found.constants['sRBP(p=0.9,b=0.75)']).toMatchObject({ highestGrade: 4 });
  const { sessions } = await readSearchSessions(log());
  const values = parseSessionMetric('sRBP(p=0.9,b=0.75)', found.labels).compute(sessions);
  const satisfaction = sessions.map((session) => session.satisfaction as number);
  const [head, ...rows] = (await run(...words, '--format', 'csv')).out.trimEnd().split('\n');
  expect(head).toMatch(/^metric,correlation,value,lower,upper,sessions,baseline,difference/);
  for (const [name, { counted }] of Object.entries(correlations)) {
    const expected = counted(values, satisfaction)(new Float64Array(values.length).fill(1));
    const row = found.agreement.find(
      (one: { metric: string; correlation: string }) => one.metric.startsWith('sRBP') && one.correlation === name,
    );
    expect(row.estimate.value).toBeCloseTo(expected, 12);
    expect(rows.find((text) => text.startsWith(`"sRBP(p=0.9,b=0.75)",${name},`))?.split(',')[3]).toBe(String(row.estimate.value));
  }
});

test('the page is self-contained, shows pictures and the command, and comes out the same twice', async () => {
  await run(log(), 'NUM', 'sDCG', '--out', 'page.html', '--tune', 'NUM(L=20000|132000,C=0|1000)');
  const page = readFileSync('page.html', 'utf8');
  expect(page).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org)/);
  expect(page.match(/<svg/g)?.length).toBe(3 + 2 + 1 + 1); // coefficients, metrics, matrix, sensitivity
  expect(page).toContain('Sensitivity to L and C');
  expect(page).toMatch(/counterrank meta-evaluate \S+current\.jsonl NUM sDCG .*--tune/);
  expect((await run(log(), 'NUM', '--out', 'page.html')).err).toMatch(/^error: "page\.html" exists/);
  await run(log(), 'NUM', 'sDCG', '--out', 'other.html', '--tune', 'NUM(L=20000|132000,C=0|1000)');
  expect(readFileSync('other.html', 'utf8').replaceAll('other.html', 'page.html')).toBe(page);
});

test('LaTeX holds the correlations of the JSON', async () => {
  const words = [log(), 'NUM', 'sDCG/q', '--no-tune'];
  const { out } = await run(...words, '--format', 'latex');
  const { agreement } = JSON.parse((await run(...words, '--format', 'json')).out);
  expect(out).toContain(`NUM & ${agreement[0].estimate.value.toFixed(3)} {\\scriptsize[`);
  expect(out).toContain('significantly above (below) NUM by a two-sided paired bootstrap');
});

test('the command of the page leaves nothing out: --no-tune as typed', async () => {
  await run(log(), 'NUM', 'sDCG', '--no-tune', '--out', 'page.html');
  expect(readFileSync('page.html', 'utf8')).toMatch(/counterrank meta-evaluate \S+current\.jsonl NUM sDCG .*--no-tune/);
});

test('another seed gives other intervals, the same correlations', async () => {
  const values = async (seed: string) =>
    (await run(log(), 'sDCG', '--no-tune', '--format', 'csv', '--seed', seed)).out.split('\n')[1].split(',');
  const [one, two] = [await values('1'), await values('2')];
  expect(one[2]).toBe(two[2]);
  expect(one[3]).not.toBe(two[3]);
});

const session = (i: number, satisfaction?: number): SearchSession => ({
  id: `s${i}`,
  queries: [
    {
      results: [
        { id: 'a', clicked: i % 2 === 0 },
        { id: 'b', clicked: i % 3 === 0 },
      ],
    },
  ],
  ...(satisfaction === undefined ? {} : { satisfaction }),
});
const write = (path: string, sessions: readonly SearchSession[]) =>
  writeFileSync(path, sessions.map((one) => `${JSON.stringify(one)}\n`).join(''));

test.each<[string, readonly SearchSession[], readonly string[], RegExp]>([
  [
    'a log without satisfaction',
    Array.from({ length: 12 }, (_, i) => session(i)),
    ['sDCG'],
    /^error: none of 12 search sessions has a satisfaction.*$/,
  ],
  [
    'constant satisfaction',
    Array.from({ length: 12 }, (_, i) => session(i, 4)),
    ['sDCG'],
    /^error: every one of 12 search sessions has satisfaction 4.*$/,
  ],
  [
    'too few sessions',
    Array.from({ length: 6 }, (_, i) => session(i, i)),
    ['sDCG'],
    /^error: a meta-evaluation needs at least 10 search sessions, got 6$/,
  ],
  ['an unknown metric', [session(0, 1)], ['sDGC'], /^error: unknown session metric "sDGC"; did you mean "sDCG"\?.*$/],
  ['a metric twice', Array.from({ length: 12 }, (_, i) => session(i, i)), ['sDCG', 'sDCG'], /^error: metric "sDCG" is named twice.*$/],
  ['a log twice', [session(0, 1)], ['sDCG', '--systems', './log.jsonl'], /^error: log "\.\/log\.jsonl" is named twice.*$/],
  [
    'an unknown baseline',
    [session(0, 1)],
    ['sDCG', '--baseline', 'sDC'],
    /^error: baseline "sDC" is not among the metrics; did you mean "sDCG"\?.*$/,
  ],
  [
    'an unknown gold',
    [session(0, 1)],
    ['sDCG', '--gold', 'satisfaktion'],
    /^error: unknown gold metric "satisfaktion"; did you mean "satisfaction"\?.*$/,
  ],
  ['a grid without values', [session(0, 1)], ['sDCG', '--tune', 'NUM'], /^error: "NUM" is no grid to tune over.*$/],
  [
    'no topics to resample',
    Array.from({ length: 12 }, (_, i) => session(i, i)),
    ['sDCG', '--unit', 'topic'],
    /^error: search session s0 has no topic.*$/,
  ],
])('%s: one clear line, exit 2, nothing written', async (_, sessions, words, message) => {
  write('log.jsonl', sessions);
  const { code, err, out } = await run('log.jsonl', ...words, '--out', 'page.html');
  expect(err.trimEnd()).toMatch(message);
  expect([code, out, existsSync('page.html')]).toEqual([2, '', false]);
});

test('a log that is none is told with its place, exit 3', async () => {
  writeFileSync('log.jsonl', '{"id": "x", "queries": 3}\n');
  const { code, err } = await run('log.jsonl', 'sDCG');
  expect(err).toMatch(/^error: log\.jsonl:1/);
  expect(code).toBe(3);
});

test.each([
  [['sesions=3'], /sesions: unknown key; did you mean "sessions"\?/],
  [['users.overlok=0.3'], /users\.overlok: unknown key; did you mean "overlook"\?/],
  [['users.rating.levels=1'], /users\.rating\.levels: must be at least 2/],
  [['systems=[{name: a}, {name: a}]'], /systems: must be at least one system, no name twice/],
  [['needs.grades=[1]'], /needs\.grades: must give a grade above 0 some weight/],
  [['clickModel=pbm'], /clickModel: unknown name "pbm"/],
  [['queries=none.txt'], /none\.txt/],
])('simulate-sessions refuses %j and writes nothing', async (words, message) => {
  const { code, err } = await counterrank('simulate-sessions', config, ...words, '--out', 'sim', '--quiet');
  expect(err).toMatch(message);
  expect([code, existsSync('sim')]).toEqual([2, false]);
});

test('needs may be the queries of an SVMlight file', async () => {
  writeFileSync('judged.txt', ['2 qid:q1 1:0 # docid = x', '0 qid:q1 1:0 # docid = y', '1 qid:q2 1:0 # docid = z'].join('\n'));
  const { code } = await counterrank('simulate-sessions', config, 'queries=judged.txt', 'sessions=20', '--out', 'sim', '--quiet');
  expect(code).toBe(0);
  const { sessions } = await readSearchSessions('sim/current.jsonl');
  expect(new Set(sessions.map(({ topic }) => topic))).toEqual(new Set(['q1', 'q2']));
  expect(new Set(sessions.flatMap(({ queries }) => queries.flatMap(({ results }) => results.map(({ id }) => id))))).toEqual(
    new Set(['x', 'y', 'z']),
  );
});
