import { quantile } from '../stats/bootstrap.ts';

/** Levels kept as they are; more are cut into tenths. */
const mostLevels = 12;

/** Search sessions of one level of satisfaction, or of a tenth of them. */
export interface SatisfactionLevel {
  readonly at: number; //               the level, or the median of the tenth
  readonly rows: readonly number[]; // indices of its search sessions
}

/** Search sessions by satisfaction, lowest first; equal ones are never in two tenths. NaN is in none. */
export function satisfactionLevels(satisfaction: Float64Array): SatisfactionLevel[] {
  const rows = [...satisfaction.keys()].filter((i) => !Number.isNaN(satisfaction[i]));
  const sorted = Float64Array.from(rows, (i) => satisfaction[i]).sort();
  const distinct = [...new Set(sorted)];
  if (distinct.length <= mostLevels) return distinct.map((at) => ({ at, rows: rows.filter((i) => satisfaction[i] === at) }));
  const cuts = Array.from({ length: 11 }, (_, k) => quantile(sorted, k / 10));
  return cuts.slice(1).flatMap((upper, k) => {
    const own = rows.filter((i) => satisfaction[i] <= upper && (k === 0 || satisfaction[i] > cuts[k]));
    return own.length === 0 ? [] : [{ at: quantile(Float64Array.from(own, (i) => satisfaction[i]).sort(), 0.5), rows: own }];
  });
}
