import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeRun } from '../../../experiments/engine/write-run.ts';
import type { Provenance } from '../../../experiments/records/provenance.ts';
import { summariseRun } from '../../../experiments/summary/summary.ts';
import { readModel } from '../../../experiments/tasks/ranking/read-model.ts';
import { linear } from '../../../src/models/linear.ts';
import { fakeConfig, fakeResult } from '../fake-result.ts';

const home = mkdtempSync(join(tmpdir(), 'counterrank-'));
const scorer = linear(2);
scorer.parameters.set([0.5, -1, 2]);
const scaling = { method: 'standardise', offset: [0.1, 0.2], factor: [1, 2] } as const;
const result = { ...fakeResult, scaling, models: fakeResult.seeds.map(() => fakeResult.methods.map((_, m) => (m === 2 ? scorer : null))) };
const record = (started: string) => ({
  config: fakeConfig,
  overrides: ['seeds=5'],
  command: 'counterrank run fake.yaml seeds=5',
  result,
  summary: summariseRun(fakeConfig, result),
  provenance: { started } as Provenance,
});
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
      ...['config.json', 'curves.csv', 'metrics.csv', 'overrides.json', 'per-query.csv', 'propensities.csv'],
      ...fakeResult.seeds.flatMap((seed) => model.map((name) => `models/${seed}/ips/${name}`)),
      ...['report.html', 'results.json', 'status.json', 'table.md', 'weights.csv'],
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

test('of two runs of one seed only status.json differs', () => {
  const different = files(join(home, 'a')).filter((name) => read(name) !== read(name, 'b'));
  expect(different).toEqual(['status.json']);
});

test('results.json has intervals and tests as numbers, and how training ended', () => {
  const { methods, status } = JSON.parse(read('results.json'));
  expect(methods[2].cells[1].mean.value).toBe(summariseRun(fakeConfig, result).methods[2].cells[1].mean.value);
  expect(methods[1].cells[1].adjustedP).toBe(null);
  expect(status).toContainEqual(expect.objectContaining({ seed: '5', method: 'dual-learning', state: 'propensities-drifted' }));
});

test('a saved model comes back with its scaling', async () => {
  const model = await readModel(join(home, 'a', 'models', '1', 'ips'));
  expect([...model.scorer.parameters]).toEqual([0.5, -1, 2]);
  expect(model.scaling).toEqual(scaling);
});

test('a folder that exists is refused', async () => {
  await expect(writeRun(join(home, 'a'), record('again'))).rejects.toThrow(/exists; nothing is overwritten/);
  expect(JSON.parse(read('status.json')).started).toBe('now');
});
