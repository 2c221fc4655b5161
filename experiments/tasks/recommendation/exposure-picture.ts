import type { Picture } from '../../charts/draw-svg.ts';
import type { ExposureGroup, RunResult } from '../../engine/run-result.ts';

/** The exposures of one method with one seed. */
export interface SeedExposure {
  readonly seed: string;
  readonly groups: readonly ExposureGroup[];
}

/** What is to be seen in a picture of exposures. */
export const exposureNote =
  'Mean estimated exposure, before any clipping, by mean true exposure (of conversions: the probability of a click), of tenths of the pairs by true exposure and of tenths of the items by clicks, on log axes: mean over runs and seeds, bar from the lowest to the highest. On the dashed diagonal weights are right; a line beside it is a factor that all weights share. Without a truth: the estimates by tenths of the items. Exposures that are the truth have no picture.';

/** Exposures of a run by the methods that weigh by the same ones. */
export const runExposures = ({ seeds, methods, exposures = [] }: Pick<RunResult, 'seeds' | 'methods' | 'exposures'>) =>
  sharedExposures(methods.map((title, m) => ({ title, exposures: exposures.map((ofSeed, s) => ({ seed: seeds[s], groups: ofSeed[m] })) })));

/** One entry for all that have the same exposures: an estimate is made once a seed, for every method that weighs by it. */
export function sharedExposures(all: readonly { readonly title: string; readonly exposures: readonly SeedExposure[] }[]) {
  const shared = new Map<string, { titles: string[]; exposures: SeedExposure[] }>();
  for (const { title, exposures } of all) {
    const there = exposures.filter(({ groups }) => groups.length > 0);
    if (there.length === 0) continue;
    const key = JSON.stringify(there);
    const known = shared.get(key);
    if (known) known.titles.push(title);
    else shared.set(key, { titles: [title], exposures: there });
  }
  return [...shared.values()];
}

interface Point {
  readonly series: string;
  readonly group: number;
  readonly truth: number | null;
  readonly estimated: number;
  readonly lower: number;
  readonly upper: number;
}

const series = { 'true-exposure': 'tenths by true exposure', popularity: 'tenths of items by clicks' } as const;

/** Estimated against true exposure on log axes; without a truth, the estimates by popularity of the item. Null for the truth itself. */
export function exposuresPicture(title: string, exposures: readonly SeedExposure[]): Picture | null {
  const groups = exposures.flatMap((one) => one.groups);
  if (groups.length === 0 || groups.every(({ absoluteError }) => absoluteError === 0)) return null;
  const points = [...pointsBy('true-exposure', groups), ...pointsBy('popularity', groups)];
  const known = points.filter((point): point is Point & { truth: number } => point.truth !== null && point.truth > 0);
  return known.length > 0 ? againstTruth(title, known) : byPopularity(title, points);
}

/** Mean, lowest and highest of the seeds at each group. */
function pointsBy(by: keyof typeof series, groups: readonly ExposureGroup[]): Point[] {
  const members = groups.filter((one) => one.by === by);
  const numbers = [...new Set(members.map(({ group }) => group))].sort((a, b) => a - b);
  return numbers.map((group) => {
    const here = members.filter((one) => one.group === group);
    const estimates = here.map(({ estimated }) => estimated);
    const truths = here.flatMap(({ truth }) => (truth === null ? [] : [truth]));
    return {
      series: series[by],
      group,
      truth: truths.length === 0 ? null : mean(truths),
      estimated: mean(estimates),
      lower: Math.min(...estimates),
      upper: Math.max(...estimates),
    };
  });
}

const size = { width: 270, height: 220 };
const logScale = { type: 'log', nice: false, padding: 10 } as const;
const y = { type: 'quantitative', scale: logScale, axis: { title: 'estimated exposure', format: '.2~g', tickCount: 5 } } as const;
const colour = {
  field: 'series',
  type: 'nominal',
  scale: { domain: Object.values(series), range: ['var(--c1)', 'var(--c0)'] },
  legend: { title: null, orient: 'top', direction: 'vertical', symbolType: 'circle', labelLimit: 240 },
} as const;
const bar = { type: 'rule', strokeWidth: 2, opacity: 0.5 } as const;
const dot = { type: 'point', filled: true, size: 45, opacity: 1 } as const;

function againstTruth(title: string, points: readonly (Point & { truth: number })[]): Picture {
  const ends = points.flatMap(({ truth, estimated }) => [truth, estimated]);
  const diagonal = [Math.min(...ends), Math.max(...ends)].map((at) => ({ truth: at, estimated: at }));
  const x = {
    field: 'truth',
    type: 'quantitative',
    scale: logScale,
    axis: { title: 'true exposure', format: '.2~g', tickCount: 5 },
  } as const;
  return {
    alt: `Estimated (true) exposure of ${title}: ${Object.values(series)
      .map(
        (name) =>
          `${name} ${points
            .filter((point) => point.series === name)
            .map(pointWords)
            .join('; ')}`,
      )
      .join('. ')}`,
    spec: {
      title,
      ...size,
      data: { values: [...points] },
      layer: [
        {
          data: { values: diagonal },
          mark: { type: 'line', color: 'var(--soft)', strokeDash: [4, 4] },
          encoding: { x, y: { ...y, field: 'estimated' } },
        },
        { mark: bar, encoding: { x, y: { ...y, field: 'lower' }, y2: { field: 'upper' }, color: colour } },
        { mark: dot, encoding: { x, y: { ...y, field: 'estimated' }, color: colour } },
      ],
    },
  };
}

function byPopularity(title: string, points: readonly Point[]): Picture {
  const axis = { title: 'tenth of items by clicks, 1: fewest', format: 'd', tickMinStep: 1, grid: false } as const;
  const x = { field: 'group', type: 'quantitative', scale: { zero: false, nice: false, padding: 8 }, axis } as const;
  return {
    alt: `Estimated exposure of ${title} by tenths of items by clicks: ${points.map(pointWords).join('; ')}`,
    spec: {
      title,
      ...size,
      data: { values: [...points] },
      layer: [
        { mark: { ...bar, color: 'var(--c0)' }, encoding: { x, y: { ...y, field: 'lower' }, y2: { field: 'upper' } } },
        { mark: { ...dot, color: 'var(--c0)' }, encoding: { x, y: { ...y, field: 'estimated' } } },
      ],
    },
  };
}

const pointWords = ({ group, truth, estimated }: Point) => `${group}: ${short(estimated)}${truth === null ? '' : ` (${short(truth)})`}`;
const short = (value: number) => value.toPrecision(3);
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
