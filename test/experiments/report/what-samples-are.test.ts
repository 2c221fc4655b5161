import { join } from 'node:path';
import { builtIn } from '../../../experiments/catalogue/catalogue.ts';
import { decodeStudy } from '../../../experiments/catalogue/read-study.ts';
import { collectRecords } from '../../../experiments/records/collect-records.ts';
import { latexTable } from '../../../experiments/report/latex-table.ts';
import { reportJson, textFormats } from '../../../experiments/report/report-formats.ts';
import { type ReportOptions, usualReport } from '../../../experiments/report/report-summary.ts';
import { summariseRuns } from '../../../experiments/report/summarise-runs.ts';
import { temporaryFolder } from '../../src/data/temporary-folder.ts';
import { writeRunOf } from '../tiny-runs.ts';

const home = temporaryFolder();
const screen = { columns: 200, terminal: false };
const config = decodeStudy(
  {
    task: 'implicit-feedback',
    seeds: 3,
    backend: 'cpu',
    saveModels: false,
    world: { name: 'synthetic', users: 20, items: 15 },
    training: { steps: 5, batch: 16, heldOutShare: 0.4 },
    estimators: ['naive', 'ips'],
    evaluation: { metrics: ['snips-dcg@5', 'dcg@5'] },
  },
  'tiny',
).config;
const [run] = await collectRecords([await writeRunOf(join(home.path, 'run'), config)]);
const report = (changes: Partial<ReportOptions>, of = run) => summariseRuns([of], { ...usualReport, ...changes }, builtIn().presentations);
const text = async (...words: Parameters<typeof report>) => textFormats.terminal(await report(...words), screen);

test('a pooled metric has no value per user: that is said, not "one of the test queries"', async () => {
  const alone = await text({ unit: 'query', metrics: ['snips-dcg@5'] });
  expect(alone).toMatch(/^snips-dcg@5: one value over everything, so no interval and no test here; --unit seed has those over seeds\.$/m);
  expect(alone).not.toContain('test quer');
  const beside = await text({ unit: 'query' });
  expect(beside).toMatch(/interval over \d+ test users\./); // not "1 to 20"
  expect(beside).toContain('snips-dcg@5: one value over everything');
  expect(latexTable(await report({ unit: 'both' }))).toContain('snips-dcg@5: one value over everything');
  expect(await text({ unit: 'seed' })).not.toContain('one value over everything');
});

test('recorded data: tables with intervals over seeds say what seeds vary, in every form', async () => {
  const recorded = { ...run, study: { ...run.study, seedsVary: 'the training' } };
  const words = 'The data are recorded: seeds vary the training only, so intervals and tests hold for these data alone.';
  const summary = await report({}, recorded);
  for (const form of ['terminal', 'markdown', 'latex'] as const) expect(textFormats[form](summary, screen)).toContain(words);
  expect(reportJson(summary)).toMatchObject({ seedsVary: 'the training' });
  expect(await text({ unit: 'query', metrics: ['dcg@5'] }, recorded)).not.toContain(words); // users are not the seeds
  expect(await text({})).not.toContain('recorded');
});

test('tasks say so of recorded worlds, and of no other', () => {
  const said = (task: string, world: object, more: object = {}) => {
    const { task: of, config } = decodeStudy(
      { task, world, estimators: ['naive'], baseline: null, evaluation: { metrics: ['auc'] }, ...more },
      'x',
    );
    return of.seedsVary?.(config) ?? null;
  };
  for (const task of ['implicit-feedback', 'explicit-feedback']) {
    const world = { name: 'recorded', reader: 'coat', path: 'coat' };
    expect(said(task, world, { exposure: 'popularity-power' })).toBe('the training');
    expect(said(task, { ...world, uniformSampleShare: 0.05 }, { exposure: 'popularity-power' })).toMatch(/^the training and which/);
  }
  expect(said('implicit-feedback', { name: 'synthetic' })).toBeNull();
  expect(said('conversions', { name: 'entire-space' })).toBeNull();
});
