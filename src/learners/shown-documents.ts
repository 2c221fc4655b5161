import type { ScoreLoss, Scorer } from '../models/scorer.ts';
import type { ListBatch, SharedRows } from './batches.ts';

/** What of a batch a scorer is given: its distinct documents, or where scores depend on the other candidates of a query, all of these. */
export const rowsFor = ({ listAware = false }: Scorer, batch: ListBatch): SharedRows => (listAware && batch.wholeQueries?.()) || batch;

/** The numbers by which a scorer knows the documents of the rows, where it knows them by their ids. @throws Error for rows that are told of no set */
export function numbersOf({ numbers }: Scorer, { of }: SharedRows): Int32Array | undefined {
  if (numbers === undefined) return undefined;
  if (of === undefined) throw new Error('rows of documents that a ranker is to know by their ids must tell which these are');
  const { set, documents } = of;
  const ofSet = numbers(set);
  const ofRows = new Int32Array(documents.length);
  for (let row = 0; row < documents.length; row++) ofRows[row] = ofSet[documents[row]];
  return ofRows;
}

/** Scores of all documents that a batch shows, each distinct one scored once: length N. */
export function scoresShown(scorer: Scorer, batch: ListBatch): Float32Array {
  const input = rowsFor(scorer, batch);
  const { features, rows, queries } = input;
  const scores = scorer.boosting ? scorer.boosting.keptScore(features) : scorer.score(features, queries, numbersOf(scorer, input));
  return spread(scores, rows, new Float32Array(rows.length));
}

/**
 * Turns a loss of the scores of all documents shown into one of the scores of the distinct documents: the derivative by a document's score is the
 * sum of those where it is shown, and so is the second one. What it writes is kept from step to step, while batches stay as long.
 */
export function lossOfDistinct(): (rows: Uint32Array, loss: ScoreLoss) => ScoreLoss {
  let [shown, slopes, bends, sums] = [new Float32Array(0), new Float32Array(0), new Float32Array(0), new Float64Array(0)];
  return (rows, loss) => (scores, gradient, curvature) => {
    if (rows.length === scores.length && rows.every((row, i) => row === i)) return loss(scores, gradient, curvature); // each is shown once, in their order
    if (shown.length !== rows.length) [shown, slopes] = [new Float32Array(rows.length), new Float32Array(rows.length)];
    if (sums.length !== scores.length) sums = new Float64Array(scores.length);
    if (curvature === undefined) {
      const value = loss(spread(scores, rows, shown), slopes);
      sumByRow(slopes, rows, sums, gradient);
      return value;
    }
    if (bends.length !== rows.length) bends = new Float32Array(rows.length);
    bends.fill(curvature[0]); // what is told of a loss that writes none
    const value = loss(spread(scores, rows, shown), slopes, bends);
    sumByRow(slopes, rows, sums, gradient);
    sumByRow(bends, rows, sums, curvature);
    return value;
  };
}

function spread(scores: Float32Array, rows: Uint32Array, out: Float32Array): Float32Array {
  for (let i = 0; i < rows.length; i++) out[i] = scores[rows[i]];
  return out;
}

function sumByRow(values: Float32Array, rows: Uint32Array, sums: Float64Array, into: Float32Array): void {
  sums.fill(0);
  for (let i = 0; i < rows.length; i++) sums[rows[i]] += values[i];
  into.set(sums);
}
