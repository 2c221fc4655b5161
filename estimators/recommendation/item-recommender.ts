import type { InteractionLog } from '../../src/data/interactions/interaction-log.ts';
import { predictions } from '../../src/losses/predictions.ts';
import { factorScores } from '../../src/models/factor-scores.ts';
import type { Recommender } from './recommender.ts';

/** The mean of every item over the rows that count, length I, with the mean of all of them as one row more: defined without any row. */
export function itemMeans(
  { items, itemIds }: Pick<InteractionLog, 'items' | 'itemIds'>,
  counts: (row: number) => boolean,
  value: (row: number) => number,
): Float64Array {
  const [sums, rows] = [new Float64Array(itemIds.length), new Float64Array(itemIds.length)];
  for (let row = 0; row < items.length; row++) {
    if (!counts(row)) continue;
    sums[items[row]] += value(row);
    rows[items[row]]++;
  }
  const sum = (values: Float64Array) => values.reduce((all, one) => all + one, 0);
  const mean = sum(sums) / Math.max(1, sum(rows));
  return sums.map((total, item) => (total + mean) / (rows[item] + 1));
}

/** Scores and predicts for every user what an item is worth to all. */
export function itemRecommender({ userIds }: InteractionLog, values: Float64Array): Recommender {
  const factors = {
    users: { values: new Float32Array(userIds.length), width: 1 }, // factors of dimension 0, and a bias
    items: { values: Float32Array.from(values), width: 1 },
    common: new Float32Array(1),
  };
  return {
    scores: factorScores(factors),
    stored: () => ({ name: 'matrix-factorisation', ...factors }),
    predict: predictions.identity,
    record: null,
  };
}
