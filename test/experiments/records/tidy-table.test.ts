import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { collectRecords } from '../../../experiments/records/collect-records.ts';
import { flattenConfig } from '../../../experiments/records/flatten-config.ts';
import { tidyTable } from '../../../experiments/records/tidy-table.ts';
import { writeTidyTable } from '../../../experiments/records/write-tidy-table.ts';
import { readCsv } from '../../../src/data/read-csv.ts';
import { type ParquetValue, parquetColumns, readParquet } from '../../../src/data/read-parquet.ts';
import { DataError, UsageError } from '../../../src/errors.ts';
import { temporaryFolder } from '../../src/data/temporary-folder.ts';
import { writeTinyRun, writeTinySweep } from '../tiny-runs.ts';

const home = temporaryFolder().path;
const sweep = await writeTinySweep(join(home, 'sweep'), { seeds: [3], estimators: ['naive', { name: 'clipped-ips', clip: 0.3 }] });
await writeTinyRun(join(home, 'one'), { estimators: ['naive', { name: 'clipped-ips', clip: 0.6, label: 'clip 0.6' }] });
const runs = await collectRecords([sweep, join(home, 'one')]);
const table = tidyTable(runs);
const column = (name: string) => {
  const c = table.columns.findIndex((one) => one.name === name);
  return table.rows.map((row) => row[c]);
};

test('finds run folders at any depth, each once, and reads config, overrides, status and metrics', async () => {
  expect(runs.map(({ id }) => id)).toEqual(['cascade-500', 'cascade-5000', 'position-based-500', 'position-based-5000', 'one']);
  expect(await collectRecords([home, sweep])).toHaveLength(5);
  const [first] = runs;
  expect(first.keys.get('simulation.clickModel.name')).toBe('cascade');
  expect(first.methods[1].keys.get('estimator.clip')).toBe(0.3);
  expect(first.overrides[0]).toMatch(/^simulation=/);
  expect(first.status.state).toBe('finished');
});

test('what is half written, failed or cached is no run; runs of one name go by their paths', async () => {
  const other = join(home, 'sweep-2');
  for (const place of ['cache/x', 'failed/y', 'runs/z.1234.partial', '.hidden']) {
    mkdirSync(join(other, place), { recursive: true });
    for (const mark of ['config.json', 'metrics.csv', 'status.json']) writeFileSync(join(other, place, mark), '');
  }
  await expect(collectRecords([other])).rejects.toThrow(/^no finished run in ".*sweep-2": a run folder holds config\.json/);
  await expect(collectRecords([join(home, 'none')])).rejects.toThrow(/^cannot read the folder ".*none": no such file or folder/);
  const copy = await writeTinyRun(join(other, 'one'));
  expect((await collectRecords([join(home, 'one'), copy])).map(({ id }) => id)).toEqual([join(home, 'one'), copy]);
});

test('a damaged run is named with its file', async () => {
  const broken = await writeTinyRun(join(home, 'broken', 'a'));
  writeFileSync(join(broken, 'config.json'), '{');
  await expect(collectRecords([broken])).rejects.toThrow(DataError);
  await expect(collectRecords([broken])).rejects.toThrow(/config\.json: (not JSON|has changed since it was written)/);
});

test('one row per run, seed, method and metric, with the keys that vary and no others', () => {
  expect(table.columns.map(({ name }) => name)).toEqual([
    ...['run', 'seed', 'method', 'simulation.sessions', 'simulation.clickModel.name'],
    ...['simulation.clickModel.examination', 'simulation.clickModel.eta', 'estimator.name', 'estimator.clip', 'metric', 'value'],
  ]);
  expect(table.rows).toHaveLength(4 * 1 * 2 * 2 + 2 * 2 * 2);
  expect(new Set(column('simulation.sessions'))).toEqual(new Set([500, 5000, 2000]));
  expect(new Set(column('simulation.clickModel.eta'))).toEqual(new Set([null, 1]));
  expect(column('estimator.clip').filter((clip) => clip === 0.6)).toHaveLength(4);
  const [run] = runs.filter(({ id }) => id === 'one');
  const rows = table.rows.filter((row) => row[0] === 'one');
  expect(rows.map((row) => row.at(-1))).toEqual(run.metrics.map(({ value }) => value));
});

test('the order in which runs are found does not matter', () => {
  expect(tidyTable([...runs].reverse())).toEqual(table);
});

test('CSV and Parquet hold the table, the same bytes each time', async () => {
  expect(await writeTidyTable(home, table)).toBe(null);
  const bytes = ['records.csv', 'records.parquet'].map((name) => readFileSync(join(home, name)));
  await writeTidyTable(home, tidyTable([...runs].reverse()));
  for (const [i, name] of ['records.csv', 'records.parquet'].entries()) expect(readFileSync(join(home, name)).equals(bytes[i])).toBe(true);
  const names = table.columns.map(({ name }) => name);
  expect(await parquetColumns(join(home, 'records.parquet'))).toEqual(names);
  const rows: (readonly ParquetValue[])[] = [];
  for await (const row of readParquet(join(home, 'records.parquet'), names)) rows.push(row);
  expect(rows).toEqual(table.rows);
  const cells: (readonly string[])[] = [];
  for await (const row of readCsv(join(home, 'records.csv'), names)) cells.push(row);
  expect(cells).toEqual(table.rows.map((row) => row.map((cell) => (cell === null ? '' : String(cell)))));
});

test('a place that cannot be written is one clear line', async () => {
  await expect(writeTidyTable(join(home, 'nowhere'), table)).rejects.toThrow(UsageError);
});

test('groups become dotted keys, lists their JSON text', () => {
  const flat = flattenConfig({ a: { b: 1, c: [1, 2], d: null }, e: 'x', f: true });
  expect([...flat]).toEqual([
    ['a.b', 1],
    ['a.c', '[1,2]'],
    ['a.d', null],
    ['e', 'x'],
    ['f', true],
  ]);
});
