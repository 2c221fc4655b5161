import { readFileSync, rmSync } from 'node:fs';
import { builtIn } from '../../../../experiments/catalogue/catalogue.ts';
import { collectRecords } from '../../../../experiments/records/collect-records.ts';
import { comparisonRows } from '../../../../experiments/report/comparison-rows.ts';
import { gatherReport } from '../../../../experiments/report/gather-report.ts';
import { latexTable } from '../../../../experiments/report/latex-table.ts';
import { type ReportOptions, usualReport } from '../../../../experiments/report/report-summary.ts';
import { planSweep } from '../../../../experiments/sweep/plan-sweep.ts';
import { temporaryFolder } from '../../../src/data/temporary-folder.ts';
import { contents, runProgram } from '../../sweep/run-program.ts';

const folder = temporaryFolder();
const config = folder.put(
  'clicks.yaml',
  `task: implicit-feedback
name: clicks
world: {name: synthetic, users: 30, items: 25}
training: {steps: 20, batch: 64, evaluateEvery: 5}
estimators: [naive, ips, {name: clipped-ips, clip: 0.1}, ideal]
evaluation: {metrics: [log-loss, 'ndcg@5', auc], negatives: 10}
`,
);
const sweep = folder.in('sweep');
const words = ['sweep', config, 'world.power=1,2', 'seed=1,2', '--out', sweep, '--jobs', '2'];
beforeAll(async () => {
  expect(await runProgram(words)).toMatchObject({ code: 0, out: expect.stringMatching(/^method +power 1 +power 2\nnaive /) });
});

const report = (changes: Partial<ReportOptions> = {}) =>
  gatherReport(
    [sweep],
    { ...usualReport, metrics: ['log-loss', 'ndcg@5'], ...changes },
    'counterrank report sweep',
    builtIn().presentations,
  );

test('a sweep that lost a run goes on and ends with the same bytes; watch shows it finished', async () => {
  const before = contents(`${sweep}/runs`);
  const table = readFileSync(`${sweep}/records.csv`, 'utf8');
  const [{ id }] = await collectRecords([sweep]);
  rmSync(`${sweep}/runs/${id}`, { recursive: true });
  expect(await runProgram(['sweep', sweep, '--jobs', '1', '--quiet'])).toMatchObject({ code: 0 });
  expect(contents(`${sweep}/runs`)).toEqual(before);
  expect(readFileSync(`${sweep}/records.csv`, 'utf8')).toBe(table);
  expect((await runProgram(['watch', sweep, '--once'])).out).toMatch(/^clicks: 4 of 4 finished\n\nmethod +power 1/);
});

test('the best of a loss is the lowest mean of those that learn from clicks, of other metrics the highest; the captions say so', async () => {
  const { summary } = await report();
  expect(summary.columns.map(({ metric }) => metric)).toEqual(['log-loss', 'ndcg@5', 'log-loss', 'ndcg@5']);
  const racing = summary.methods.filter(({ name }) => name !== 'ideal');
  for (const [c, { metric }] of summary.columns.entries()) {
    const means = racing.map(({ cells }) => cells[c].mean.value);
    expect(new Set(means).size).toBe(means.length);
    const best = metric === 'log-loss' ? Math.min(...means) : Math.max(...means);
    expect(racing.map(({ cells }) => cells[c].best)).toEqual(means.map((mean) => mean === best));
  }
  expect(latexTable(summary)).toContain('best (lowest log-loss) of the methods that learn in bold');
});

test('a win is a seed with a lower loss, or a higher ranking metric', async () => {
  const { summary } = await report();
  const { head, rows } = comparisonRows(summary);
  const at = (key: string) => head.indexOf(key);
  expect(rows.length).toBe(4 * 2 * 2);
  for (const [c, { metric, group }] of summary.columns.entries())
    for (const { method, cells } of summary.methods) {
      const row = rows.find(
        (one) => one[at('estimator.label')] === method && one[at('metric')] === metric && one[at('world.power')] === group.values[0],
      );
      if (method === 'naive') expect(row?.[at('wins')]).toBeNull();
      else {
        const gains = (cells[c].compared?.values ?? []).map((value) => (metric === 'log-loss' ? -value : value));
        expect(gains).toHaveLength(2);
        expect(row?.slice(at('wins'))).toEqual([1, 0, -1].map((sign) => gains.filter((gain) => Math.sign(gain) === sign).length));
      }
    }
});

test('differences by user are of the first metric: one over all pairs has a share for each user', async () => {
  const { compared, metric, byUnit } = await report();
  expect(metric).toBe('log-loss');
  expect(compared).toMatchObject({ label: 'log-loss', unit: 'user' });
  expect(byUnit).toHaveLength(4);
  for (const { differences } of byUnit) expect(differences.length).toBeGreaterThan(10);
});

test.each([
  ['of valid runs', 'estimators: [naive, ideal]\nevaluation: {metrics: [auc]}\n'],
  ['with faults beside', 'estimators: [naive, ips, ideal]\nevaluation: {metrics: [auc]}\n'],
])('a sweep over two tasks is refused in one line, %s', async (_, rest) => {
  const file = folder.put('two.yaml', `task: implicit-feedback\n${rest}`);
  const plan = (skip: string[] = []) => planSweep(file, { overrides: ['task=implicit-feedback,conversions', 'seed=1,2'], zip: [], skip });
  await expect(plan()).rejects.toThrow(
    /^.*two\.yaml: a sweep is of one task, but its runs are of implicit-feedback and conversions; make two sweeps$/,
  );
  expect((await plan(['task=conversions'])).runs).toHaveLength(2); // what is skipped is no run
});
