import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { parse } from 'yaml';
import { collectRecords } from '../../../experiments/records/collect-records.ts';
import { mlflowName } from '../../../experiments/trackers/mlflow-run.ts';
import { writeMlflow } from '../../../experiments/trackers/write-mlflow.ts';
import { UsageError } from '../../../src/errors.ts';
import { temporaryFolder } from '../../src/data/temporary-folder.ts';
import { writeTinyRun } from '../tiny-runs.ts';

const home = temporaryFolder().path;
const store = join(home, 'mlruns');
await writeTinyRun(join(home, 'run'), { estimators: ['naive', 'ips'] });
const runs = await collectRecords([join(home, 'run')]);
const written = await writeMlflow(store, runs);
const [experiment] = readdirSync(store).filter((id) => id !== '0');
const read = (...path: string[]) => readFileSync(join(store, experiment, ...path), 'utf8');
const ids = readdirSync(join(store, experiment)).filter((name) => name !== 'meta.yaml');
const find = (name: string) => ids.find((id) => parse(read(id, 'meta.yaml')).run_name === name) as string;

test('an experiment of the config name, and the default one', () => {
  const meta = parse(read('meta.yaml'));
  expect(meta).toMatchObject({ name: 'tiny', experiment_id: experiment, lifecycle_stage: 'active' });
  expect(experiment).toMatch(/^\d{18}$/);
  expect(parse(readFileSync(join(store, '0', 'meta.yaml'), 'utf8'))).toMatchObject({ name: 'Default', experiment_id: '0' });
});

test('a finished run per method and seed, in the form that MLflow 2 keeps on disk', () => {
  expect([written, ids.length]).toEqual([4, 5]); // and one for the folder
  const id = find('ips seed 2');
  expect(id).toMatch(/^[0-9a-f]{32}$/);
  const meta = parse(read(id, 'meta.yaml'));
  expect(meta).toMatchObject({ run_id: id, run_uuid: id, experiment_id: experiment, lifecycle_stage: 'active', status: 3, source_type: 4 });
  expect(meta.end_time - meta.start_time).toBe(2500);
  expect(meta.artifact_uri).toMatch(new RegExp(`^file://.*/mlruns/${experiment}/${id}/artifacts$`));
  expect(readdirSync(join(store, experiment, id)).sort()).toEqual(['artifacts', 'meta.yaml', 'metrics', 'params', 'tags']);
});

