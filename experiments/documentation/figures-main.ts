import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { methodGroups } from '../catalogue/method-groups.ts';
import type { Picture } from '../charts/draw-svg.ts';
import { lineChart } from '../charts/line-chart.ts';
import { paperFigure } from '../charts/paper-figure.ts';
import { packageRoot } from '../modules/own-files.ts';
import { collectRecords } from '../records/collect-records.ts';
import type { StoredRun } from '../records/stored-run.ts';
import { tableOf } from '../records/stored-tables.ts';
import { configFile, type Drawing, figureConfigs, figureFolder, figureKinds, figureOf, type MethodFigure } from './figure-configs.ts';

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
    for (const slug of Object.keys(figureKinds).filter((kind) => figureKinds[kind].includes(config)))
      for (const { name } of methodGroups().find((group) => group.slug === slug)?.methods ?? []) {
        const figure = await figureOf(slug, name);
        if (figure?.config !== config) continue;
        await draw(runs, figure);
        drawn++;
      }
    console.log(`${config}: ${runs.length} runs`);
  }
} finally {
  await rm(work, { recursive: true, force: true });
}
console.log(`${drawn} figures in ${figureFolder}`);

async function runsOf(config: string): Promise<StoredRun[]> {
  const out = join(work, config);
  const command = 'table' in figureConfigs[config].drawing ? 'run' : 'sweep';
  const words = [command, join(packageRoot, configFile(config)), '--out', out, '--quiet'];
  const main = [...process.execArgv, join(packageRoot, 'experiments/main.ts'), ...words];
  const { status } = spawnSync(process.execPath, main, { stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) throw new Error(`counterrank ${words.join(' ')} ended with exit code ${status}`);
  return collectRecords([out]);
}

async function draw(runs: readonly StoredRun[], { config, lines, file }: MethodFigure): Promise<void> {
  const { drawing } = figureConfigs[config];
  const picture = 'table' in drawing ? await byRank(runs[0], drawing, lines) : alongKey(runs, drawing, lines);
  const { svg } = await paperFigure(picture, millimetres);
  await mkdir(dirname(join(packageRoot, file)), { recursive: true });
  await writeFile(join(packageRoot, file), svg);
}

function alongKey(
  runs: readonly StoredRun[],
  { metric, along, words, logarithmic }: Extract<Drawing, { metric: string }>,
  lines: readonly string[],
): Picture {
  const points = runs.map((run) => ({ run, at: Number(run.keys.get(along)) })).sort((a, b) => a.at - b.at);
  const meanOf = (run: StoredRun, label: string) => {
    const values = run.metrics.filter((row) => row.method === label && row.metric === metric).map(({ value }) => value);
    return values.reduce((sum, value) => sum + value, 0) / values.length;
  };
  const series = Object.fromEntries(lines.map((label) => [label, points.map(({ run }) => meanOf(run, label))]));
  return lineChart(series, { title: '', x: words, y: metric, at: points.map(({ at }) => at), logX: logarithmic });
}

async function byRank(
  run: StoredRun,
  { table: name, column, truth, words }: Extract<Drawing, { table: string }>,
  lines: readonly string[],
): Promise<Picture> {
  const table = run.study.tables.find((one) => one.name === name);
  if (table === undefined) throw new Error(`no table ${name}`);
  const series: Record<string, number[]> = {};
  for (const { method, rows } of await tableOf(run, table)) {
    if (lines.includes(method)) series[method] = rows.map((row) => Number(row[column]));
    series.truth = rows.map((row) => Number(row[truth]));
  }
  const ordered = Object.fromEntries([...lines, 'truth'].map((label) => [label, series[label]]));
  return lineChart(ordered, { title: '', x: 'rank', y: words });
}
