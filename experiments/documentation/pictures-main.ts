import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { clickThroughByRank } from '../../src/diagnostics/index.ts';
import type { Picture } from '../charts/draw-svg.ts';
import { lineChart } from '../charts/line-chart.ts';
import { paperFigure } from '../charts/paper-figure.ts';
import { packageRoot } from '../modules/own-files.ts';
import { study } from '../script/study.ts';

/** Draws the pictures of docs/concepts from the log of the first seed of a study like the quickstart, and that of docs/own-log.md from what a benchmark measured. */
const folder = join(packageRoot, 'docs/concepts/pictures');
const measured = join(packageRoot, 'docs/pictures/session-cost.json'); // npm run bench -- session-cost --json docs/pictures/session-cost.json

/** As a figure of a paper, on white, for whoever reads on a dark page. */
async function put(path: string, picture: Picture): Promise<void> {
  const { svg } = await paperFigure(picture, 100);
  await writeFile(path, svg.replace('<svg ', '<svg style="background:#ffffff" '));
}

const world = await study('concepts').simulation({ sessions: 1e6, temperature: 0.5, listsPerQuery: 4 }).simulate(1);
const rates = clickThroughByRank(world.logs.train.log);
const ctr = rates.map((rate) => rate / rates[0]);
const truth = world.truth?.propensities ?? new Float64Array(0);
const found = world.learn({ name: 'ips', propensity: 'all-pairs' } as never).examination ?? new Float64Array(0);
const axes = { x: 'rank', y: 'relative to rank 1' };
await mkdir(folder, { recursive: true });
await put(
  join(folder, 'position.svg'),
  lineChart({ 'click-through rate': ctr, 'looked at (θ)': truth }, { title: 'Clicks fall faster than looks', ...axes }),
);
await put(
  join(folder, 'propensity.svg'),
  lineChart({ truth, 'all-pairs': found, 'naive-ctr': ctr }, { title: 'Propensities by rank', ...axes }),
);

const lines: readonly { name: string; value: number }[] = JSON.parse(await readFile(measured, 'utf8')).measured;
/** What was measured of each number of sessions. */
const valuesOf = (what: string) => lines.filter(({ name }) => name.endsWith(` sessions: ${what}`)).map(({ value }) => value);
const sessions = lines.filter(({ name }) => name.endsWith('distinct rows')).map(({ name }) => Number(name.split(' ')[0]));
await put(
  measured.replace('.json', '.svg'),
  lineChart(
    { 'dual learning': valuesOf('dual learning'), 'position-based model fitted': valuesOf('position-based model fitted') },
    { title: 'Cost by sessions of the same 1,000 lists', x: 'sessions', y: 'seconds', at: sessions, logX: true, logY: true },
  ),
);
console.log(`2 pictures in ${folder}, and ${measured.replace('.json', '.svg')}`);
