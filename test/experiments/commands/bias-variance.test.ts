import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parse } from 'csv-parse/sync';
import { counterrank } from './counterrank.ts';

const configs = resolve('experiments/configs');
const start = process.cwd();
const clicks = `task: implicit-feedback
name: small
seeds: 3
world: {name: synthetic, users: 60, items: 40, power: 2}
training: {steps: 40, batch: 128, evaluateEvery: 10}
estimators: [naive, ips, {name: bpr, label: pairs}, ideal]
evaluation: {metrics: ['ndcg@5', auc]}
`;
beforeAll(() => {
  process.chdir(mkdtempSync(join(tmpdir(), 'counterrank-')));
  writeFileSync('clicks.yaml', clicks);
  writeFileSync('tasks.yaml', 'task: implicit-feedback\nestimators: [naive]\nevaluation: {metrics: [auc]}\n');
  writeFileSync(
    'ratings.yaml',
    'task: explicit-feedback\nseeds: 2\nworld: {name: self-selected-ratings, users: 30, items: 60}\ntraining: {steps: 20, batch: 64}\n',
  );
});
afterAll(() => process.chdir(start));

const run = (...words: string[]) => counterrank('bias-variance', ...words, '--quiet');
const csv = async (...words: string[]): Promise<Record<string, string>[]> => {
  const { code, out, err } = await run(...words, '--format', 'csv');
  expect({ code, err }).toEqual({ code: 0, err: expect.any(String) });
  return parse(out, { columns: true });
};

test('the table marks the least error of every curve, by threshold from no clipping to M = 1', async () => {
  const { code, out } = await run('clicks.yaml', '--clip', 'log(0.001,1,7)', '--predictions', 'truth,ips');
  expect(code).toBe(0);
  for (const title of ['Least mean squared error', 'predictions: truth', 'predictions: ips']) expect(out.split('\n')).toContain(title);
  const marked = out.split('\n').filter((line) => / M\* {2}\d?/.test(line) && /^(none|[\d.]+) /.test(line));
  expect(marked).toHaveLength(2);
  const rows = await csv('clicks.yaml', '--clip', 'log(0.001,1,7)', '--predictions', 'truth,ips');
  expect(rows.map(({ clip }) => Number(clip))).toEqual([...Array(2)].flatMap(() => [0, 0.001, 0.003162, 0.01, 0.03162, 0.1, 0.3162, 1]));
  for (const predictions of ['truth', 'ips']) {
    const curve = rows.filter((row) => row.predictions === predictions);
    const best = curve.filter(({ optimum }) => optimum === 'true');
    expect(best).toHaveLength(1);
    expect(Number(best[0].mse)).toBe(Math.min(...curve.map(({ mse }) => Number(mse))));
    expect(marked.some((line) => line.startsWith(best[0].clip === '0' ? 'none ' : `${best[0].clip} `))).toBe(true);
    for (const { squared_bias, variance, mse, mse_lower, mse_upper } of curve) {
      expect(Math.abs(Number(squared_bias) + Number(variance) - Number(mse))).toBeLessThan(1e-12 * Number(mse));
      expect(Number(mse_lower)).toBeLessThanOrEqual(Number(mse));
      expect(Number(mse_upper)).toBeGreaterThanOrEqual(Number(mse));
    }
    expect(curve.reduce((sum, { best_of_seeds }) => sum + Number(best_of_seeds), 0)).toBe(3);
    expect(curve.at(-1)?.clipped_share).toBe('1');
  }
});

test('several values of a key give a curve each, named by it; thresholds are sorted, each once', async () => {
  const rows = await csv('clicks.yaml', 'world.power=1,3', 'world.users=55', '--clip', '1,0.1,0.01..0.03..0.01,0.1');
  expect(rows.map((row) => `${row['world.power']} ${row.clip}`)).toEqual(
    ['1', '3'].flatMap((power) => ['0', '0.01', '0.02', '0.03', '0.1', '1'].map((clip) => `${power} ${clip}`)),
  );
  const { out } = await run('clicks.yaml', 'world.power=1,3', '--clip', '0.1,1');
  expect(out).toMatch(/^world\.power +predictions +M\*/m);
  expect(out).toMatch(/^world\.power=3 · predictions: ips$/m);
});

