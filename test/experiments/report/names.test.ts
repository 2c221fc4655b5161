import { join } from 'node:path';
import { builtIn } from '../../../experiments/catalogue/catalogue.ts';
import { dataName } from '../../../experiments/config/data-name.ts';
import { collectRecords } from '../../../experiments/records/collect-records.ts';
import { comparisonPage } from '../../../experiments/report/comparison-page.ts';
import { gatherReport } from '../../../experiments/report/gather-report.ts';
import { labelled, labelledWords } from '../../../experiments/report/renaming.ts';
import { textOf } from '../../../experiments/report/report-formats.ts';
import { usualReport } from '../../../experiments/report/report-summary.ts';
import { configHash } from '../../../experiments/sweep/config-hash.ts';
import { runId } from '../../../experiments/sweep/run-id.ts';
import { temporaryFolder } from '../../src/data/temporary-folder.ts';
import { tinyConfig, writeTinyRun } from '../tiny-runs.ts';

const home = temporaryFolder();
const { presentations } = builtIn();

test('data sets are called by their name, else by their folder, never by a path', () => {
  expect(dataName({ name: 'mslr', path: '/x/y' })).toBe('mslr');
  expect(dataName({ path: '/data/MSLR-WEB30K/Fold1/' })).toBe('MSLR-WEB30K Fold1');
  expect(dataName({ path: './yahoo' })).toBe('yahoo');
  expect(dataName({ path: null })).toBe('synthetic');
});

test('a name of a run keeps a part of every key, the seed at the end too', () => {
  const long = runId([`data.path=/a/${'very-'.repeat(20)}long`, `estimator.name=${'x'.repeat(80)}`, 'seed=17'], 'a'.repeat(64));
  expect(long).toMatch(/^very-.*-x+-seed17-a{10}$/);
  expect(long.length).toBeLessThanOrEqual(71);
  expect(runId(['data.path=/home/me/mslr/Fold2', 'seed=3'], 'b'.repeat(64))).toBe('mslr-Fold2-seed3-bbbbbbbbbb');
});

describe('labels of a config', () => {
  const labels = { ips: 'IPS', 'clipped-ips': 'Clipped IPS', 'ndcg@10': 'NDCG@10', naive: 'Naïve' };

  test('stand for whole names only', () => {
    expect(labelled(labels, 'ips · ndcg@10')).toBe('IPS · NDCG@10');
    expect(labelled(labels, 'ips-like')).toBe('ips-like');
    expect(labelledWords(labels, 'clipped-ips ends worse than naive on ndcg@10, not ndcg@100')).toBe(
      'Clipped IPS ends worse than Naïve on NDCG@10, not ndcg@100',
    );
  });

  test('are what people read in tables and pages; files of numbers keep the names; the run is the same', async () => {
    const config = { seeds: 2, labels, estimators: ['naive', 'ips'] };
    await writeTinyRun(join(home.path, 'run'), config);
    const report = await gatherReport([join(home.path, 'run')], usualReport, 'counterrank report run', presentations);
    for (const format of ['terminal', 'markdown', 'latex', 'typst'] as const) {
      const text = textOf(format, report, {}, { columns: 200, terminal: false });
      expect(text).toContain('IPS');
      expect(text).toMatch(/NDCG.{0,3}@10|NDCG\\@10/);
      expect(text).not.toMatch(/\bips\b|ndcg@10/);
    }
    expect(textOf('csv', report)).toMatch(/^ips,ndcg@10,/m);
    expect(JSON.parse(textOf('json', report)).cells[0]['estimator.label']).toBe('naive');
    const page = await comparisonPage(report);
    expect(page.split('<h2>Runs</h2>')[0].replaceAll(/data:image[^"]*/g, '')).not.toMatch(/>ips<|\bips /);
    expect(configHash(tinyConfig(config))).toBe(configHash(tinyConfig({ ...config, labels: {} })));
  });
});

test('runs of one config are told apart by run or commit where that is asked, against the first, in the order given', async () => {
  const folders = ['old', 'new'].map((name) => join(home.path, name));
  for (const folder of folders) await writeTinyRun(folder, { estimators: ['naive', 'ips'] });
  const report = await gatherReport(folders, { ...usualReport, by: ['estimator.label', 'run'], metrics: ['ndcg@10'] }, '', presentations);
  const { columns, baseline, methods } = report.summary;
  expect(columns.map(({ group }) => group.values[0])).toEqual(['old', 'new']);
  expect(baseline).toBe('run=old');
  const [, ips] = methods;
  expect(ips.cells[1].mean.value).toBe(ips.cells[0].mean.value); // the same config and seeds
  expect(ips.cells[1].compared?.samples).toBe(2);
  const usual = await gatherReport(folders, usualReport, '', presentations);
  expect(usual.summary.warnings.join()).toContain('only that one counts');
  expect((await collectRecords(folders)).map(({ id }) => id)).toEqual(['old', 'new']);
});
