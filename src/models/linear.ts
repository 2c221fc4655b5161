import { rowSums, weightedRowSum } from '../math/row-products.ts';
import { rowsOf } from './rows-of.ts';
import type { DenseScorer } from './scorer.ts';

/**
 * s(x) = w · x + b, parameters (w, b), all 0 at first, as the losses are convex in them. Listwise and pairwise losses do not see b.
 * Plain loops over typed arrays: cost 2 · rows · F for scores, the same again for the gradient.
 */
export function linear(featureCount: number): DenseScorer {
  const parameters = new Float32Array(featureCount + 1);
  let [scores, slopes] = [new Float32Array(0), new Float32Array(0)]; // of one batch; kept while batches stay as long
  const sums = new Float64Array(featureCount + 1);
  return {
    name: 'linear',
    featureCount,
    parameters,
    architecture: { name: 'linear', featureCount },
    score(features) {
      const out = new Float32Array(rowsOf(features, featureCount));
      rowSums(parameters, features, out);
      return out;
    },
    lossGradient(features, loss, gradient) {
      const rows = rowsOf(features, featureCount);
      if (slopes.length !== rows) [scores, slopes] = [new Float32Array(rows), new Float32Array(rows)];
      rowSums(parameters, features, scores);
      const value = loss(scores, slopes);
      weightedRowSum(slopes, features, sums);
      gradient.set(sums);
      return value;
    },
    dispose() {},
  };
}