test('one seed: a curve without intervals; every seed’s curve with --per-seed, in its mean', async () => {
  const { out } = await run('clicks.yaml', 'seeds=1', '--clip', '0.1,1');
  expect(out).not.toContain('±');
  const perSeed = await csv('clicks.yaml', '--clip', '0.1,1', '--per-seed');
  expect(perSeed.map(({ seed, clip }) => `${seed} ${clip}`)).toEqual(
    ['1', '2', '3'].flatMap((seed) => ['0', '0.1', '1'].map((clip) => `${seed} ${clip}`)),
  );
  const means = await csv('clicks.yaml', '--clip', '0.1,1');
  for (const { clip, mse } of means) {
    const own = perSeed.filter((row) => row.clip === clip).map((row) => Number(row.bias) ** 2 + Number(row.variance));
    expect(Math.abs(own.reduce((a, b) => a + b, 0) / 3 / Number(mse) - 1)).toBeLessThan(1e-12);
  }
  const json = JSON.parse((await run('clicks.yaml', '--clip', '0.1,1', '--per-seed', '--format', 'json')).out);
  expect(json.rows).toHaveLength(9);
  expect(json.rows[1]).toMatchObject({ predictions: 'ips', seed: '1', clip: 0.1, bias: Number(perSeed[1].bias) });
});

test('JSON holds the setting, the optimum and its comparison; LaTeX and Markdown the same tables', async () => {
  const words = ['clicks.yaml', 'exposure=oracle,popularity-power', '--clip', '0.01,0.1,1'];
  const { settings, rows, notes } = JSON.parse((await run(...words, '--format', 'json')).out);
  expect(settings.map(({ overrides }: { overrides: object }) => overrides)).toEqual([
    { exposure: 'oracle' },
    { exposure: 'popularity-power' },
  ]);
  const [{ optima }] = settings;
  expect(optima[0]).toMatchObject({
    predictions: 'ips',
    ofSeeds: expect.any(Array),
    clip: rows.find((row: { optimum: boolean }) => row.optimum).clip,
  });
  expect(optima[0].unclippedOverLeast).toBeCloseTo(rows[0].mse / optima[0].meanSquaredError.value, 12);
  expect(notes.join('\n')).toContain('With exposure popularity-power');
  const latex = (await run(...words, '--format', 'latex')).out;
  expect(latex.match(/\\label\{tab:bias-variance-\d\}/g)).toHaveLength(3);
  expect(latex).toContain('bias$^2$');
  expect(latex).not.toMatch(/[±²θδ]/);
  const markdown = (await run(...words, '--format', 'markdown')).out;
  expect(markdown.match(/^\| ---/gm)).toHaveLength(3);
  expect(markdown).toContain('**exposure=popularity-power · predictions: ips**');
});

test('--learn adds what clipped-ips with every threshold learns, by the first metric of the config or another', async () => {
  const rows = await csv('clicks.yaml', '--clip', '0.05,1', '--learn');
  expect(rows.map(({ learnt_metric }) => learnt_metric)).toEqual(['ndcg@5', 'ndcg@5', 'ndcg@5']);
  const { out } = await run('clicks.yaml', '--clip', '0.05,1', '--learn', '--metric', 'log-loss');
  const [, ...learnt] = /^learnt: log-loss\n(.*)\n(.*)\n(.*)\n(.*)$/m.exec(out) ?? [];
  expect(learnt[0]).toMatch(/^M +log-loss +Δ none$/);
  expect(learnt.slice(1).map((line) => line.split(' ')[0])).toEqual(['none', '0.05', '1']);
  const values = learnt.slice(1).map((line) => Number(/ (\d\.\d{4})/.exec(line)?.[1]));
  expect(learnt.slice(1).findIndex((line) => line.endsWith('best'))).toBe(values.indexOf(Math.min(...values)));
  expect(out).toMatch(/learning: M +log-loss at M\*/);
});

test('explicit feedback: the loss of observed values', async () => {
  const { code, out } = await run('ratings.yaml', '--clip', '0.01,0.1', '--predictions', 'mean,clipped-ips');
  expect(code).toBe(0);
  expect(out).toContain('sum over observed pairs of e/max(θ, M)');
  expect(out).toContain('over all draws of what is observed');
  expect(out).toContain('predictions: clipped-ips');
});

