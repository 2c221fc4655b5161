import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SearchSession } from '../../../src/data/search-session.ts';
import { sessionMetrics } from '../../../src/session-metrics/index.ts';
import { trec2012, trec2012Map, trec2012Qrels } from '../../src/data/session-logs/published-logs.ts';
import { qref, ssFsd, tiangongSt, topicQrels, trecSession } from '../../src/data/session-logs/small-logs.ts';
import { gradedSession, letterSession } from '../../src/session-metrics/letter-sessions.ts';
import { counterrank } from './counterrank.ts';

const start = process.cwd();
beforeEach(() => process.chdir(mkdtempSync(join(tmpdir(), 'counterrank-'))));
afterAll(() => process.chdir(start));

const write = (path: string, sessions: readonly SearchSession[]) =>
  writeFileSync(path, sessions.map((session) => `${JSON.stringify(session)}\n`).join(''));
const named = (words: readonly string[]): SearchSession[] =>
  words.map((one, i) => ({ ...letterSession(one), id: `s${i}`, satisfaction: 1 + (i % 3) }));
const current = named(['aB c', 'ab C', 'Ab', 'abC', 'ab', 'aB', 'AB', 'ab Cd']);
const better = named(['Ab c', 'aC', 'Ab', 'Cab', 'Ab', 'aB', 'AB', 'abC']);
const run = (...words: string[]) => counterrank('evaluate-sessions', ...words, '--quiet');

test('prints means with every constant, and scores by clicks where there is nothing else', async () => {
  write('log.jsonl', current);
  const { code, out } = await run('log.jsonl', 'sDCG', 'NUM(L=50000,C=500)');
  expect(code).toBe(0);
  expect(out).toMatch(/^metric +mean +n +undefined\nsDCG\(convention=jarvelin,labels=click\) +\d\.\d{4} ±\d\.\d{4} +8 +0\n/);
  expect(out).toMatch(/^NUM\(L=50000,C=500,labels=click\) +0\.\d{4} ±\d\.\d{4} +7 +1$/m);
  expect(out).toContain('Labels: clicks, highest 1.');
  expect(out).toMatch(/^ {2}NUM\(.*\): trailtextLength 50000, snippetLength 200, .*reformulationCost 500/m);
});

test('says so where no search session has a label above 0, nor a judgment', async () => {
  const warning = 'note: no search session has a relevant document (a label above 0)';
  const [none, one] = [gradedSession('a0 b0'), gradedSession('a0 b1')];
  write('log.jsonl', [
    { ...none, id: 'x' },
    { ...none, id: 'y' },
  ]);
  expect(await run('log.jsonl', 'sDCG')).toMatchObject({ code: 0, err: expect.stringContaining(warning) });
  for (const other of [one, { ...none, judged: [1] }]) {
    write('log.jsonl', [
      { ...none, id: 'x' },
      { ...other, id: 'y' },
    ]);
    expect((await run('log.jsonl', 'sDCG')).err).not.toContain(warning);
  }
});

test('without metrics it takes all, and the ablations of NUM', async () => {
  write('log.jsonl', current);
  const { metrics } = JSON.parse((await run('log.jsonl', '--format', 'json')).out) as { metrics: { name: string; metric: string }[] };
  expect(new Set(metrics.map(({ metric }) => metric))).toEqual(new Set(Object.keys(sessionMetrics)));
  expect(metrics.filter(({ metric }) => metric === 'NUM')).toHaveLength(4);
});

