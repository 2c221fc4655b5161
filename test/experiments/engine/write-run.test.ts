import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { drawSvg } from '../../../experiments/charts/draw-svg.ts';
import { writeRun } from '../../../experiments/engine/write-run.ts';
import type { Provenance } from '../../../experiments/records/provenance.ts';
import { readStoredRun } from '../../../experiments/records/stored-run.ts';
import { readTable } from '../../../experiments/records/table-files.ts';
import { rowsIn, seriesOf } from '../../../experiments/tables/run-result.ts';
import { readModel } from '../../../experiments/tasks/ranking/read-model.ts';
import { writeModel } from '../../../experiments/tasks/ranking/write-model.ts';
import { training } from '../../../experiments/tasks/shared/training.ts';
import { linear } from '../../../src/models/linear.ts';
import { fakeConfig, fakeResult, fakeTask, summariseFake } from '../fake-result.ts';

const home = mkdtempSync(join(tmpdir(), 'counterrank-'));
const scorer = linear(2);
scorer.parameters.set([0.5, -1, 2]);
const scaling = { method: 'standardise', offset: [0.1, 0.2], factor: [1, 2] } as const;
const record = (started: string) => ({
  task: fakeTask,
  config: fakeConfig,
  overrides: ['seeds=5'],
  command: 'counterrank run fake.yaml seeds=5',
  result: fakeResult,
  helped: [],
  accounting: [],
  async save(folder: string) {
    for (const seed of fakeResult.seeds) await writeModel(join(folder, 'models', seed, 'ips'), scorer, scaling);
    return [];
  },
  draw: drawSvg,
  close() {},
  summary: summariseFake(),
  provenance: { started } as Provenance,
});
const fails = (error: unknown) => () => {
  throw error;
};
const files = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true, encoding: 'utf8' })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
await writeRun(join(home, 'a'), record('now'));
await writeRun(join(home, 'b'), record('later'));
const read = (name: string, folder = 'a') => readFileSync(join(home, folder, name), 'utf8');

test('holds config, overrides, numbers, models, table and report', () => {
  const model = ['model.json', 'scaling.json', 'weights.bin'];
  expect(files(join(home, 'a'))).toEqual(
    [
      ...['click-model-fits.csv', 'config.json', 'curves.csv', 'metrics.csv', 'overrides.json', 'per-query.csv', 'propensities.csv'],
      ...fakeResult.seeds.flatMap((seed) => model.map((name) => `models/${seed}/ips/${name}`)),
      ...[
        'report.html',
        'results.json',
        'safety.csv',
        'search-sessions.csv',
        'status.json',
        'study.json',
        'table.md',
        'training.csv',
        'trust-bias.csv',
        'weights.csv',
      ],
    ].sort(),
  );
  expect(JSON.parse(read('config.json'))).toEqual(fakeConfig);
  expect(JSON.parse(read('overrides.json'))).toEqual(['seeds=5']);
  expect(read('metrics.csv').split('\n')[0]).toBe('seed,method,metric,value,skipped');
});

test('without the page, all else is the same', async () => {
  await writeRun(join(home, 'c'), record('now'), { page: false });
  expect(files(join(home, 'c'))).toEqual(files(join(home, 'a')).filter((name) => name !== 'report.html'));
});

test('a page that cannot be drawn costs the page only', async () => {
  const fault = new RangeError('no ink');
  const views = fakeTask.views.map((view) => ({ ...view, draw: fails(fault), cell: fails(fault), cells: fails(fault) }));
  const written = await writeRun(join(home, 'd'), { ...record('now'), task: { ...fakeTask, views } });
  expect(written).toEqual({ folder: join(home, 'd'), lost: [], pageFault: fault });
  expect(files(join(home, 'd'))).toEqual(files(join(home, 'a')).filter((name) => name !== 'report.html'));
  expect((await readStoredRun(join(home, 'd'))).study.task).toBe('ranking');
});

test('of two runs of one seed only status.json differs', () => {
  const different = files(join(home, 'a')).filter((name) => read(name) !== read(name, 'b'));
  expect(different).toEqual(['status.json']);
});

test('results.json has intervals and tests as numbers', () => {
  const { methods, seeds, lowerIsBetter } = JSON.parse(read('results.json'));
  expect(methods[2].cells[1].mean.value).toBe(summariseFake().methods[2].cells[1].mean.value);
  expect(methods[1].cells[1].adjustedP).toBe(null);
  expect({ seeds, lowerIsBetter }).toEqual({ seeds: fakeResult.seeds, lowerIsBetter: [] });
});

test('training.csv says how training ended', async () => {
  const ends = await readTable(join(home, 'a'), training);
  expect(ends).toHaveLength(5 * 5);
  const [{ rows }] = ends.filter(({ seed, method }) => seed === '5' && method === 'dual-learning');
  expect(rows).toEqual([expect.objectContaining({ state: 'propensities-drifted', steps: 580, best_step: 380 })]);
});

test('study.json says what the other files hold, and comes back as it was', async () => {
  const description = {
    task: 'ranking',
    metrics: fakeResult.metrics,
    methods: ['production', 'naive', 'ips', 'clipped-ips', 'dual-learning', 'skyline'].map((name) => ({
      label: name,
      name,
      reference: name === 'production' || name === 'skyline',
    })),
    tables: fakeTask.tables,
  };
  expect(JSON.parse(read('study.json'))).toEqual(description);
  expect((await readStoredRun(join(home, 'a'))).study).toEqual(description);
});

test('every table that it describes is there, with these columns and the rows of the result', async () => {
  const { study } = await readStoredRun(join(home, 'a'));
  expect(study.tables.map(({ name }) => name)).toEqual([
    'propensities',
    'trust-bias',
    'curves',
    'weights',
    'click-model-fits',
    'training',
    'search-sessions',
    'safety',
  ]);
  for (const table of study.tables) {
    expect(read(`${table.name}.csv`).split('\n')[0]).toBe(['seed', 'method', ...Object.keys(table.columns)].join(','));
    const stored = await readTable(join(home, 'a'), table);
    for (const label of fakeResult.methods)
      expect(stored.filter(({ method }) => method === label)).toEqual(
        seriesOf(rowsIn(fakeResult, table), label).map(({ seed, rows }) => ({
          ...{ seed, method: label },
          rows: rows.map(({ seed: _seed, method: _method, ...row }) => row),
        })),
      );
  }
});

test('a saved model comes back with its scaling', async () => {
  const model = await readModel(join(home, 'a', 'models', '1', 'ips'));
  expect([...model.scorer.parameters]).toEqual([0.5, -1, 2]);
  expect(model.scaling).toEqual(scaling);
});

test('a pipe in the place of its scaling is not waited for', async () => {
  const model = join(home, 'piped-model');
  cpSync(join(home, 'a', 'models', '1', 'ips'), model, { recursive: true });
  rmSync(join(model, 'scaling.json'));
  execFileSync('mkfifo', [join(model, 'scaling.json')]);
  await expect(readModel(model)).rejects.toThrow('scaling.json: is no file, but a pipe or a device; train the model again');
});

test('a folder that exists is refused', async () => {
  await expect(writeRun(join(home, 'a'), record('again'))).rejects.toThrow(/exists; nothing is overwritten/);
  expect(JSON.parse(read('status.json')).started).toBe('now');
});
