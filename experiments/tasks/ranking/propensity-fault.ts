import type { Series } from '../../tables/table.ts';
import { isOff, offTheTruth, tellFrom } from '../shared/off-the-truth.ts';

interface PropensityRow {
  readonly rank: number;
  readonly estimated: number;
  readonly true: number | null;
}

/** In how many seeds some propensity is off the truth by more than {@link tellFrom}, and the worst of all; null where none is, or nobody knows. */
export function propensityFault(series: readonly Series<PropensityRow>[]): string | null {
  const known = series.map(({ rows }) =>
    rows.flatMap(({ rank, estimated, true: truth }) =>
      truth === null || !(truth > 0) ? [] : [{ rank, logRatio: Math.log(estimated / truth) }],
    ),
  );
  const farthest = (ratios: readonly { rank: number; logRatio: number }[]) =>
    ratios.reduce((worst, one) => (Math.abs(one.logRatio) > Math.abs(worst.logRatio) ? one : worst), { rank: 1, logRatio: 0 });
  const bySeed = known.map(farthest);
  const seeds = bySeed.filter(({ logRatio }) => isOff(logRatio)).length;
  const worst = farthest(bySeed);
  const where = series.length === 1 ? '' : ` in ${seeds} of ${series.length} seeds`;
  return offTheTruth([
    {
      logRatio: worst.logRatio,
      words: (factor) => `off by more than a factor of ${tellFrom}${where}, at worst ${factor} times the truth at rank ${worst.rank}`,
    },
  ]);
}
