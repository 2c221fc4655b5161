import type { ClickLog } from '../data/click-log.ts';
import type { SessionOrder } from '../data/named-logs/named-click-log.ts';
import { clickThroughByRank } from './click-through-by-rank.ts';

/** Sessions that say little of what people like: of bots, of scripts that follow every link, of a log that was written twice. */
export interface OddSessions {
  readonly clickedAll: number; //  sessions that clicked every document of a list of at least two
  readonly expectedAll: number; // as many of them by the click-through of the ranks, if clicks did not depend on each other
  readonly repeated: number | null; //         clicked sessions that follow an equal one in the file; null where its order is not known
  readonly expectedRepeated: number | null; // as many of them, if sessions stood in random order
}

/** One pass over rows, and over their order. */
export function oddSessions(log: ClickLog, order?: SessionOrder): OddSessions {
  const rates = clickThroughByRank(log);
  let [clickedAll, expectedAll, sessions, pairs] = [0, 0, 0, 0];
  const clicked = Uint8Array.from(log.list, (_, r) => {
    const [start, end] = [log.clickOffsets[r], log.clickOffsets[r + 1]];
    let [clicks, all] = [0, 1];
    for (let i = start; i < end; i++) {
      clicks += log.clicks[i];
      all *= rates[i - start];
    }
    const n = log.count[r];
    sessions += n;
    if (end - start > 1) {
      expectedAll += n * all;
      if (clicks === end - start) clickedAll += n;
    }
    if (clicks > 0) pairs += n * (n - 1);
    return Number(clicks > 0);
  });
  if (order === undefined) return { clickedAll, expectedAll, repeated: null, expectedRepeated: null };
  let repeated = 0;
  order.rows.forEach((row, i) => {
    if (clicked[row] === 1) repeated += order.counts[i] - 1;
  });
  return { clickedAll, expectedAll, repeated, expectedRepeated: pairs / sessions };
}
