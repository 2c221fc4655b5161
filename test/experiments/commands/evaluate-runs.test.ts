import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRng } from '../../../src/random/rng.ts';
import { holmCorrection, meanInterval, pairedTTest, signFlipTest } from '../../../src/stats/index.ts';
import { mainFile } from '../sweep/run-program.ts';
import { counterrank } from './counterrank.ts';
import { ids, reciprocal, topics, writeFiles } from './run-files.ts';

const start = process.cwd();
const main = mainFile(); // before the working folder changes
beforeEach(() => process.chdir(mkdtempSync(join(tmpdir(), 'counterrank-'))));
afterAll(() => process.chdir(start));

const evaluate = (...words: string[]) => counterrank('evaluate', '--qrels', 'qrels', '--quiet', ...words);
const three = ['--run', 'old.run', 'new.run', 'odd.run'];

test('JSON holds means, intervals, and both tests against the first run, corrected', async () => {
  writeFiles();
  const { code, out } = await evaluate(...three, 'RR', '--format', 'json', '-q');
  expect(code).toBe(0);
  const { results, perTopic, baseline, topics: n } = JSON.parse(out);
  expect({ baseline, n }).toEqual({ baseline: 'old.run', n: topics });
  expect(perTopic['new.run'].RR).toEqual(Object.fromEntries(ids.map((id, t) => [id, reciprocal('new.run')[t]])));
  const others = ['new.run', 'odd.run'];
  const t = others.map((run) => pairedTTest(reciprocal(run), reciprocal('old.run')));
  const flips = others.map((run) => signFlipTest(reciprocal(run), reciprocal('old.run'), createRng('1').fork(`RR/${run}`)));
  const [tHolm, flipHolm] = [t, flips].map((tests) => holmCorrection(tests.map(({ p }) => p)));
  expect(results[0]).toMatchObject({ run: 'old.run', measure: 'RR', difference: null, t_test_p: null, randomisation_p: null });
  others.forEach((run, i) => {
    const { value, lower, upper } = meanInterval(reciprocal(run));
    expect(results[i + 1]).toMatchObject({
      ...{ run, topics, t_test_p: t[i].p, t_test_p_holm: tHolm[i], randomisation_p: flips[i].p, randomisation_p_holm: flipHolm[i] },
      difference: expect.closeTo(t[i].difference.value, 12),
      randomisation_exact: flips[i].exact,
    });
    expect([results[i + 1].mean, results[i + 1].lower, results[i + 1].upper]).toEqual(
      [value, lower, upper].map((one) => expect.closeTo(one, 12)),
    );
  });
  expect(results[1].wins + results[1].ties + results[1].losses).toBe(topics);
});

test('says so where no measured topic has a relevant document', async () => {
  writeFiles();
  const warning = 'note: no topic has a relevant document (a label above 0): metrics of relevance are the same for every ranking';
  expect((await evaluate(...three, 'RR')).err).not.toContain(warning);
  writeFileSync('qrels', `${ids.map((id) => `${id} 0 good 0\n`).join('')}other 0 good 1\n`);
  expect(await evaluate(...three, 'RR')).toMatchObject({ code: 0, err: expect.stringContaining(warning) });
});

test('another baseline, by name or path; the same measure written twice counts once', async () => {
  writeFiles();
  for (const name of ['odd.run', './odd.run']) {
    const { out } = await evaluate(...three, '--baseline', name, '--format', 'csv', '--metric', 'MAP', 'AP(rel=1)', 'RR');
    const rows = out.trim().split('\n');
    expect(rows).toHaveLength(1 + 3 * 2);
    expect(rows.filter((row) => /^odd\.run,\w+,[\d.]+,[\d.]+,[\d.]+,24,,,/.test(row))).toHaveLength(2);
  }
});

test('a table, with both tests below; per topic too where asked', async () => {
  writeFiles();
  const { out } = await evaluate(...three, 'RR', 'P@1', '-q');
  expect(out).toMatch(/^run +RR +P@1$/m);
  expect(out).toMatch(/^new\.run +0\.7500 ±0\.\d{4} +0\.5000 ±0\.\d{4}$/m);
  expect(out).toMatch(/^RR +new\.run +\+0\.2292 .* 12\/12\/0$/m);
  expect(out).toMatch(/^t10 +1\.0000 +1\.0000 +1\.0000$/m);
});

test('LaTeX of runs', async () => {
  writeFiles();
  const { out } = await evaluate(...three, 'RR', '--format', 'latex');
  expect(out).toMatch(/^new\.run & \\textbf\{0\.7500\}\$\^\{\\dagger\}\$/m);
  expect(out).toContain('$n = 24$ topics');
});

