/** Of a rank k > 0 the rank above that it is compared with. */
export type Parent = (k: number) => number;
/** Every rank with the first. */
export const firstRank: Parent = () => 0;
/** Every rank with the one above it. */
export const rankAbove: Parent = (k) => k - 1;

/** log θ_k / θ_0 as a function of sums over independent units. */
export interface LogRatios<Sums> {
  readonly logRatios: Float64Array; // length K
  /** Delta method: what a unit with these parts of the sums adds to the error of every log ratio; over all units it sums to 0. */
  influence(own: Sums): Float64Array;
}

/** Sums of clicks on the same documents at rank k and at its parent, lengths K, without a value at rank 0. */
export interface LinkSums {
  readonly below: Float64Array;
  readonly above: Float64Array;
}

/** θ_k / θ_0 = Π below / above along the way from rank 0 to rank k. @param sums > 0 */
export function chainedRatios(parent: Parent, { below, above }: LinkSums): LogRatios<LinkSums> {
  const along = (link: (k: number) => number): Float64Array => {
    const sums = new Float64Array(below.length);
    for (let k = 1; k < sums.length; k++) sums[k] = sums[parent(k)] + link(k);
    return sums;
  };
  return {
    logRatios: along((k) => Math.log(below[k] / above[k])),
    influence: (own) => along((k) => own.below[k] / below[k] - own.above[k] / above[k]),
  };
}