test('parameters, tags, metrics: `timestamp value step`, numbers as they were recorded', () => {
  const id = find('ips seed 2');
  expect(read(id, 'params', 'estimator.propensity.name')).toBe('oracle');
  expect(read(id, 'tags', 'mlflow.runName')).toBe('ips seed 2');
  const ndcg = runs[0].metrics.find(({ seed, method, metric }) => seed === '2' && method === 'ips' && metric === 'ndcg@10')?.value;
  const [timestamp, value] = read(id, 'metrics', 'test', 'ndcg_at_10').trim().split(' ').map(Number);
  expect(value).toBe(ndcg);
  expect(timestamp).toBe(parse(read(id, 'meta.yaml')).end_time);
  const losses = read(id, 'metrics', 'loss', 'training')
    .trim()
    .split('\n')
    .map((line) => line.split(' '));
  const curve = readFileSync(join(home, 'run', 'curves.csv'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('2,ips,'))
    .map((line) => line.split(','));
  expect(losses.map(([, loss, step]) => [step, loss])).toEqual(curve.map(([, , step, loss]) => [step, loss]));
});

test('a run for the folder has the config, means over seeds, and its page and tables as artifacts', () => {
  const id = find('run');
  expect(read(id, 'params', 'simulation.sessions')).toBe('2000');
  expect(read(id, 'params', 'methods')).toBe('["naive","ips"]');
  const values = runs[0].metrics.filter(({ method, metric }) => method === 'ips' && metric === 'ndcg@10').map(({ value }) => value);
  const mean = values.reduce((sum, value) => sum + value) / 2;
  expect(Number(read(id, 'metrics', 'mean', 'ndcg_at_10', 'ips').split(' ')[1])).toBeCloseTo(mean, 12);
  const artifacts = readdirSync(join(store, experiment, id, 'artifacts'));
  for (const file of ['config.json', 'curves.csv', 'report.html', 'metrics.csv', 'status.json', 'table.md']) {
    expect(artifacts).toContain(file);
    expect(read(id, 'artifacts', file)).toBe(readFileSync(join(home, 'run', file), 'utf8'));
  }
  expect(artifacts).not.toContain('models');
});

test('a method and seed lies below it, has its model, and only its own parameters: of a store every parameter is a file', () => {
  const id = find('ips seed 2');
  expect(read(id, 'tags', 'mlflow.parentRunId')).toBe(find('run'));
  expect(readdirSync(join(store, experiment, id, 'artifacts', 'model'))).toEqual(readdirSync(join(home, 'run', 'models', '2', 'ips')));
  expect(read(id, 'artifacts', 'model', 'model.json')).toBe(readFileSync(join(home, 'run', 'models', '2', 'ips', 'model.json'), 'utf8'));
  const names = readdirSync(join(store, experiment, id, 'params'));
  expect(names.filter((name) => !name.startsWith('estimator.'))).toEqual(['seed']);
});

test('what varies between runs, or was typed, is a parameter of each; models that were taken away are left out', async () => {
  await writeTinyRun(join(home, 'other-run'), {
    estimators: ['naive', 'ips'],
    simulation: { sessions: 3000, listsPerQuery: 2, temperature: 0.5 },
  });
  rmSync(join(home, 'other-run', 'models'), { recursive: true });
  const both = join(home, 'both');
  await writeMlflow(both, await collectRecords([join(home, 'run'), join(home, 'other-run')]));
  const [only] = readdirSync(both).filter((one) => one !== '0');
  const children = readdirSync(join(both, only)).filter((one) => existsSync(join(both, only, one, 'tags', 'mlflow.parentRunId')));
  const sessions = children.map((one) => readFileSync(join(both, only, one, 'params', 'simulation.sessions'), 'utf8'));
  expect(sessions.sort()).toEqual([...Array(4).fill('2000'), ...Array(4).fill('3000')]);
  expect(children.filter((one) => existsSync(join(both, only, one, 'artifacts', 'model')))).toHaveLength(4);
});

test('a page that was changed since is refused, and nothing is written of its run', async () => {
  const changed = join(home, 'changed');
  await writeTinyRun(changed, { estimators: ['naive'] });
  const stored = await collectRecords([changed]);
  writeFileSync(join(changed, 'report.html'), 'other');
  await expect(writeMlflow(join(home, 'refused'), stored)).rejects.toThrow(/report.html: .*has changed/);
  expect(readdirSync(join(home, 'refused'), { recursive: true }).filter((name) => String(name).endsWith('meta.yaml'))).toHaveLength(2); // experiments
});

test('what is there stays: the second time nothing is written; an experiment that MLflow made is used', async () => {
  expect(await writeMlflow(store, runs)).toBe(0);
  const other = join(home, 'other');
  await writeMlflow(other, []);
  await writeMlflow(other, [{ ...runs[0], config: { ...runs[0].config, name: 'another' } }]);
  const [made] = readdirSync(other).filter((id) => id !== '0');
  writeFileSync(join(other, made, 'meta.yaml'), readFileSync(join(other, made, 'meta.yaml'), 'utf8').replace('another', 'tiny'));
  expect(await writeMlflow(other, runs)).toBe(0);
  expect(readdirSync(other)).toHaveLength(2);
});

test('several exports at once share one experiment, and write every trial once', async () => {
  const shared = join(home, 'shared');
  const begunAfter = async (turns: number) => {
    for (let turn = 0; turn < turns; turn++) await setImmediate();
    return writeMlflow(shared, runs);
  };
  const counts = await Promise.all(Array.from({ length: 8 }, (_, turns) => begunAfter(turns)));
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(4);
  const [own, ...others] = readdirSync(shared).filter((id) => id !== '0');
  expect(others).toEqual([]);
  expect(readdirSync(join(shared, own)).filter((name) => name !== 'meta.yaml')).toHaveLength(5);
});

test('YAML 1.1, which MLflow reads, takes no name for a date, a number or a truth value', async () => {
  const other = join(home, 'names');
  for (const name of ['2026-11-24', 'no', '1_000', '1e5']) await writeMlflow(other, [{ ...runs[0], config: { ...runs[0].config, name } }]);
  const metas = readdirSync(other).map((id) => readFileSync(join(other, id, 'meta.yaml'), 'utf8'));
  expect(metas.map((text) => parse(text, { version: '1.1' }).name).sort()).toEqual(['1_000', '1e5', '2026-11-24', 'Default', 'no']);
  const plain = metas.find((text) => text.includes('1e5'))?.replace('"1e5"', '1e5') as string; // as PyYAML writes it
  const id = parse(plain).experiment_id;
  writeFileSync(join(other, id, 'meta.yaml'), plain);
  expect(await writeMlflow(other, [{ ...runs[0], config: { ...runs[0].config, name: '1e5' } }])).toBe(0);
});

test('an experiment that was renamed or deleted in MLflow keeps its number; what comes later gets another', async () => {
  const other = join(home, 'renamed');
  await writeMlflow(other, runs);
  const [first] = readdirSync(other).filter((id) => id !== '0');
  mkdirSync(join(other, '.trash'));
  renameSync(join(other, first), join(other, '.trash', first));
  expect(await writeMlflow(other, runs)).toBe(4);
  const [second] = readdirSync(other).filter((id) => !['0', '.trash'].includes(id));
  const meta = join(other, second, 'meta.yaml');
  writeFileSync(meta, readFileSync(meta, 'utf8').replace('"tiny"', '"mine now"'));
  expect(await writeMlflow(other, runs)).toBe(4);
  expect(new Set([first, ...readdirSync(other)]).size).toBe(5); // 0, .trash, and three experiments
});

test('names hold what MLflow allows', () => {
  expect(mlflowName('test/ndcg@10')).toBe('test/ndcg_at_10');
  expect(mlflowName('a:b(c)=d')).toBe('a_b_c__d');
});

test('a place that cannot be written is one clear line', async () => {
  writeFileSync(join(home, 'file'), '');
  await expect(writeMlflow(join(home, 'file'), runs)).rejects.toThrow(UsageError);
});