test('compares logs of the same sessions, as table, JSON and CSV', async () => {
  write('current.jsonl', current);
  write('better.jsonl', better);
  const words = ['current.jsonl', 'sDCG', '--compare', 'better.jsonl'];
  const table = (await run(...words)).out;
  expect(table).toMatch(/^ +better +\d\.\d{4} ±.* Δ \+0\.\d{4} ±\d\.\d{4} p=0\.\d{3}/m);
  const { metrics } = JSON.parse((await run(...words, '--format', 'json')).out);
  const [of, against] = metrics[0].systems;
  expect(of).toMatchObject({ system: 'current', difference: null });
  expect(against.difference.mean.value).toBeCloseTo(against.mean.value - of.mean.value, 12);
  const [head, ...rows] = (await run(...words, '--format', 'csv')).out.trimEnd().split('\n');
  expect(head).toBe('metric,system,mean,lower,upper,n,undefined,difference,difference_lower,difference_upper,p,p_holm');
  const name = '"sDCG(convention=jarvelin,labels=click)",';
  expect(rows.map((row) => row.slice(0, row.indexOf(',', name.length)))).toEqual([`${name}current`, `${name}better`]);
  expect(Number(rows[1].slice(name.length).split(',')[6])).toBe(against.difference.mean.value);
});

test('every search session with --per-session', async () => {
  write('log.jsonl', [
    { ...gradedSession('a0 b2 | c1'), id: 'x', satisfaction: 3 },
    { ...gradedSession('a0'), id: 'y,z' },
  ]);
  const csv = (await run('log.jsonl', 'sDCG', 'NUM', '--per-session', '--format', 'csv')).out;
  expect(csv.split('\n').slice(0, 3)).toEqual([
    'system,session,queries,satisfaction,sDCG(convention=jarvelin),NUM(H=2)',
    expect.stringMatching(/^log,x,2,3,1\.6666666666666\d+,0\.9\d+$/),
    'log,"y,z",1,,0,',
  ]);
  const { sessions } = JSON.parse((await run('log.jsonl', 'sDCG', 'NUM', '--per-session', '--format', 'json')).out);
  expect(sessions[1]).toEqual({
    system: 'log',
    session: 'y,z',
    queries: 1,
    satisfaction: null,
    values: { 'sDCG(convention=jarvelin)': 0, 'NUM(H=2)': null },
  });
  const several = await run('log.jsonl', 'NUM(L=5000,C=9)', '--per-session', '--format', 'csv');
  expect(several.out.split('\n')[0]).toBe('system,session,queries,satisfaction,"NUM(L=5000,C=9,H=2)"');
  expect((await run('log.jsonl', 'NUM', '--per-session')).out).toMatch(/^log +y,z +1 +undefined$/m);
});

test('reads every form, with its labels and scale', async () => {
  const settings = async (...words: string[]) => JSON.parse((await run(...words, 'sRBP', '--format', 'json')).out).settings;
  const put = (name: string, text: string) => {
    writeFileSync(name, text);
    return name;
  };
  expect(await settings(put('a.json', ssFsd()))).toMatchObject({ labels: 'usefulness', highestGrade: 4 });
  expect(await settings(put('b.json', qref()))).toMatchObject({ labels: 'usefulness', highestGrade: 3 });
  expect(await settings(put('c.xml', tiangongSt))).toMatchObject({ labels: 'click', highestGrade: 1 });
  expect(await settings(put('d.xml', trecSession))).toMatchObject({ labels: 'click', highestGrade: 1 });
  expect(await settings('d.xml', '--qrels', put('qrels', topicQrels))).toMatchObject({ labels: 'grade', highestGrade: 3 });
  expect(await settings('a.json', '--labels', 'click', '--undefined', 'zero')).toMatchObject({
    labels: 'click',
    highestGrade: 1,
    undefined: 'zero',
  });
  expect((await run('b.json', 'sRBP')).err).toContain('2 left out: on results that the log does not list');
});

