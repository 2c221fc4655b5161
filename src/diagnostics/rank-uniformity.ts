import { type ClickLog, clickSums } from '../data/click-log.ts';
import { chiSquareTail } from '../stats/chi-square.ts';

/** Whether each document of a query is at every rank as often, as in lists whose order was drawn for each session. */
export interface RankUniformity {
  readonly pValue: number; // at most so likely with orders that were drawn; 1 where no query has sessions enough to tell
  readonly away: number; //   share of the impressions that would have to be at another rank
}

/** Sessions of a document at a rank, in the mean, from which on χ² is what it is taken for. */
const enoughAtRank = 5;

/**
 * Chi-square test of the counts of document × rank within queries, of lists of n documents each apart: O_dk sessions with document d at rank k, m_d with d at all, N together. Given which documents a list
 * shows, two sessions with s of them in common have s/n at the same rank in the mean, with a variance of s/n at most; so of T = Σ O² − Nn − P/n, P = Σ m² − Nn, the mean is 0 and the variance 2P/n at most, whichever
 * documents were shown. With the same n in all sessions T(n − 1)/N + (n − 1)² is the χ² of (n − 1)² degrees of Anderson (JASA 1959), and T is brought to that scale elsewhere; queries add up.
 */
export function rankUniformity(log: ClickLog): RankUniformity {
  let [statistic, degrees, away, impressions] = [0, 0, 0, 0];
  for (const { n, N, cells } of countsByQuery(log)) {
    let [squares, products, far] = [0, -N * n, 0];
    for (const ofDocument of cells) {
      const m = ofDocument.reduce((sum, count) => sum + count, 0);
      products += m * m;
      for (const count of ofDocument) {
        squares += count * count;
        far += Math.abs(count - m / n) / 2;
      }
    }
    if (n < 2 || (products + N * n) / (N * n * n) < enoughAtRank) continue;
    const own = (n - 1) ** 2;
    const spread = (squares - N * n - products / n) / Math.sqrt((2 * products) / n);
    statistic += own + Math.sqrt(2 * own) * spread;
    degrees += own;
    away += far;
    impressions += N * n;
  }
  return degrees === 0 ? { pValue: 1, away: 0 } : { pValue: chiSquareTail(statistic, degrees), away: away / impressions };
}

/** Sessions by document and rank, of the N sessions of a query whose lists have n documents. */
function* countsByQuery(log: ClickLog): Generator<{ readonly n: number; readonly N: number; readonly cells: Iterable<Float64Array> }> {
  const { sessions } = clickSums(log);
  const lengthOf = (l: number) => log.offsets[l + 1] - log.offsets[l];
  const lists = Uint32Array.from(log.queries.keys()).sort((a, b) => log.queries[a] - log.queries[b] || lengthOf(a) - lengthOf(b));
  for (let i = 0; i < lists.length; ) {
    const [query, n] = [log.queries[lists[i]], lengthOf(lists[i])];
    const cells = new Map<number, Float64Array>();
    let N = 0;
    for (; i < lists.length && log.queries[lists[i]] === query && lengthOf(lists[i]) === n; i++) {
      const start = log.offsets[lists[i]];
      N += sessions[lists[i]];
      for (let k = 0; k < n; k++) {
        const cell = cells.get(log.docs[start + k]) ?? new Float64Array(n);
        cells.set(log.docs[start + k], cell);
        cell[k] += sessions[lists[i]];
      }
    }
    if (N > 0) yield { n, N, cells: cells.values() };
  }
}
