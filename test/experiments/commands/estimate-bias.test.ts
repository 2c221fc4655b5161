import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../src/data/temporary-folder.ts';
import { counterrank } from './counterrank.ts';

const home = temporaryFolder();
const row = (docs: string, clicks: number[], count: number) => JSON.stringify({ query: 'q', docs: [...docs], clicks, count });
/** Both documents at both ranks, each attracting half of those who look; a look at rank 2 is half as likely. */
const log = home.put(
  'log.jsonl',
  ['ab', 'ba'].flatMap((docs) => [row(docs, [1, 0], 400), row(docs, [0, 1], 200), row(docs, [0, 0], 400)]).join('\n'),
);

test('shows the estimates that the log suffices for side by side, and says what the others need', async () => {
  const { code, out, err } = await counterrank('estimate-bias', log);
  expect(code).toBe(0);
  const [head, , second] = out.split('\n').map((line) => line.split(/ {2,}/));
  expect(head.slice(0, 1)).toEqual(['rank']);
  expect(second[head.indexOf('all-pairs')]).toMatch(/^0\.500/);
  expect(err).toMatch(/^left out regression-em: learns relevance from features: .*--features/m);
  expect(err).toMatch(/^left out rand-pair: .*--randomised-log/m);
  expect(head).not.toContain('oracle');
  expect(err).toMatch(/^estimate 0\/\d+ · /);
  expect((await counterrank('estimate-bias', log, '--quiet')).err).not.toMatch(/^estimate \d/m);
});

test('a run folder has the page and every bias, and a run is corrected by one of them', async () => {
  const out = home.in('bias');
  const made = await counterrank('estimate-bias', log, '--method', 'naive-ctr,pivot-one', '--out', out, '--quiet');
  expect([made.code, made.err]).toEqual([0, '']);
  const file = join(out, 'models', '1', 'pivot-one', 'bias.json');
  expect(existsSync(join(out, 'report.html'))).toBe(true);
  const { examination } = JSON.parse(readFileSync(file, 'utf8'));
  expect(examination[1]).toBeCloseTo(0.5, 10);
  const world = [
    'data.synthetic={trainQueries: 8, validationQueries: 4, testQueries: 4, features: 3}',
    'simulation={sessions: 500, positions: 2}',
  ];
  const config = home.put('own.yaml', `estimators: [naive, {bias: {name: saved, file: ${file}}, weighting: ips}]`);
  const run = await counterrank('run', config, 'seeds=1', 'training.steps=5', ...world, '--out', home.in('run'), '--quiet');
  expect(run.code).toBe(0);
  expect(readFileSync(home.in('run/propensities.csv'), 'utf8')).toMatch(/^1,ips\+saved,2,0\.5(0+\d*|),/m);
});

test('the truth of lists of more ranks, or fewer, is refused', async () => {
  for (const [positions, docs] of [
    [3, 'abc'],
    [1, 'a'],
  ] as const) {
    const config = home.put(
      'other.yaml',
      `data: {synthetic: {trainQueries: 4, validationQueries: 2, testQueries: 2, features: 3}}\nsimulation: {sessions: 50, positions: ${positions}}`,
    );
    await counterrank('simulate', config, '--out', home.in(`other-${docs}`));
    const path = home.put(
      'three.jsonl',
      ['abc', 'bca'].map((seen) => `${row(seen.slice(0, 2), [1, 1], 9)}\n${row('cd', [1, 0], 2)}`).join('\n'),
    );
    const { code, err } = await counterrank(
      'estimate-bias',
      path,
      '--method',
      'naive-ctr',
      '--truth',
      home.in(`other-${docs}/truth/truth.json`),
    );
    expect([code, err]).toEqual([2, expect.stringMatching(`truth of lists of ${positions} ranks, but the log shows 2`)]);
  }
});

