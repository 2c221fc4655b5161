import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { pairedTTest } from '../../../src/stats/index.ts';
import { writeTinySweep } from '../tiny-runs.ts';
import { counterrank } from './counterrank.ts';

const start = process.cwd();
const home = mkdtempSync(join(tmpdir(), 'counterrank-'));
const sweep = await writeTinySweep(join(home, 'sweep'), { seeds: 3, estimators: ['production', 'naive', 'ips', 'skyline'] });
beforeEach(() => process.chdir(mkdtempSync(join(tmpdir(), 'counterrank-'))));
afterAll(() => process.chdir(start));

/** Values by seed, read from the run folder by other code than ours. */
const values = (run: string, method: string) =>
  (parse(readFileSync(join(sweep, 'runs', run, 'metrics.csv')), { columns: true }) as Record<string, string>[])
    .filter((row) => row.method === method && row.metric === 'ndcg@10')
    .map((row) => Number(row.value));

test('the table on the terminal, by the keys asked for', async () => {
  const { code, out } = await counterrank(
    'report',
    sweep,
    '--by',
    'estimator.name,simulation.clickModel,simulation.sessions',
    '--metric',
    'ndcg@10',
    '--baseline',
    'naive',
  );
  expect(code).toBe(0);
  expect(out).toMatch(/^method +cascade · sessions 500 +cascade · sessions 5e3 +position-based/);
  const { difference, p } = pairedTTest(values('cascade-500', 'ips'), values('cascade-500', 'naive'));
  expect(out).toContain(`Δ ${difference.value < 0 ? '−' : '+'}${Math.abs(difference.value).toFixed(4)} p=`);
  expect(p).toBeLessThanOrEqual(1);
  expect(out).toContain('two-sided paired t-test over seeds, Holm-corrected over the 12 comparisons of a metric; * p < 0.05.');
});

test('--out writes all forms; their numbers are the same', async () => {
  const { code, err } = await counterrank('report', sweep, '--out', 'report', '--correction', 'none', '--alpha', '0.1');
  expect({ code, files: readdirSync('report').sort() }).toEqual({
    code: 0,
    files: ['report.csv', 'report.html', 'report.json', 'report.md', 'report.tex', 'report.typ'],
  });
  expect(err).toContain('report/report.html shows this with pictures');
  const csv = parse(readFileSync('report/report.csv'), { columns: true }) as Record<string, string>[];
  const { cells, alpha, correction, test: name } = JSON.parse(readFileSync('report/report.json', 'utf8'));
  expect({ alpha, correction, name }).toEqual({ alpha: 0.1, correction: 'none', name: 'paired-t' });
  expect(csv.map((row) => Number(row.mean))).toEqual(cells.map(({ mean }: { mean: number }) => mean));
  const row = csv.find(
    (one) => one['estimator.label'] === 'ips' && one['simulation.sessions'] === '500' && one['simulation.clickModel.name'] === 'cascade',
  );
  const { difference, p } = pairedTTest(values('cascade-500', 'ips'), values('cascade-500', 'naive'));
  expect(Number(row?.difference)).toBeCloseTo(difference.value, 12);
  expect(Number(row?.p_paired_t)).toBeCloseTo(p, 12);
  expect(row?.p_corrected).toBe(row?.p_paired_t);
  expect(row?.significant).toBe(String(p < 0.1));
  const mean = Number(row?.mean).toFixed(4);
  for (const form of ['md', 'tex', 'typ', 'html']) expect(readFileSync(`report/report.${form}`, 'utf8')).toContain(mean);
  expect(readFileSync('report/report.tex', 'utf8')).toMatch(/\$\\alpha\$ = 0\.1\. Tests: [^.]*, not corrected\./);
  expect(readFileSync('report/report.html', 'utf8')).toContain('--correction none --alpha 0.1');
});

test.each(['markdown', 'csv', 'latex', 'json', 'html'])('--format %s prints just that', async (format) => {
  const { code, out } = await counterrank('report', join(sweep, 'runs', 'cascade-500'), '--format', format);
  const starts = {
    markdown: '| method | ndcg@10',
    csv: 'estimator.label,metric,n,mean',
    latex: '% \\usepackage{booktabs}',
    json: '{',
    html: '<!doctype html>',
  };
  expect(code).toBe(0);
  expect(out.startsWith(starts[format as keyof typeof starts])).toBe(true);
  expect(readdirSync('.')).toEqual([]);
});

test('seeds and queries as crossed samples', async () => {
  const { out } = await counterrank('report', sweep, '--unit', 'both', '--by', 'estimator.label,simulation.clickModel');
  expect(out).toContain('over 3 × 10 seeds and test queries');
  expect(out).toContain('crossed t-test (Satterthwaite)');
});

test.each([
  [['report', 'none'], /^error: cannot read the folder "none"/],
  [['report', '.'], /^error: no finished run in "\."/],
  [['report', sweep, '--metric', 'ncdg@10'], /no run measured "ncdg@10"; did you mean "ndcg@10"\?/],
  [['report', sweep, '--by', 'data.pth'], /no run has the config key "data\.pth"; did you mean "data\.path"\?/],
  [['report', sweep, '--by', 'a,,b'], /with commas between them/],
  [['report', sweep, '--alpha', '1'], /between 0 and 1/],
  [['report', sweep, '--out', '.'], /"\." exists; nothing is overwritten/],
  [['export', sweep], /nothing to write: give --csv/],
  [['watch', sweep], /no sweep in ".*": there is no sweep\.json; begin one with counterrank sweep CONFIG/],
])('%j ends with 2, one clear line, nothing written', async (words, message) => {
  const { code, err } = await counterrank(...words);
  expect(err).toMatch(message);
  expect(code).toBe(2);
  expect(readdirSync('.')).toEqual([]);
});

