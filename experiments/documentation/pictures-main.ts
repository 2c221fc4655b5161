import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { clickThroughByRank } from '../../src/diagnostics/index.ts';
import { drawSvg, type Picture } from '../charts/draw-svg.ts';
import { lineChart } from '../charts/line-chart.ts';
import { packageRoot } from '../modules/own-files.ts';
import { study } from '../script/study.ts';

/** Draws the pictures of docs/concepts from the log of the first seed of a study like the quickstart. */
const folder = join(packageRoot, 'docs/concepts/pictures');

/** What a page would say of colours: a picture in a file stands alone, on white. */
const colours: Readonly<Record<string, string>> = {
  '--line': '#c4cad1',
  '--grid': '#e4e7ea',
  '--soft': '#59636e',
  '--text': '#1b1f23',
  '--c0': '#0072b2',
  '--c1': '#d55e00',
};
const alone = (svg: string): string =>
  svg
    .replaceAll(/var\((--[a-z0-9]+)\)/g, (whole, name) => colours[name] ?? whole)
    .replace(
      /<svg ([^>]*) style="[^"]*"([^>]*)viewBox="0 0 (\d+) (\d+)"/,
      '<svg $1 style="background:#ffffff"$2viewBox="0 0 $3 $4" width="$3" height="$4"',
    );

async function put(name: string, picture: Picture): Promise<void> {
  await writeFile(join(folder, `${name}.svg`), `${alone(await drawSvg(picture))}\n`);
}

const world = await study('concepts').simulation({ sessions: 1e6, temperature: 0.5, listsPerQuery: 4 }).simulate(1);
const rates = clickThroughByRank(world.logs.train.log);
const ctr = rates.map((rate) => rate / rates[0]);
const truth = world.truth?.propensities ?? new Float64Array(0);
const found = world.learn({ name: 'ips', propensity: 'all-pairs' } as never).examination ?? new Float64Array(0);
const axes = { x: 'rank', y: 'relative to rank 1' };
await mkdir(folder, { recursive: true });
await put(
  'position',
  lineChart({ 'click-through rate': ctr, 'looked at (θ)': truth }, { title: 'Clicks fall faster than looks', ...axes }),
);
await put('propensity', lineChart({ truth, 'all-pairs': found, 'naive-ctr': ctr }, { title: 'Propensities by rank', ...axes }));
console.log(`2 pictures in ${folder}`);
