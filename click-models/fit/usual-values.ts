import type { BetaPrior } from './beta-prior.ts';

/**
 * What a document is given that no session of a fit showed: the prior's mean, or without a prior (of strength 0) the mean of those that sessions showed, at each rank where there is one for each.
 * @param width values of a document @param seen 1 of documents that sessions showed; all where it is left out
 */
export function usualValues(own: Float64Array, width: number, prior: BetaPrior | undefined, seen?: Uint8Array): Float64Array {
  const documents = own.length / width;
  const known = seen === undefined ? documents : seen.reduce((sum, one) => sum + one, 0);
  if (prior !== undefined && prior.strength > 0) return new Float64Array(width).fill(prior.mean);
  if (known === 0) return new Float64Array(width).fill(0.5);
  const means = new Float64Array(width);
  for (let i = 0; i < own.length; i++) if (seen === undefined || seen[Math.floor(i / width)] === 1) means[i % width] += own[i] / known;
  return means;
}