test.each([[['report', 'old']], [['export', 'old', '--csv', 't.csv']]])(
  '%j of a run without study.json ends with 3 and one line',
  async (words) => {
    cpSync(join(sweep, 'runs', 'cascade-500'), 'old', { recursive: true });
    rmSync('old/study.json');
    const { code, out, err } = await counterrank(...words);
    expect(err).toMatch(/^error: old\/study\.json: is missing: [^\n]*repeat it[^\n]*\n?$/);
    expect({ code, out, files: readdirSync('.') }).toEqual({ code: 3, out: '', files: ['old'] });
  },
);

test.each([
  ['since it was written', false, /has changed since it was written/],
  ['and its checksum with it', true, /a row of seed "abc"/],
])('where a table of a run has changed, %s, export writes nothing', async (_, mended, message) => {
  cpSync(join(sweep, 'runs', 'cascade-500'), 'old', { recursive: true });
  const text = readFileSync('old/curves.csv', 'utf8').replace(/^1,/m, 'abc,');
  writeFileSync('old/curves.csv', text);
  if (mended) {
    const status = JSON.parse(readFileSync('old/status.json', 'utf8'));
    status.files['curves.csv'] = { bytes: Buffer.byteLength(text), sha256: createHash('sha256').update(text).digest('hex') };
    writeFileSync('old/status.json', JSON.stringify(status));
  }
  const { code, out, err } = await counterrank('export', 'old', '--csv', 't.csv', '--mlflow', 'mlruns');
  expect(err).toMatch(message);
  expect({ code, out, files: readdirSync('.') }).toEqual({ code: 3, out: '', files: ['old'] });
});

test('export: a tidy table and both trackers at once', async () => {
  const { code, out } = await counterrank(
    'export',
    sweep,
    '--csv',
    't.csv',
    '--parquet',
    't.parquet',
    '--mlflow',
    'mlruns',
    '--tensorboard',
    'tb',
  );
  expect(code).toBe(0);
  expect(out).toContain(`t.parquet: ${4 * 3 * 4 * 2} rows of 4 runs`);
  expect(out).toContain(`mlruns: ${4 * 3 * 4} new runs`);
  expect([existsSync('mlruns/0/meta.yaml'), existsSync('tb/cascade-500/ips/seed-1')]).toEqual([true, true]);
});

test('tables for papers are arranged as asked; a key that is not there is told the others', async () => {
  const { out } = await counterrank(
    'report',
    sweep,
    '--format',
    'latex',
    '--columns',
    'simulation.sessions',
    '--marks',
    'delta',
    '--label',
    'tab:x',
  );
  expect(out).toMatch(/\\multicolumn\{\d\}\{c\}\{sessions 500\} & \\multicolumn\{\d\}\{c\}\{sessions 5e3\}/);
  expect(out).toContain('\\textit{cascade}');
  expect(out).toContain('\\label{tab:x}');
  const wrong = await counterrank('report', sweep, '--format', 'typst', '--rows', 'simulation.session');
  expect(wrong.code).toBe(2);
  expect(wrong.err).toContain('did you mean "simulation.sessions"?');
  expect((await counterrank('report', sweep, '--marks', 'stars')).err).toContain('Marks are daggers, delta, p');
});

test('--figures writes the pictures of the page, as wide as asked, and only into a folder that is not there', async () => {
  const run = join(sweep, 'runs', 'cascade-500');
  const { code, err } = await counterrank('report', run, '--metric', 'ndcg@10', '--figures', 'figures', '--figure-width', '60mm');
  expect(code).toBe(0);
  const files = readdirSync('figures');
  const pictures = files.filter((name) => name.endsWith('.svg'));
  expect(err).toContain(`figures holds ${pictures.length} figures`);
  expect(pictures).toContain('metrics-by-method-ndcg-at-10.svg');
  for (const name of pictures)
    expect(Number(/width="([\d.]+)mm"/.exec(readFileSync(join('figures', name), 'utf8'))?.[1])).toBeLessThan(60.1);
  const again = await counterrank('report', run, '--figures', 'figures');
  expect({ code: again.code, err: again.err }).toEqual({ code: 2, err: expect.stringContaining('nothing is overwritten') });
  expect((await counterrank('report', run, '--figures', 'x', '--figure-width', '5mm')).err).toContain('from 30mm to 400mm');
  expect(existsSync('x')).toBe(false);
});

test('list --json has every kind with its methods', async () => {
  const { out } = await counterrank('list', '--json');
  const groups = JSON.parse(out) as { kind: string; methods: { name: string; description: string }[] }[];
  expect(groups.flatMap(({ methods }) => methods.map(({ name }) => name))).toEqual(
    expect.arrayContaining(['ips', 'cascade', 'ndcg', 'mlp']),
  );
});

test.each(['bash', 'zsh', 'fish'])('completion %s knows commands and options', async (shell) => {
  const { code, out } = await counterrank('completion', shell);
  expect(code).toBe(0);
  for (const word of ['estimate-bias', 'figure-width', 'sign-flip']) expect(out).toContain(word);
  expect((await counterrank('completion', 'csh')).err).toContain('known: bash, fish, zsh');
});
