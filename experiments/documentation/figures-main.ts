import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { methodGroups } from '../catalogue/method-groups.ts';
import { paperFigure } from '../charts/paper-figure.ts';
import { packageRoot } from '../modules/own-files.ts';
import { collectRecords } from '../records/collect-records.ts';
import type { StoredRun } from '../records/stored-run.ts';
import { configFile, figureConfigs, figureKinds } from './figure-configs.ts';
import { figurePicture } from './figure-picture.ts';
import { configOf, figureFolder, figureOf, type MethodFigure } from './method-figure.ts';

/** Runs the configs in experiments/configs/figures, those that are named or all, and draws what method pages show of them. */
const millimetres = 100;
const asked = process.argv.slice(2);
const configs = asked.length === 0 ? Object.keys(figureConfigs) : asked;
const unknown = asked.filter((name) => !Object.hasOwn(figureConfigs, name));
if (unknown.length > 0) throw new Error(`no config ${unknown.join(', ')}; known: ${Object.keys(figureConfigs).join(', ')}`);

const work = await mkdtemp(join(tmpdir(), 'figures-'));
let drawn = 0;
try {
  for (const config of configs) {
    const runs = await runsOf(config);
    for (const figure of await figuresBy(config)) {
      await draw(runs, figure);
      drawn++;
    }
    console.log(`${config}: ${runs.length} runs`);
  }
} finally {
  await rm(work, { recursive: true, force: true });
}
console.log(`${drawn} figures in ${figureFolder}`);

/** Each file once. */
async function figuresBy(config: string): Promise<Iterable<MethodFigure>> {
  const figures = new Map<string, MethodFigure>();
  for (const slug of Object.keys(figureKinds).filter((kind) => figureKinds[kind].map(configOf).includes(config)))
    for (const { name } of methodGroups().find((group) => group.slug === slug)?.methods ?? []) {
      const figure = await figureOf(slug, name);
      if (figure?.config === config) figures.set(figure.file, figure);
    }
  return figures.values();
}

async function runsOf(config: string): Promise<StoredRun[]> {
  const out = join(work, config);
  const command = 'table' in figureConfigs[config].drawing ? 'run' : 'sweep';
  const words = [command, join(packageRoot, configFile(config)), '--out', out, '--quiet'];
  const main = [...process.execArgv, join(packageRoot, 'experiments/main.ts'), ...words];
  const { status } = spawnSync(process.execPath, main, { stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) throw new Error(`counterrank ${words.join(' ')} ended with exit code ${status}`);
  return collectRecords([out]);
}

async function draw(runs: readonly StoredRun[], figure: MethodFigure): Promise<void> {
  const file = join(packageRoot, figure.file);
  const { svg } = await paperFigure(await figurePicture(runs, figure), millimetres);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, svg);
}
