import { rowsOf } from './rows-of.ts';
import type { Scorer } from './scorer.ts';

/**
 * s(x) = w · x + b, parameters (w, b), all 0 at first, as the losses are convex in them. Listwise and pairwise losses do not see b.
 * Plain loops over typed arrays: cost 2 · rows · F for scores, the same again for the gradient.
 */
export function linear(featureCount: number): Scorer {
  const parameters = new Float32Array(featureCount + 1);
  const scoreInto = (scores: Float32Array, features: Float32Array): Float32Array => {
    for (let i = 0, x = 0; i < scores.length; i++) {
      let sum = parameters[featureCount];
      for (let f = 0; f < featureCount; f++, x++) sum += parameters[f] * features[x];
      scores[i] = sum;
    }
    return scores;
  };
  let [scores, slopes] = [new Float32Array(0), new Float32Array(0)]; // of one batch; kept while batches stay as long
  const sums = new Float64Array(featureCount + 1);
  return {
    name: 'linear',
    featureCount,
    parameters,
    architecture: { name: 'linear', featureCount },
    score: (features) => scoreInto(new Float32Array(rowsOf(features, featureCount)), features),
    lossGradient(features, loss, gradient) {
      const rows = rowsOf(features, featureCount);
      if (slopes.length !== rows) [scores, slopes] = [new Float32Array(rows), new Float32Array(rows)];
      const value = loss(scoreInto(scores, features), slopes);
      sums.fill(0);
      for (let i = 0, x = 0; i < slopes.length; i++) {
        const slope = slopes[i];
        for (let f = 0; f < featureCount; f++, x++) sums[f] += slope * features[x];
        sums[featureCount] += slope;
      }
      gradient.set(sums);
      return value;
    },
    dispose() {},
  };
}