test('a TREC Session log of 2012: topics by a map, its grades, repeats told of; LaTeX', async () => {
  const files = { 'log.txt': trec2012.replace('>c2<', '>c1<'), qrels: trec2012Qrels, map: trec2012Map };
  for (const [name, text] of Object.entries(files)) writeFileSync(name, text);
  const words = ['log.txt', 'sDCG', '--qrels', 'qrels', '--topic-map', 'map'];
  const mean = async (...more: string[]) => {
    const { out, err } = await run(...words, ...more, '--format', 'json');
    expect(err).toContain('note: log.txt: 1 results show a document that their list shows higher up; they count as repeats');
    return JSON.parse(out).metrics[0].systems[0].mean.value;
  };
  const dcg = (...grades: number[]) => grades.reduce((sum, grade, i) => sum + grade / (1 + Math.log2(i + 1)), 0);
  expect(await mean()).toBeCloseTo(dcg(4, 4, 3), 12);
  expect(await mean('--regrade', '4:2,2:3,3:4')).toBeCloseTo(dcg(2, 2, 4), 12);
  const { out } = await run(...words, '--format', 'latex');
  expect(out).toMatch(/^sDCG\(convention=jarvelin\) & \d+\.\d{4} \\\\$/m);
});

test('click-through enhancement raises what was skipped first', async () => {
  write('log.jsonl', named(['ab B', 'ab B']));
  const mean = async (...words: string[]) =>
    JSON.parse((await run('log.jsonl', 'sDCG', '--format', 'json', ...words)).out).metrics[0].systems[0].mean.value;
  expect(await mean()).toBeCloseTo(1 / 1.5, 12);
  expect(await mean('--click-enhancement')).toBeCloseTo(1 / 2 + 1 / 1.5, 12);
});

test('faulty search sessions are left out and told of when asked', async () => {
  write('log.jsonl', [...current, { id: 'empty', queries: [] }]);
  expect(await run('log.jsonl', 'NUM')).toMatchObject({ code: 3, err: 'error: log.jsonl:9: search session empty: it has no query' });
  const { code, err } = await run('log.jsonl', 'NUM', '--skip-faulty');
  expect({ code, err }).toEqual({ code: 0, err: expect.stringContaining('log.jsonl: the first search session left out: log.jsonl:9:') });
  expect(err).toMatch(/note: log\.jsonl: 9 search sessions read, 8 kept, 1 left out: that break the form\n/);
});

