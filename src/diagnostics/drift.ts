import type { ClickLog } from '../data/click-log.ts';
import type { SessionOrder } from '../data/named-logs/named-click-log.ts';
import { type Estimate, meanEstimate } from '../stats/estimate.ts';

/** Part of a log, in the order of the file. */
export interface LogPart {
  readonly sessions: number;
  readonly clicks: Estimate; //    a session
  readonly firstRank: Estimate; // of them at rank 1
  readonly newLists: number; //    share of its sessions whose list no earlier part shows
}

/**
 * A log in parts of equal numbers of sessions, by their order in the file: whether clicks, and what is shown, stay what they are.
 * @param parts as many, or fewer of a log with fewer sessions
 */
export function drift(log: ClickLog, order: SessionOrder, parts = 10): LogPart[] {
  const total = order.counts.reduce((sum, count) => sum + count, 0);
  const own = Math.min(parts, total);
  const counts = Array.from({ length: own }, () => new Float64Array(log.list.length));
  let done = 0;
  order.rows.forEach((row, i) => {
    for (let left = order.counts[i]; left > 0; ) {
      const part = Math.min(own - 1, Math.floor((done * own) / total));
      const room = part === own - 1 ? left : Math.max(1, Math.ceil(((part + 1) * total) / own) - done);
      const taken = Math.min(left, room);
      counts[part][row] += taken;
      done += taken;
      left -= taken;
    }
  });
  const clicks = Float64Array.from(log.list, (_, r) =>
    log.clicks.subarray(log.clickOffsets[r], log.clickOffsets[r + 1]).reduce((sum, c) => sum + c, 0),
  );
  const first = Float64Array.from(log.list, (_, r) =>
    log.clickOffsets[r + 1] > log.clickOffsets[r] ? log.clicks[log.clickOffsets[r]] : 0,
  );
  const seen = new Set<number>();
  return counts.map((weights) => {
    const lists = new Set(log.list.filter((_, r) => weights[r] > 0));
    let [sessions, fresh] = [0, 0];
    weights.forEach((n, r) => {
      sessions += n;
      if (!seen.has(log.list[r])) fresh += n;
    });
    for (const list of lists) seen.add(list);
    return { sessions, clicks: meanEstimate(clicks, weights), firstRank: meanEstimate(first, weights), newLists: fresh / sessions };
  });
}
