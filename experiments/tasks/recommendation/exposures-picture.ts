import type { Picture } from '../../charts/draw-svg.ts';
import { between, nominal, quantitative } from '../../charts/encodings.ts';
import type { Series } from '../../charts/figure.ts';
import { sourceWords } from '../shared/bias-source.ts';

interface ExposureRow {
  readonly by: string;
  readonly group: number;
  readonly true: number | null;
  readonly estimated: number;
  readonly absolute_error: number | null;
  readonly source?: string | null;
}

interface Point {
  readonly series: string;
  readonly group: number;
  readonly truth: number | null;
  readonly estimated: number;
  readonly lower: number;
  readonly upper: number;
}

const kinds = { 'true-exposure': 'tenths by true exposure', popularity: 'tenths of items by clicks' } as const;

/** A method's exposure against the true one on log axes, named by where it comes from; without a truth, that by popularity of the item. Null for the truth itself. */
export function exposuresPicture(title: string, series: readonly Series<ExposureRow>[]): Picture | null {
  const groups = series.flatMap(({ rows }) => rows);
  if (groups.length === 0 || groups.every(({ absolute_error }) => absolute_error === 0)) return null;
  const points = [...pointsBy('true-exposure', groups), ...pointsBy('popularity', groups)];
  const known = points.filter((point): point is Point & { truth: number } => point.truth !== null && point.truth > 0);
  const own = sourceWords(series);
  return known.length > 0 ? againstTruth(title, own, known) : byPopularity(title, own, points);
}

/** Mean, lowest and highest of the seeds at each group. */
function pointsBy(by: keyof typeof kinds, groups: readonly ExposureRow[]): Point[] {
  const members = groups.filter((one) => one.by === by);
  const numbers = [...new Set(members.map(({ group }) => group))].sort((a, b) => a - b);
  return numbers.map((group) => {
    const here = members.filter((one) => one.group === group);
    const estimates = here.map(({ estimated }) => estimated);
    const truths = here.flatMap((one) => one.true ?? []);
    return {
      series: kinds[by],
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
const saidOf = (own: string | null) => (own === null ? '' : `, ${own}`);
const yAxis = (own: string | null) =>
  quantitative('estimated', { title: `exposure${saidOf(own)}`, format: '.2~g', tickCount: 5 }, logScale);
const legend = { title: null, orient: 'top', direction: 'vertical', labelLimit: 240 } as const;
const colour = nominal('series', Object.values(kinds), ['var(--c1)', 'var(--c0)'], legend);
const shape = nominal('series', Object.values(kinds), ['circle', 'square'], legend); // told apart without colours too
const bar = { type: 'rule', strokeWidth: 2, opacity: 0.5 } as const;
const dot = { type: 'point', filled: true, size: 45, opacity: 1 } as const;

function againstTruth(title: string, own: string | null, points: readonly (Point & { truth: number })[]): Picture {
  const y = yAxis(own);
  const of = (kind: string) => points.filter((point) => point.series === kind).map(pointWords);
  const told = Object.values(kinds).map((kind) => `${kind} ${of(kind).join('; ')}`);
  const ends = points.flatMap(({ truth, estimated }) => [truth, estimated]);
  const diagonal = [Math.min(...ends), Math.max(...ends)].map((at) => ({ truth: at, estimated: at }));
  const x = quantitative('truth', { title: 'true exposure', format: '.2~g', tickCount: 5 }, logScale);
  return {
    alt: `Exposure (true) of ${title}${saidOf(own)}: ${told.join('. ')}`,
    spec: {
      title,
      ...size,
      data: { values: [...points] },
      layer: [
        { data: { values: diagonal }, mark: { type: 'line', color: 'var(--soft)', strokeDash: [4, 4] }, encoding: { x, y } },
        { mark: bar, encoding: { ...between(x, y), color: colour } },
        { mark: dot, encoding: { x, y, color: colour, shape } },
      ],
    },
  };
}

function byPopularity(title: string, own: string | null, points: readonly Point[]): Picture {
  const y = yAxis(own);
  const axis = { title: 'tenth of items by clicks, 1: fewest', format: 'd', tickMinStep: 1, grid: false } as const;
  const x = quantitative('group', axis, { zero: false, nice: false, padding: 8 });
  return {
    alt: `Exposure of ${title}${saidOf(own)}, by tenths of items by clicks: ${points.map(pointWords).join('; ')}`,
    spec: {
      title,
      ...size,
      data: { values: [...points] },
      layer: [
        { mark: { ...bar, color: 'var(--c0)' }, encoding: between(x, y) },
        { mark: { ...dot, color: 'var(--c0)' }, encoding: { x, y } },
      ],
    },
  };
}

const pointWords = ({ group, truth, estimated }: Point) => `${group}: ${short(estimated)}${truth === null ? '' : ` (${short(truth)})`}`;
const short = (value: number) => value.toPrecision(3);
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
