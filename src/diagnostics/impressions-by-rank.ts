import { type ClickLog, clickSums, positionsOf } from '../data/click-log.ts';

/** How often the sessions of a log were shown each document at each rank. */
export interface ImpressionsByRank {
  readonly positions: number; //         K
  readonly impressions: Float64Array; // [d · K + k], d a document row, as far as the log shows any
}

/** One pass over the lists. */
export function impressionsByRank(log: ClickLog): ImpressionsByRank {
  const { sessions } = clickSums(log);
  const positions = positionsOf(log);
  const documents = log.docs.reduce((most, d) => Math.max(most, d + 1), 0);
  const impressions = new Float64Array(documents * positions);
  for (let l = 0; l < log.queries.length; l++)
    for (let i = log.offsets[l]; i < log.offsets[l + 1]; i++) impressions[log.docs[i] * positions + i - log.offsets[l]] += sessions[l];
  return { positions, impressions };
}
