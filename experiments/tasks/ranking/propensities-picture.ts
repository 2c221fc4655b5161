import type { Picture } from '../../charts/draw-svg.ts';
import { between, dashes, nominal, quantitative } from '../../charts/encodings.ts';
import type { Series } from '../../charts/figure.ts';
import { sourceWords } from '../shared/bias-source.ts';

interface PropensityRow {
  readonly rank: number;
  readonly estimated: number;
  readonly lower?: number | null; // ends of its interval, where it has one
  readonly upper?: number | null;
  readonly true: number | null;
  readonly source: string | null;
}

/** True propensities and a method's, named by where they come from, relative to rank 1: mean over runs and seeds on a log axis, the band from the lowest to the highest, ends of intervals where there are some. */
export function propensitiesPicture(title: string, series: readonly Series<PropensityRow>[]): Picture | null {
  const curves = series.filter(({ rows }) => rows.length > 0);
  if (curves.length === 0) return null;
  const estimated = byRank(curves.map(({ rows }) => rows));
  const own = sourceWords(curves) as string;
  const truths = curves
    .map(({ rows }) => rows.flatMap(({ true: value }) => (value === null ? [] : { estimated: value })))
    .filter((curve) => curve.length > 0);
  const truth = truths.length === 0 ? [] : byRank(truths);
  const values = [
    ...truth.map((point) => ({ ...point, curve: 'true', lower: null, upper: null })),
    ...estimated.map((point) => ({ ...point, curve: own })),
  ];
  const x = quantitative('rank', { title: 'rank', format: 'd', tickMinStep: 1, grid: false }, { nice: false, padding: 8 });
  const axis = { title: 'propensity over that of rank 1', format: '.2~g', tickCount: 5 } as const;
  const y = quantitative('mean', axis, { type: 'log', nice: false, padding: 8 });
  const legend = { title: null, orient: 'top', symbolType: 'stroke' } as const;
  const first = truth.length === 0 ? 1 : 0; // of a recorded log no truth is known, and none is named
  const domain = ['true', own].slice(first);
  const kind = nominal('curve', domain, ['var(--text)', 'var(--c1)'].slice(first), legend);
  const dash = nominal('curve', domain, [[4, 4], dashes[0]].slice(first), legend);
  return {
    alt: `Propensities of ${title} by rank, ${own}${truth.length === 0 ? '' : ' (true)'}: ${estimated.map((point, k) => `${point.rank}: ${short(point.mean)}${truth[k] ? ` (${short(truth[k].mean)})` : ''}`).join('; ')}`,
    spec: {
      title,
      width: 270,
      height: 180,
      data: { values },
      layer: [
        {
          transform: [{ filter: 'datum.lower != null' }],
          mark: { type: 'area', color: 'var(--c1)', opacity: 0.2 },
          encoding: between(x, y),
        },
        {
          transform: [{ filter: "datum.curve !== 'true'" }],
          mark: { type: 'line', point: { filled: true, size: 40 } },
          encoding: { x, y, color: kind },
        },
        { transform: [{ filter: "datum.curve === 'true'" }], mark: { type: 'line' }, encoding: { x, y, color: kind, strokeDash: dash } },
      ],
    },
  };
}

const short = (value: number) => value.toPrecision(3);

/** Mean, lowest and highest of the curves at each rank, of their intervals where they have some; what a log axis cannot show is left out. */
export function byRank(curves: readonly (readonly Pick<PropensityRow, 'estimated' | 'lower' | 'upper'>[])[]) {
  return Array.from({ length: Math.min(...curves.map((curve) => curve.length)) }, (_, k) => {
    const rows = curves.map((curve) => curve[k]);
    const mean = rows.reduce((sum, row) => sum + row.estimated, 0) / rows.length;
    const lower = Math.min(...rows.map((row) => row.lower ?? row.estimated));
    return { rank: k + 1, mean, lower, upper: Math.max(...rows.map((row) => row.upper ?? row.estimated)) };
  }).filter(({ lower, upper }) => lower > 0 && upper < Infinity);
}