test("trec_eval's lines: its names, four digits, topics before all", async () => {
  writeFiles();
  const { out } = await evaluate('--run', 'new.run', 'AP', 'nDCG@5', 'ERR@5', '--format', 'trec_eval', '-q');
  const lines = out.trimEnd().split('\n');
  expect(lines).toHaveLength(1 + 3 * (topics + 1));
  expect(lines[0]).toBe('runid                 \tall\tnew.run');
  expect(lines[1]).toBe('map                   \tt10\t1.0000');
  expect(lines.slice(-3)).toEqual([
    'map                   \tall\t0.7500',
    'ndcg_cut_5            \tall\t0.8155',
    `ERR@5                 \tall\t${((1 / 16) * 0.75).toFixed(4)}`,
  ]);
});

test("trec_eval's lines: counts are added up, gm_map is a geometric mean, and neither num_q nor gm_map has topics", async () => {
  writeFiles();
  const lines = async (...words: string[]) =>
    (await evaluate('--run', 'new.run', ...words, '--format', 'trec_eval')).out.trimEnd().split('\n');
  const perTopic = await lines('NumQ', 'NumRel', 'logAP', '-q');
  expect(perTopic).toHaveLength(1 + topics + 3);
  expect(perTopic[1]).toBe('num_rel               \tt10\t1');
  const aps = (await lines('AP', '-q')).slice(1, -1).map((line) => Number(line.split('\t')[2]));
  const geometric = aps.reduce((product, ap) => product * ap, 1) ** (1 / topics);
  expect(perTopic.slice(-3)).toEqual([
    `num_q                 \tall\t${topics}`,
    `num_rel               \tall\t${topics}`,
    `gm_map                \tall\t${geometric.toFixed(4)}`,
  ]);
});

test('topics that are missing or not judged are told; --complete counts the missing', async () => {
  writeFiles();
  const text = readFileSync('new.run', 'utf8')
    .split('\n')
    .filter((line) => !/^t(10|11) /.test(line));
  writeFileSync('new.run', [...text, 'x Q0 a 1 1 t'].join('\n'));
  const told = await evaluate(...three, 'RR', '--format', 'csv');
  expect(told.err).toContain(
    'note: 2 topics (t10, t11) of 24 judged are not in new.run: left out for all runs; --complete counts them as 0',
  );
  expect(told.err).toContain('note: 1 topic (x) of new.run without judgments, left out');
  expect(told.out).toMatch(/^old\.run,RR,[^,]*,[^,]*,[^,]*,22,/m);
  const complete = await evaluate(...three, 'RR', '--format', 'csv', '--per-query', '--complete');
  expect(complete.err).toContain('not in new.run: it scores 0 on them');
  expect(complete.out).toMatch(/^new\.run,RR,t10,0$/m);
  expect(complete.out.trim().split('\n')).toHaveLength(1 + 3 * topics);
});

test('only the first documents count where a depth is given', async () => {
  writeFiles();
  const { out } = await evaluate('--run', 'new.run', 'RR', '--depth', '1', '--format', 'csv');
  expect(out).toMatch(/^new\.run,RR,0\.5,/m); // the relevant document is first in every other topic
});

test('topics without a relevant document can be left out', async () => {
  writeFiles();
  writeFileSync('qrels', readFileSync('qrels', 'utf8').replace('t10 0 good 1', 't10 0 good 0'));
  const { out, err } = await evaluate(...three, 'RR', '--empty-queries', 'skip', '--format', 'csv');
  expect(err).toContain('note: 1 topic (t10) without a relevant document, left out');
  expect(out).toMatch(/^new\.run,RR,[^,]*,[^,]*,[^,]*,23,/m);
});

test('the page needs nothing else, has its pictures, and the command that makes it again', async () => {
  writeFiles();
  const { code } = await evaluate(...three, 'RR', "nDCG(dcg='exp-log2')@3", '--out', 'page.html');
  expect(code).toBe(0);
  const page = readFileSync('page.html', 'utf8');
  expect(page).not.toMatch(/<script|<link|<iframe|@import|url\(|\son\w+=/i);
  expect(page.match(/<svg /g)).toHaveLength(2 + 2 * 2); // a mean per measure, a difference per measure and other run
  expect(page).toContain('new.run is above old.run on RR');
  const [, command] = /<pre class="typed">(.*?)<\/pre>/s.exec(page) ?? [];
  const words = [...(command ?? '').replaceAll('&#39;', "'").matchAll(/'((?:[^']|'\\'')*)'|(\S+)/g)];
  const typed = words.map(([, quoted, bare]) => quoted?.replaceAll("'\\''", "'") ?? bare).slice(1);
  expect((await counterrank(...typed, '--quiet', '--out', 'again.html')).code).toBe(0);
  expect(readFileSync('again.html', 'utf8')).toBe(page);
});

test('one run has no tests, but everything else', async () => {
  writeFiles();
  const { code, out } = await evaluate('--run', 'new.run', '--out', 'page.html');
  expect(code).toBe(0);
  expect(out).toMatch(/^run +nDCG@10 +AP +RR$/m);
  expect(readFileSync('page.html', 'utf8')).toContain('nothing to test');
});

