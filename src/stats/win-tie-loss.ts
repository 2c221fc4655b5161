import { pairedDifferences } from './paired-differences.ts';

/** In how many pairs the first is above, level with and below the second. */
export interface WinTieLoss {
  readonly wins: number;
  readonly ties: number;
  readonly losses: number;
}

/** How many pairs have a − b above, within and below ±tolerance. Errors as {@link pairedDifferences}. */
export function winTieLoss(a: ArrayLike<number>, b: ArrayLike<number>, tolerance = 0): WinTieLoss {
  const differences = pairedDifferences(a, b);
  const wins = differences.filter((d) => d > tolerance).length;
  const losses = differences.filter((d) => d < -tolerance).length;
  return { wins, ties: differences.length - wins - losses, losses };
}