test('the truth of a folder that simulate wrote stands beside the estimates', async () => {
  const folder = home.in('simulated');
  const config = home.put(
    'world.yaml',
    'data: {synthetic: {trainQueries: 20, validationQueries: 4, testQueries: 4, features: 3}}\nsimulation: {sessions: 20000, positions: 3, clickModel: {name: position-based, examination: [1, 0.5, 0.25]}, temperature: 0.5, listsPerQuery: 5}',
  );
  await counterrank('simulate', config, '--out', folder);
  const { out } = await counterrank('estimate-bias', folder, '--method', 'all-pairs,trust-bias', '--out', home.in('told'));
  expect(out).toMatch(/of trust-bias α and β .* scale is a prior’s .*: the truth may be far outside/);
  const page = readFileSync(home.in('told/report.html'), 'utf8');
  expect(page.match(/scale is a prior’s[^<]* truth may be far outside/g)).toHaveLength(2); // beside the picture and the table
  const rows = out.split('\n').map((line) => line.trim().split(/ {2,}/));
  expect(rows[0].slice(0, 3)).toEqual(['rank', 'truth', 'all-pairs']);
  expect(rows.slice(1, 4).map(([rank, truth]) => [rank, truth])).toEqual([
    ['1', '1.00'],
    ['2', '0.500'],
    ['3', '0.250'],
  ]);
  expect(Math.abs(Number.parseFloat(rows[2][2]) - 0.5)).toBeLessThan(0.05);
});