test('list names the measures', async () => {
  expect((await counterrank('list')).out).toMatch(/^ {2}nDCG +DCG over that of the ideal order/m);
});

test('measures of diversity take the subtopic from the second column, and say so where there is but one', async () => {
  writeFiles();
  writeFileSync('diversity', ids.map((id) => `${id} 1 good 1\n${id} 2 good 1\n${id} 2 bad1 1\n`).join(''));
  const words = ['--run', 'old.run', 'StRecall@1', 'P_IA@1', 'P@1', '--quiet', '--format', 'trec_eval'];
  const { out, err } = await counterrank('evaluate', '--qrels', 'diversity', ...words);
  const onTop = reciprocal('old.run').filter((value) => value === 1).length / topics; // else bad1 is, which is about one of two
  expect(out).toContain(`StRecall@1            \tall\t${(onTop + (1 - onTop) / 2).toFixed(4)}\n`);
  expect(out).toContain('P_1                   \tall\t1.0000');
  expect(err).toBe('');
  const plain = await counterrank('evaluate', '--qrels', 'qrels', ...words);
  expect(plain.err).toContain('note: all judgments are of one subtopic; measures of diversity take it from the second column');
});

test("trec_eval's names are taken, groups too; judgments or a run can come through a pipe", async () => {
  writeFiles();
  const { out } = await evaluate('--run', 'old.run', 'official', 'ndcg_cut.5,10', '--format', 'trec_eval');
  const names = out
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t')[0].trim());
  expect(names).toEqual(expect.arrayContaining(['map', 'gm_map', 'P_1000', 'iprec_at_recall_0.10', 'ndcg_cut_5', 'ndcg_cut_10']));
  expect(names).toHaveLength(1 + 29 + 2);
  const piped = execFileSync(process.execPath, [main, 'evaluate', '--qrels', 'qrels', '--run', '-', 'RR', '--quiet', '--format', 'csv'], {
    input: readFileSync('old.run'),
    encoding: 'utf8',
  });
  const { out: plain } = await evaluate('--run', 'old.run', 'RR', '--format', 'csv');
  expect(piped.trim()).toBe(plain.trim().replace('old.run', 'stdin'));
});

test('--ties: by id as trec_eval, the mean over all orders, or the rank column', async () => {
  writeFileSync('q', '1 0 a 1\n1 0 b 0\n2 0 a 1\n2 0 c 2\n');
  writeFileSync('r', '1 Q0 a 1 5 t\n1 Q0 b 2 5 t\n2 Q0 x 1 7 t\n2 Q0 a 2 6 t\n2 Q0 c 3 6 t\n');
  const values = async (...words: string[]) => {
    const { out } = await counterrank(
      'evaluate',
      '--qrels',
      'q',
      '--run',
      'r',
      'RR',
      'RR(rel=2)',
      'P@2',
      '--quiet',
      '--format',
      'json',
      '-q',
      ...words,
    );
    const { perTopic, ties } = JSON.parse(out);
    return { ties, ...Object.fromEntries(Object.entries(perTopic.r).map(([name, of]) => [name, Object.values(of as object)])) };
  };
  expect(await values()).toEqual({ ties: 'id', RR: [1 / 2, 1 / 2], 'RR(rel=2)': [0, 1 / 2], 'P@2': [1 / 2, 1 / 2] });
  expect(await values('--ties', 'rank')).toEqual({ ties: 'rank', RR: [1, 1 / 2], 'RR(rel=2)': [0, 1 / 3], 'P@2': [1 / 2, 1 / 2] });
  expect(await values('--ties', 'expected')).toEqual({
    ties: 'expected',
    RR: [3 / 4, 1 / 2],
    'RR(rel=2)': [0, expect.closeTo(5 / 12, 12)],
    'P@2': [1 / 2, 1 / 2],
  });
  expect(await values('--ties', 'expected', '--depth', '2')).toMatchObject({ 'RR(rel=2)': [0, 1 / 4] });
});

test('--ties rank of ranks that are none: one line, exit 3; --ties of models: exit 2', async () => {
  writeFileSync('q', '1 0 a 1\n');
  writeFileSync('r', '1 Q0 a 1 5 t\n1 Q0 b 1 5 t\n');
  expect(await counterrank('evaluate', '--qrels', 'q', '--run', 'r', 'RR', '--ties', 'rank', '--quiet')).toMatchObject({
    code: 3,
    err: expect.stringMatching(
      /^error: r: topic 1: documents "a" and "b" both have rank 1; --ties id or expected goes by the scores alone$/,
    ),
  });
  expect((await counterrank('evaluate', 'model', '--data', 'd', '--ties', 'id')).err).toContain('--ties needs --qrels');
});
