import type { ScoredSessions } from '../../src/meta-evaluation/index.ts';
import { quantile } from '../../src/stats/bootstrap.ts';
import type { Picture } from './draw-svg.ts';

/** Levels shown as they are; more are cut into tenths. */
const mostLevels = 12;

/** One metric by satisfaction: median, middle half, and middle 90 % of the search sessions of every level. */
export function satisfactionPicture({ metrics, values, satisfaction }: ScoredSessions, m: number): Picture {
  const boxes = levels(satisfaction).map(({ label, at, rows }) => {
    const sorted = Float64Array.from(rows, (i) => values[m][i]).sort();
    const [lowest, low, median, high, highest] = [0.05, 0.25, 0.5, 0.75, 0.95].map((share) => quantile(sorted, share));
    return { label, at, lowest, low, median, high, highest, sessions: rows.length };
  });
  const x = {
    field: 'at',
    type: 'quantitative',
    scale: { nice: false, padding: 14 },
    axis: { title: 'satisfaction', grid: false, values: boxes.map(({ at }) => at), format: '.3~g' },
  } as const;
  const y = { type: 'quantitative', scale: { zero: false }, axis: { title: null, tickCount: 4, format: '.3~g' } } as const;
  return {
    alt: `${metrics[m]} by satisfaction, median (number of search sessions): ${boxes.map(({ label, median, sessions }) => `${label}: ${median.toPrecision(3)} (${sessions})`).join('; ')}`,
    spec: {
      title: metrics[m],
      width: 230,
      height: 120,
      data: { values: boxes },
      layer: [
        {
          mark: { type: 'rule', color: 'var(--c0)', opacity: 0.6 },
          encoding: { x, y: { ...y, field: 'lowest' }, y2: { field: 'highest' } },
        },
        {
          mark: { type: 'bar', color: 'var(--c0)', opacity: 0.35, width: 14 },
          encoding: { x, y: { ...y, field: 'low' }, y2: { field: 'high' } },
        },
        {
          mark: { type: 'tick', color: 'var(--c1)', thickness: 2.5, size: 14, orient: 'horizontal' },
          encoding: { x, y: { ...y, field: 'median' } },
        },
      ],
    },
  };
}

interface Level {
  readonly label: string;
  readonly at: number;
  readonly rows: readonly number[];
}

function levels(satisfaction: Float64Array): Level[] {
  const distinct = [...new Set(satisfaction)].sort((a, b) => a - b);
  const rows = [...satisfaction.keys()];
  if (distinct.length <= mostLevels)
    return distinct.map((level) => ({ label: String(level), at: level, rows: rows.filter((i) => satisfaction[i] === level) }));
  const sorted = satisfaction.slice().sort();
  const cuts = Array.from({ length: 11 }, (_, k) => quantile(sorted, k / 10));
  return cuts.slice(1).flatMap((upper, k) => {
    const own = rows.filter((i) => satisfaction[i] <= upper && (k === 0 || satisfaction[i] > cuts[k]));
    const at = quantile(Float64Array.from(own, (i) => satisfaction[i]).sort(), 0.5);
    return own.length === 0 ? [] : [{ label: at.toPrecision(3), at, rows: own }];
  });
}
