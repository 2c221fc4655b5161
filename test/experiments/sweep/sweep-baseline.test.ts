import { readFileSync } from 'node:fs';
import { builtIn } from '../../../experiments/catalogue/catalogue.ts';
import { readStudy } from '../../../experiments/catalogue/read-study.ts';
import { collectRecords } from '../../../experiments/records/collect-records.ts';
import { tidyTable } from '../../../experiments/records/tidy-table.ts';
import { gatherSummary } from '../../../experiments/report/gather-report.ts';
import { textFormats } from '../../../experiments/report/report-formats.ts';
import { usualReport } from '../../../experiments/report/report-summary.ts';
import { carryOut } from '../../../experiments/sweep/carry-out.ts';
import { collectSweep, reportSweep } from '../../../experiments/sweep/collect-sweep.ts';
import { diskStageCache } from '../../../experiments/sweep/disk-stage-cache.ts';
import { beginSweep } from '../../../experiments/sweep/open-sweep.ts';
import { planSweep } from '../../../experiments/sweep/plan-sweep.ts';
import { runConfigOf } from '../../../experiments/sweep/sweep-file.ts';
import { sweepPaths } from '../../../experiments/sweep/sweep-folder.ts';
import { wholeRun } from '../../../experiments/trackers/mlflow-content.ts';
import { trialsOf } from '../../../experiments/trackers/trial.ts';
import { temporaryFolder } from '../../src/data/temporary-folder.ts';
import { tinyConfig } from './run-program.ts';

const home = temporaryFolder();
const config = home.put('tiny.yaml', `${tinyConfig}baseline: ips\n`);
const silent = home.put('silent.yaml', tinyConfig);
const plan = (overrides: string[], { file = config, extend = false } = {}) => planSweep(file, { overrides, zip: [], skip: [] }, { extend });
const { presentations } = builtIn();

/** Does all runs of a sweep in this process. */
async function done(name: string, overrides: string[], file = config): Promise<string> {
  const folder = home.in(name);
  const sweep = await beginSweep(folder, await plan(overrides, { file }), false);
  const { cache, claims } = sweepPaths(folder);
  for (const run of sweep.runs) {
    const order = { folder, config: runConfigOf(sweep, run), command: 'counterrank run', ...run };
    expect(await carryOut(order, diskStageCache(cache, claims), () => {})).toMatchObject({ kind: 'finished' });
  }
  return folder;
}

const words = ['estimator=naive,ips,skyline', 'seed=1..3'];
const folder = await done('sweep', words);
const summaryOf = async (of: string) => (await gatherSummary([of], usualReport, presentations)).summary;

test('the baseline of the file is that of all tables of its sweep, not naive', async () => {
  const summary = await summaryOf(folder);
  expect(summary.baseline).toBe('ips');
  expect(summary.methods.map(({ method, cells }) => [method, cells[0].difference === null])).toEqual([
    ['naive', false],
    ['ips', true],
    ['skyline', false],
  ]);
  expect(textFormats.latex(summary)).toContain('significantly above (below) ips');
  expect(textFormats.markdown(summary)).toContain('Δ: difference from ips');
  await collectSweep(folder);
  expect(readFileSync(await reportSweep(folder, presentations), 'utf8')).toContain('Δ: difference from ips');
});

test('every run tells trackers and tables of it; its config can be run alone', async () => {
  for (const run of await collectRecords([folder])) {
    expect(run.config.baseline).toBe('ips');
    expect(new Map((await wholeRun(run, await trialsOf(run))).parameters).get('baseline')).toBe('ips');
    await expect(readStudy(`${run.folder}/config.json`)).resolves.toMatchObject({ config: { baseline: null } });
  }
  expect(tidyTable(await collectRecords([folder])).columns.map(({ name }) => name)).not.toContain('baseline'); // all have the same
});

test('nothing said: the usual one; null: no tests, as in a run', async () => {
  expect((await summaryOf(await done('usual', words, silent))).baseline).toBe('naive');
  const none = await summaryOf(await done('none', [...words, 'baseline=null']));
  expect(none.baseline).toBeNull();
  expect(none.methods.every(({ cells }) => cells[0].difference === null)).toBe(true);
});

test('typed, before or behind the methods, it replaces that of the file', async () => {
  for (const order of [
    ['baseline=naive', ...words],
    [...words, 'baseline=naive'],
  ])
    expect((await plan(order)).runs.map(({ baseline, config }) => [baseline, config.baseline])).toEqual(new Array(9).fill(['naive', null]));
  expect((await readStudy(config, ['estimator=naive', 'baseline=ips'])).baseline).toBe('ips');
});

test('one that no run of the sweep has is refused in one line, with the file that says it; a default is not', async () => {
  const fault =
    /^[^\n]*tiny\.yaml: baseline: "ips" is none of the methods of the sweep; name one of naive, skyline, as in baseline=naive, or [^\n]*$/;
  await expect(plan(['estimator=naive,skyline'])).rejects.toThrow(fault);
  const heir = home.put('heir.yaml', 'extends: tiny.yaml\nsweep: {grid: {estimator: [naive, skyline]}}\n');
  await expect(plan([], { file: heir })).rejects.toThrow(/heir\.yaml: baseline: "ips" is none .*\(in .*tiny\.yaml\)$/);
  await expect(plan(['estimator=ips,skyline'], { file: silent })).resolves.toMatchObject({ runs: [{}, {}] });
  await expect(plan(['estimator=skyline', 'seed=1,2'])).resolves.toMatchObject({ runs: [{}, {}] }); // nothing to compare
  await expect(plan(['estimator=naive,ips', 'baseline=naive,ips'])).rejects.toThrow(/they name naive and ips; give one/);
});

test('a sweep that is extended may have it already; another one is refused', async () => {
  const more = await plan(['estimator=naive,skyline', 'seed=4'], { extend: true });
  expect((await beginSweep(folder, more, true)).runs).toHaveLength(11);
  const other = await plan(['estimator=naive,skyline', 'seed=5', 'baseline=naive'], { extend: true });
  await expect(beginSweep(folder, other, true)).rejects.toThrow(/extended: baseline: .* they name ips and naive; give one/);
});

test('runs of several methods each keep their own; a default that is not among them makes no fault', async () => {
  expect((await plan(['seed=1,2'])).runs.map(({ config }) => config.baseline)).toEqual(['ips', 'ips']);
  const { config: alone } = await readStudy(silent, ['estimators=[ips, skyline]']);
  expect(alone.baseline).toBeNull();
  await expect(readStudy(config, ['estimators=[naive, skyline]'])).rejects.toThrow('baseline: "ips" is not one of the estimators');
});
