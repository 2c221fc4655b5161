import type { SeedExposure } from './exposure-picture.ts';

/** Exposures that are off by more than this factor, in common or beside that, are told of. */
export const tellFrom = 2;

/**
 * In which way exposures are off the truth by more than {@link tellFrom}, over all pairs and seeds; null where they are not, or nobody knows.
 * The factor in common is exp of the mean of ln(θ̂/θ), the other one exp of the mean over seeds of its standard deviation.
 */
export function exposureFault(exposures: readonly SeedExposure[]): string | null {
  const overall = exposures.flatMap(({ groups }) => groups.filter(({ by, logRatio }) => by === 'all' && logRatio !== null));
  if (overall.length === 0) return null;
  const meanOf = (of: (one: (typeof overall)[number]) => number | null) =>
    overall.reduce((sum, one) => sum + (of(one) ?? 0), 0) / overall.length;
  const [common, beside] = [meanOf(({ logRatio }) => logRatio), meanOf(({ logRatioDeviation }) => logRatioDeviation)];
  const least = Math.log(tellFrom);
  const words = [
    ...(Math.abs(common) > least ? [`${factor(common)} times the true exposure in the geometric mean`] : []),
    ...(beside > least ? [`off by a factor of ${factor(beside)} ${Math.abs(common) > least ? 'beside that' : 'either way'}`] : []),
  ];
  return words.length === 0 ? null : words.join(', and ');
}

/** A sentence per estimate that is off, with the methods that weigh by it. */
export const exposureFaults = (
  all: readonly { readonly titles: readonly string[]; readonly exposures: readonly SeedExposure[] }[],
): string[] =>
  all.flatMap(({ titles, exposures }) => {
    const fault = exposureFault(exposures);
    return fault === null ? [] : [`the estimated exposure of ${titles.join(', ')} is ${fault}`];
  });

const factor = (logarithm: number) => Number(Math.exp(logarithm).toPrecision(2));
