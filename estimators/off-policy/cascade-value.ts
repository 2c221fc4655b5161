import { type ClickLog, positionsOf } from '../../src/data/click-log.ts';
import type { QuerySet } from '../../src/data/query-set.ts';
import { type Estimate, meanEstimate } from '../../src/stats/estimate.ts';

/** Clicks a session at the ranks of a ranker's lists that the log can foretell. */
export interface CascadeValue {
  readonly covered: number; //   share of all ranks shown, in [0, 1], by sessions
  readonly ranker: Estimate;
  readonly logging: Estimate; // at the same ranks of the same queries
}

/**
 * Cascade importance sampling (reward interaction, McInerney et al., KDD 2020), with the frequencies of the log for its policy: a click at rank k of query q
 * counts n_q/m_qk where a session saw the ranker's first k documents, m_qk the sessions that did, else nothing.
 * Unbiased where what users do at a rank depends on what stands above it and not below it, whatever the bias of position: no examination is
 * asked for. It tells of ranks only whose documents some session saw from the top down to there (`covered`); deep ranks seldom are.
 * Intervals are the delta method's. @param scores by document row; equal ones in the order of rows
 * @returns null where no rank is covered
 */
export function cascadeValue(log: ClickLog, { offsets }: Pick<QuerySet, 'offsets'>, scores: Float32Array): CascadeValue | null {
  const K = positionsOf(log);
  const orders = new Map<number, Uint32Array>();
  const agreeing = Uint32Array.from(log.queries, (q, l) => {
    const order = orders.get(q) ?? orderOf(scores, offsets[q], offsets[q + 1]);
    orders.set(q, order);
    let depth = 0;
    while (log.offsets[l] + depth < log.offsets[l + 1] && log.docs[log.offsets[l] + depth] === order[depth]) depth++;
    return depth;
  });
  const cells = offsets.length * K; // of query and rank
  const [matched, shown, clicks, all] = [0, 1, 2, 3].map(() => new Float64Array(cells));
  const each = (visit: (cell: number, r: number, i: number, agrees: boolean) => void) => {
    for (let r = 0; r < log.list.length; r++) {
      const l = log.list[r];
      for (let i = log.clickOffsets[r], k = 0; i < log.clickOffsets[r + 1]; i++, k++) visit(log.queries[l] * K + k, r, i, k < agreeing[l]);
    }
  };
  each((cell, r, i, agrees) => {
    shown[cell] += log.count[r];
    all[cell] += log.count[r] * log.clicks[i];
    if (!agrees) return;
    matched[cell] += log.count[r];
    clicks[cell] += log.count[r] * log.clicks[i];
  });
  let [known, ranks] = [0, 0];
  shown.forEach((n, cell) => {
    ranks += n;
    if (matched[cell] > 0) known += n;
  });
  if (known === 0) return null;
  const [own, usual] = [new Float64Array(log.list.length), new Float64Array(log.list.length)]; // of every row: its part of the value, and the rest's mean
  each((cell, r, i, agrees) => {
    if (matched[cell] === 0) return;
    const rate = clicks[cell] / matched[cell];
    own[r] += rate + (agrees ? (shown[cell] / matched[cell]) * (log.clicks[i] - rate) : 0);
    usual[r] += log.clicks[i];
  });
  return { covered: known / ranks, ranker: meanEstimate(own, log.count), logging: meanEstimate(usual, log.count) };
}

const orderOf = (scores: Float32Array, start: number, end: number): Uint32Array =>
  Uint32Array.from({ length: end - start }, (_, i) => start + i).sort((i, j) => scores[j] - scores[i] || i - j);