test('writes a page that needs nothing else, the same bytes every time, and overwrites nothing', async () => {
  write('a<b.jsonl', current);
  write('better.jsonl', better);
  const words = ['a<b.jsonl', 'NUM', 'sDCG', '--compare', 'better.jsonl', '--click-enhancement'];
  expect((await run(...words, '--out', 'page.html')).code).toBe(0);
  const page = readFileSync('page.html', 'utf8');
  await run(...words, '--out', 'again.html');
  expect(readFileSync('again.html', 'utf8').replaceAll('again.html', 'page.html')).toBe(page);
  expect(page).not.toMatch(/<script|<link|@import|url\(/i);
  expect(page.match(/<svg /g)).toHaveLength(2 + 2 + 2); // distributions, by satisfaction, sensitivity of each system
  const svgs = [...page.matchAll(/<svg .*?<\/svg>/gs)].map(([svg]) => svg).join('');
  const colours = new Set([...svgs.matchAll(/(?:fill|stroke)="([^"]*)"/g)].map(([, colour]) => colour));
  expect([...colours].filter((colour) => !/^(none|transparent)$/.test(colour) && !page.includes(`="${colour}"] {`))).toEqual([]); // both schemes
  expect(page).toContain('a&lt;b');
  expect(page).not.toContain('a<b');
  expect(page).toContain(
    'counterrank evaluate-sessions &#39;a&lt;b.jsonl&#39; NUM sDCG --undefined skip --test paired-t --compare better.jsonl --click-enhancement --out page.html',
  );
  const alts = [...page.matchAll(/<svg[^>]* role="img" aria-label="([^"]*)"/g)].map(([, alt]) => alt);
  expect(alts).toContainEqual(expect.stringMatching(/^Mean sDCG\(convention=jarvelin\) by satisfaction \(search sessions\): 1: \d/));
  expect(alts).toContainEqual(expect.stringMatching(/^Mean NUM of better by L and C: between 0\.\d{4} and [01]\.\d{4}; L=5000, C=0: /));
  expect(await run(...words, '--out', 'page.html')).toMatchObject({
    code: 2,
    err: expect.stringMatching(/^error: "page\.html" exists; nothing is overwritten/),
  });
});

test.each<[string[], number, RegExp]>([
  [['log.jsonl', 'NUN'], 2, /^error: unknown session metric "NUN"; did you mean "NUM"\? known: CT, EU/],
  [['log.jsonl', 'NUM(L=-5)'], 2, /^error: options of NUM\(L=-5\): trailtextLength: must be above 0, got -5/],
  [['log.jsonl', 'sRBP(p=1.5)'], 2, /^error: options of sRBP\(p=1\.5\): persistence/],
  [['log.jsonl', 'NUM(Q=5)'], 2, /^error: NUM has no option "Q"/],
  [['log.jsonl', 'NUM', 'NUM'], 2, /^error: metric "NUM\(labels=click\)" is named twice/],
  [['none.jsonl', 'NUM'], 2, /^error: cannot read "none\.jsonl"/],
  [['log.jsonl', 'NUM', '--log-format', 'jsnol'], 2, /^error: unknown search-session log format "jsnol"; did you mean "jsonl"\?/],
  [['log.jsonl', 'NUM', '--log-format', 'tiangong-st'], 3, /^error: log\.jsonl:\d+:\d+: not well-formed XML/],
  [['log.jsonl', 'NUM', '--log-format', 'tiangong-qref'], 3, /^error: log\.jsonl: no list of search sessions, neither as the whole/],
  [['log.jsonl', 'NUM', '--format', 'tiangong-st'], 2, /^error: option '--format <name>' .*Allowed choices are table, json, csv, latex/],
  [['log.jsonl', 'NUM', '--format', 'latex', '--per-session'], 2, /^error: a LaTeX table holds means only: leave out --per-session/],
  [['log.jsonl', 'NUM', '--topic-map', 'm'], 2, /^error: a topic map serves to look judgments up: give the qrels too/],
  [['log.jsonl', 'NUM', '--regrade', '4=2'], 2, /^error: option '--regrade <grades>'.*such as 4:2,2:3,3:4/],
  [['log.jsonl', 'NUM', '--regrade', '4:2,4:3'], 2, /^error: option '--regrade <grades>'.*two new grades for one/],
  [['log.jsonl', 'NUM', '--qrels', 'q'], 2, /^error: qrels belong to a TREC Session log/],
  [['log.jsonl', 'NUM', '--compare', './log.jsonl'], 2, /^error: log "\.\/log\.jsonl" is named twice/],
  [
    ['log.jsonl', '--compare', 'b.jsonl', 'sRBP(p=0.9)'],
    2,
    /^error: "sRBP\(p=0\.9\)" is a metric, but --compare takes logs; write metrics before it/,
  ],
  [['log.jsonl', 'NUM', '--highest-grade', '0'], 2, /It must be a number above 0/],
  [['log.jsonl', 'NUM', '--labels', 'grades'], 2, /Allowed choices are grade, usefulness, click/],
  [['log.jsonl', 'NUM', '--highest-grade', '0.5'], 2, /^error: search session s0: grade 1 of b must be in \[0, highestGrade = 0\.5\]/],
  [['log.jsonl', 'NUM', '--out', 'log.jsonl/page.html'], 2, /^error: cannot write "log\.jsonl\/page\.html"/],
])('%j is one clear line', async (words, code, message) => {
  write('log.jsonl', current);
  const result = await run(...words);
  expect(result.err).toMatch(message);
  expect(result.code).toBe(code);
  expect(result.out).toBe('');
  expect(readdirSync('.')).toEqual(['log.jsonl']);
});

test('help teaches: metrics, formats, examples', async () => {
  const { out } = await counterrank('evaluate-sessions', '--help');
  for (const word of ['sRBP', 'tiangong-qref', 'Examples:', '--compare']) expect(out).toContain(word);
});
