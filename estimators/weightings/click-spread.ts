/** How evenly a weighting lets the clicks of a log speak. */
export interface ClickSpread {
  readonly clicks: number; //       in all; or pairs of a clicked and an unclicked document, where it weighs such
  readonly effective: number; //    (Σ w)² / Σ w² over them (Kish 1965): as many of equal weight would say as much; 0 without clicks
  readonly clippedShare?: number; // share of them whose weight was cut, in [0, 1]; absent where none can be
}

/** Factors of clicks that came `counts` times. */
export interface WeighedClicks {
  readonly weights: Float64Array;
  readonly counts: Float64Array;
  readonly propensities?: Float64Array; // what the weights are the inverse of; those below `clip` are cut
  readonly clip?: number; //               0 by default: nothing is cut
}

/** How evenly given weights let clicks speak. @param weighed arrays of one length */
export function clickSpread({ weights, counts, propensities, clip = 0 }: WeighedClicks): ClickSpread {
  let [clicks, sum, squares, cut] = [0, 0, 0, 0];
  for (let i = 0; i < counts.length; i++) {
    if (counts[i] === 0) continue;
    clicks += counts[i];
    sum += counts[i] * weights[i];
    squares += counts[i] * weights[i] ** 2;
    if (propensities !== undefined && propensities[i] < clip) cut += counts[i];
  }
  return { clicks, effective: squares > 0 ? sum ** 2 / squares : 0, ...(clip > 0 && { clippedShare: clicks > 0 ? cut / clicks : 0 }) };
}
