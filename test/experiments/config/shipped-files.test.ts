import { mkdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { readStudy } from '../../../experiments/catalogue/read-study.ts';
import { findShipped, shippedHint, shippedNames } from '../../../experiments/config/shipped-files.ts';
import { planSweep } from '../../../experiments/sweep/plan-sweep.ts';
import { sweepFileOf } from '../../../experiments/sweep/sweep-file.ts';
import { temporaryFolder } from '../../src/data/temporary-folder.ts';

const folder = temporaryFolder();
const quickstart = resolve('experiments/configs/quickstart.yaml');
const start = process.cwd();
beforeEach(() => process.chdir(folder.path));
afterAll(() => process.chdir(start));

test('a bare name is a config of the package, with its ending or without', async () => {
  expect(await findShipped('configs', 'quickstart')).toBe(quickstart);
  expect(await findShipped('configs', 'quickstart.yaml')).toBe(quickstart);
  expect(await findShipped('notebooks', 'own-estimator')).toBe(resolve(start, 'experiments/notebooks/own-estimator.ts'));
  expect((await readStudy('quickstart', ['seeds=2'])).config).toMatchObject({ name: 'quickstart', seeds: ['1', '2'] });
});

test('a file of the folder goes before it, a folder of the name does not, and a path is a path', async () => {
  mkdirSync(folder.in('bias'));
  folder.put('click-models', 'name: own\n');
  expect(await findShipped('configs', 'click-models')).toBe(folder.in('click-models'));
  expect(await findShipped('configs', 'bias')).toBe(resolve(start, 'experiments/configs/bias.yaml'));
  expect(await findShipped('configs', './quickstart')).toBe(folder.in('quickstart'));
  expect(await findShipped('configs', 'none.yaml')).toBe(folder.in('none.yaml'));
});

test('a config can extend one of the package by name', async () => {
  const file = folder.put('mine.yaml', 'extends: quickstart\nseeds: 3\n');
  expect((await readStudy(file)).config).toMatchObject({ name: 'quickstart', seeds: ['1', '2', '3'] });
});

test('what is neither is told with the names that there are', async () => {
  const names = await shippedNames('configs');
  expect(names).toContain('mnar-semi-synthetic');
  await expect(readStudy('quikstart')).rejects.toThrow(
    `cannot read the config "quikstart": no such file or folder; check the path; configs of the package: ${names.join(', ')}; did you mean "quickstart"?`,
  );
  await expect(readStudy('folder/quikstart')).rejects.toThrow(/check the path$/);
  expect(await shippedHint('notebooks', 'own-estimater')).toMatch(
    /; notebooks of the package: .*own-estimator.*did you mean "own-estimator"\?$/,
  );
});

test('a sweep of one keeps its text', async () => {
  const plan = await planSweep('quickstart', { overrides: ['seed=1,2'], zip: [], skip: [] });
  const { asked } = await sweepFileOf(plan);
  expect(asked).toMatchObject([{ config: 'quickstart', text: readFileSync(quickstart, 'utf8') }]);
});
