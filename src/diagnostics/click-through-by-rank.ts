import { type ClickLog, clickSums, positionsOf } from '../data/click-log.ts';

/** Click-through rate of every rank, in [0, 1]: clicks over sessions of the lists that show it. Bias and relevance in one, unless ranks were drawn at random. */
export function clickThroughByRank(log: ClickLog): Float64Array {
  const { clicks, sessions } = clickSums(log);
  const [clicked, shown] = [new Float64Array(positionsOf(log)), new Float64Array(positionsOf(log))];
  for (let l = 0; l < sessions.length; l++)
    for (let i = log.offsets[l]; i < log.offsets[l + 1]; i++) {
      clicked[i - log.offsets[l]] += clicks[i];
      shown[i - log.offsets[l]] += sessions[l];
    }
  return clicked.map((count, k) => count / shown[k]);
}