test('the page stands alone, has a picture of every curve and the command; twice the same; never overwritten', async () => {
  const words = ['clicks.yaml', 'world.power=1,3', '--clip', 'log(0.001,1,7)', '--learn', '--metric', 'auc'];
  const { err, code } = await run(...words, '--out', 'page.html');
  expect(code).toBe(0);
  expect(err).toContain('page.html shows this with pictures');
  const page = readFileSync('page.html', 'utf8');
  expect(page).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org)/);
  expect(page.match(/<svg/g)).toHaveLength(2 + 1 + 2); // curves, all together, learnt
  expect(page).toContain('bias² + variance = MSE');
  expect(page).toContain('counterrank bias-variance clicks.yaml world.power=1,3 --clip');
  await run(...words, '--out', 'new/folder/again.html');
  expect(readFileSync('new/folder/again.html', 'utf8') === page).toBe(true);
  const refused = await run(...words, '--out', 'page.html');
  expect({ code: refused.code, err: refused.err }).toEqual({ code: 2, err: expect.stringMatching(/^error: "page\.html" exists/) });
  expect(readFileSync('page.html', 'utf8') === page).toBe(true);
});

test('an optimum at the end of the grid is told', async () => {
  expect((await run('clicks.yaml', 'world.power=4', '--clip', '1e-6,1e-5', '--predictions', 'truth')).err).toContain(
    'note: predictions: truth: the least MSE is at the highest threshold',
  );
});

test('help teaches: predictions, examples, and where to go on', async () => {
  const { code, out } = await counterrank('bias-variance', '--help');
  expect(code).toBe(0);
  for (const words of ['the true relevance', 'counterrank bias-variance mnar-semi-synthetic --out', 'counterrank sweep', '--learn'])
    expect(out).toContain(words);
});

test.each([
  [['clicks.yaml', '--clip', '0'], /--clip 0: a threshold is above 0 and at most 1/],
  [['clicks.yaml', '--clip', '0.1,2'], /--clip 2: a threshold is above 0/],
  [['clicks.yaml', '--clip', 'log(0,1,3)'], /log\(from,to,count\)/],
  [['clicks.yaml', '--clip', 'much'], /--clip much: a threshold/],
  [['clicks.yaml', '--clip', '0.1,'], /a value is empty/],
  [['clicks.yaml', '--predictions', 'truth,'], /names with commas/],
  [['clicks.yaml', '--predictions', 'ipss'], /unknown predictions "ipss"; did you mean "ips"/],
  [['clicks.yaml', '--predictions', 'pairs'], /bpr only ranks/],
  [['clicks.yaml', 'seed=1..3'], /seeds are averaged over/],
  [['clicks.yaml', 'world.powr=1'], /world\.powr: unknown key/],
  [['clicks.yaml', 'world.power=0'], /world\.power/],
  [['clicks.yaml', '--metric', 'auc'], /add --learn/],
  [['clicks.yaml', '--learn', '--metric', 'nothing'], /unknown metric "nothing"/],
  [['clicks.yaml', '--per-seed'], /--format csv and json/],
  [['clicks.yaml', '--format', 'xml'], /table, json, csv, latex, markdown/],
  [['clicks.yaml', 'world=position-biased-lists'], /not seen independently/],
  [['clicks.yaml', '--out', 'clicks.yaml/page.html'], /cannot write/],
  [['tasks.yaml', 'task=implicit-feedback,explicit-feedback'], /of one task/],
  [['missing.yaml'], /missing\.yaml/],
  [[join(configs, 'quickstart.yaml')], /has no task/],
  [[join(configs, 'entire-space.yaml')], /"conversions" has no exposure to clip/],
  [[join(configs, 'mnar-open-bandit.yaml')], /no truth to measure bias by/],
])('%j: one clear line, nothing written', async (words, message) => {
  const before = readdirSync('.');
  const { code, out, err } = await run(...words, ...(words.includes('--out') ? [] : ['--out', 'refused.html']));
  expect({ code, out, err }).toEqual({ code: 2, out: '', err: expect.stringMatching(message) });
  expect(existsSync('refused.html')).toBe(false);
  expect(readdirSync('.')).toEqual(before);
});
