import type { ScoreLoss, Scorer } from '../models/scorer.ts';
import type { ListBatch } from './batches.ts';

type SharedRows = Pick<ListBatch, 'features' | 'rows'>;

/** Scores of all documents that a batch shows, each distinct one scored once: length N. */
export function scoresShown(scorer: Scorer, { features, rows }: SharedRows): Float32Array {
  const scores = scorer.score(features);
  return spread(scores, rows, new Float32Array(rows.length));
}

/**
 * Turns a loss of the scores of all documents shown into one of the scores of the distinct documents: the derivative by a document's score is the
 * sum of those where it is shown. What it writes is kept from step to step, while batches stay as long.
 */
export function lossOfDistinct(): (rows: Uint32Array, loss: ScoreLoss) => ScoreLoss {
  let [shown, slopes, sums] = [new Float32Array(0), new Float32Array(0), new Float64Array(0)];
  return (rows, loss) => (scores, gradient) => {
    if (rows.length === scores.length) return loss(scores, gradient); // each is shown once, in the order of the rows
    if (shown.length !== rows.length) [shown, slopes] = [new Float32Array(rows.length), new Float32Array(rows.length)];
    if (sums.length !== scores.length) sums = new Float64Array(scores.length);
    const value = loss(spread(scores, rows, shown), slopes);
    sumByRow(slopes, rows, sums);
    gradient.set(sums);
    return value;
  };
}

function spread(scores: Float32Array, rows: Uint32Array, out: Float32Array): Float32Array {
  for (let i = 0; i < rows.length; i++) out[i] = scores[rows[i]];
  return out;
}

function sumByRow(slopes: Float32Array, rows: Uint32Array, sums: Float64Array): void {
  sums.fill(0);
  for (let i = 0; i < rows.length; i++) sums[rows[i]] += slopes[i];
}