describe('randomised sessions of a log without data', () => {
  const swapped = (more: string) =>
    `query,docs,clicks,count,${more}\n${['a b', 'b a'].flatMap((docs) => [`q,${docs},1 0,400`, `q,${docs},0 1,100`]).join('\n')}\n`;

  test('keep their policies', async () => {
    const { code, out } = await counterrank(
      ...['estimate-bias', log, '--method', 'adjacent-swap'],
      ...['--randomised-log', home.put('swapped.csv', swapped('policy').replaceAll(/(?<=00)$/gm, ',1'))],
    );
    expect([code, out.split('\n')[2]]).toEqual([0, expect.stringMatching(/^ *2 +0\.250 /)]);
  });

  test('are of the same queries', async () => {
    const other = home.put('other.csv', 'query,docs,clicks\nr,a b,1 0\nr,b a,0 1\n');
    const { code, err } = await counterrank('estimate-bias', log, '--randomised-log', other);
    expect([code, err]).toEqual([
      2,
      expect.stringMatching(/other\.csv" has no query of ".*log\.jsonl": name sessions of the same queries/),
    ]);
  });
});

test('with contexts, the curve of each by its name', async () => {
  const rows = (device: string, below: number) =>
    ['ab', 'ba'].flatMap((docs) =>
      [row(docs, [1, 0], 400), row(docs, [0, 1], below), row(docs, [0, 0], 600 - below)].map(
        (line) => `${line.slice(0, -1)},"device":"${device}"}`,
      ),
    );
  const path = home.put('devices.jsonl', [...rows('phone', 100), ...rows('desktop', 200)].join('\n'));
  const folder = home.in('by-device');
  const { code, out } = await counterrank('estimate-bias', path, '--context', 'device', '--out', folder);
  expect(code).toBe(0);
  const table = out.slice(out.lastIndexOf('all-pairs by device')).split('\n');
  expect(table[1]?.trim().split(/ {2,}/)).toEqual(['rank', 'phone', 'desktop']);
  expect(table[3]).toMatch(/^ *2 +0\.250\b.* 0\.500\b/);
  expect(readFileSync(join(folder, 'bias.csv'), 'utf8')).toMatch(/^1,all-pairs by device,2,0\.37/m); // the mean over sessions
  expect(readFileSync(join(folder, 'bias-by-context.csv'), 'utf8')).toMatch(
    /^1,all-pairs by device,phone,2,0\.25[^\n]*\n1,all-pairs by device,desktop,1/m,
  );
  const page = readFileSync(join(folder, 'report.html'), 'utf8');
  expect(page).toMatch(/All estimates: [^"]*naive-ctr 1: 1\.00[^"]*all-pairs by device 1: 1\.00/);
  expect(page).toMatch(/all-pairs by device: [^"]*phone 1: 1\.00, 2: 0\.250; desktop 1: 1\.00, 2: 0\.500/);
});

test('a context whose lists tell no bias is called by its name, by every command', async () => {
  const of = (docs: string, device: string) =>
    [row(docs, [1, 0], 400), row(docs, [0, 1], 100), row(docs, [0, 0], 500)].map((line) => `${line.slice(0, -1)},"device":"${device}"}`);
  const path = home.put('still-on-phones.jsonl', [...of('ab', 'phone'), ...of('ab', 'desktop'), ...of('ba', 'desktop')].join('\n'));
  const why = /context phone: no document was seen, and clicked, both at rank 1 and at rank 2/;
  const by = ['--context', 'device'];
  const all = await counterrank('estimate-bias', path, ...by);
  for (const name of ['contextual-network', 'all-pairs by device']) expect(all.err).toMatch(new RegExp(`left out ${name}: ${why.source}`));
  const asked = ['contextual-network', '--quiet'];
  expect((await counterrank('estimate-bias', path, ...by, '--method', ...asked)).err).toMatch(why);
  expect((await counterrank('diagnose', path, ...by)).out).toMatch(new RegExp(`^no +contextual-network +${why.source}`, 'm'));
  expect((await counterrank('fit', path, ...by, '--bias', ...asked, '--out', home.in('by-name'))).err).toMatch(why);
  const config = home.put(
    'by-name.yaml',
    `task: own-log\nlog: {path: ${path}, context: device}\nestimators: [{name: document-relevance, propensity: {name: all-pairs, by: context}}]\nevaluation: {bias: {name: all-pairs, by: context}}`,
  );
  expect((await counterrank('run', config, '--out', home.in('by-name'), '--quiet')).err).toMatch(why);
});

test('one rank tells no α and β: trust-bias is refused, and left out of all', async () => {
  const one = home.put('one.jsonl', [row('a', [1], 45), row('a', [0], 55), row('b', [1], 20), row('b', [0], 80)].join('\n'));
  const { code, err } = await counterrank('estimate-bias', one, '--method', 'trust-bias');
  expect([code, err]).toEqual([2, expect.stringMatching(/the log shows one rank, which tells neither α nor β/)]);
  const all = await counterrank('estimate-bias', one);
  expect([all.code, all.out]).toEqual([0, expect.not.stringContaining('trust-bias')]);
});

describe('a log that says nothing of its bias', () => {
  const still = home.put('still.jsonl', [row('ab', [1, 0], 400), row('ab', [0, 1], 200)].join('\n'));
  const silent = home.put('silent.jsonl', [row('ab', [0, 0], 400), row('ba', [0, 0], 400)].join('\n'));

  test.each([
    [still, 'click-model', /no document was seen, and clicked, both at rank 1 and at rank 2, so a prior would be shown/],
    [still, 'trust-bias', /no document was seen, and clicked, both at rank 1 and at rank 2, so a prior would be shown/],
    [silent, 'click-model', /the log has no click/],
    [silent, 'trust-bias', /the log has no click/],
  ])('%s: %s is refused by name', async (path, method, message) => {
    const { code, err } = await counterrank('estimate-bias', path, '--method', method);
    expect([code, err]).toEqual([2, expect.stringMatching(message)]);
  });

  test('and left out where all are asked for', async () => {
    const { code, out, err } = await counterrank('estimate-bias', still);
    expect([code, out.split('\n')[0].trim().split(/ {2,}/)]).toEqual([0, ['rank', 'naive-ctr']]);
    expect(err).toMatch(/^left out click-model: no document was seen, and clicked, both/m);
    expect(err).toMatch(/^left out trust-bias: no document was seen, and clicked, both/m);
  });
});

test.each([
  [['--method', 'all-pars'], /unknown bias estimator "all-pars"; did you mean "all-pairs"/],
  [['--method', 'all,naive-ctr'], /--method all,naive-ctr: all stands alone/],
  [['--method', 'randomisation'], /randomisation needs sessions shown in random order/],
  [['--data', 'none'], /none/],
])('%j is one clear line', async (words, message) => {
  const { code, err } = await counterrank('estimate-bias', log, ...words);
  expect(code).toBe(2);
  expect(err).toMatch(message);
  expect(err.trim().split('\n').length).toBeLessThan(3);
});
