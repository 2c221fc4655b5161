import { decodeOptions } from '../../../src/decode-options.ts';
import { type BoostedTreesOptions, boostedTrees, boostedTreesOptions } from '../../../src/models/boosted-trees.ts';
import type { Boosting, ScoreLoss, ShownLists } from '../../../src/models/scorer.ts';
import { createRng, type Rng } from '../../../src/random/rng.ts';

export const treeOptions = (options: Partial<BoostedTreesOptions> = {}): BoostedTreesOptions =>
  decodeOptions('trees', boostedTreesOptions, options);

/** Documents that are a list each. */
export function singles(features: Float32Array, F: number): ShownLists {
  const n = features.length / F;
  return {
    features,
    rows: Uint32Array.from({ length: n }, (_, d) => d),
    offsets: Uint32Array.from({ length: n + 1 }, (_, d) => d),
    sessions: new Float64Array(n).fill(1),
  };
}

/** Mean of w (s − y)²/2. */
export const squares =
  (targets: readonly number[], weights: readonly number[] = targets.map(() => 1)): ScoreLoss =>
  (scores, gradient, curvature) => {
    const n = targets.length;
    targets.forEach((y, d) => {
      gradient[d] = (weights[d] * (scores[d] - y)) / n;
      if (curvature) curvature[d] = weights[d] / n;
    });
    return targets.reduce((sum, y, d) => sum + (weights[d] * (scores[d] - y) ** 2) / 2, 0) / n;
  };

export function boosted(lists: ShownLists, loss: ScoreLoss, options: Partial<BoostedTreesOptions>, rounds: number, seed = 'trees') {
  const F = (lists.features.length / (Math.max(...lists.rows) + 1)) | 0;
  const scorer = boostedTrees(F, treeOptions(options), createRng(seed));
  const boosting = scorer.boosting as Boosting;
  const values = Array.from({ length: rounds }, () => boosting.round(lists, loss));
  return { scorer, boosting, values };
}

/** Rounded so that features repeat values. */
export const drawn = (n: number, rng: Rng, digits = 1): Float32Array =>
  Float32Array.from({ length: n }, () => Math.round(rng.next() * 10 ** digits) / 10 ** digits);
