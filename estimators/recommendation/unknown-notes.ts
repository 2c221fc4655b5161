import { type InteractionLog, itemClicks, itemRows } from '../../src/data/interactions/interaction-log.ts';
import type { Exposure } from './exposure/exposure.ts';

/**
 * What a reader must know of users and items that the log says nothing of. Matrix factorisation scores a user or item that training never
 * met near the average of its partners; the feature model by features. Such users stay in metrics over pairs, and in rankings where they
 * have a relevant test pair.
 */
export function unknownNotes({ log }: { readonly log: InteractionLog }): string[] {
  const clicks = itemClicks(log);
  const rows = itemRows(log);
  const unseen = rows.filter((n) => n === 0).length;
  const unclicked = clicks.filter((n, item) => n === 0 && rows[item] > 0).length;
  let silent = 0;
  for (let u = 0; u + 1 < log.offsets.length; u++) if (!log.clicks.subarray(log.offsets[u], log.offsets[u + 1]).includes(1)) silent++;
  const share = (count: number, total: number, what: string) => (count === 0 ? [] : [`${count} of ${total} ${what}`]);
  return [
    ...share(unseen, rows.length, 'items are not in the training log'),
    ...share(unclicked, rows.length, 'items have impressions but no click'),
    ...share(silent, log.offsets.length - 1, 'users have no click in the training log'),
  ];
}

/** Where all observed rows have the same exposure, weights by it change nothing: said, so that equal results surprise nobody. */
export function constantExposureNotes({ log }: { readonly log: InteractionLog }, exposure: Exposure): string[] {
  if (log.items.length === 0) return [];
  const first = exposure.row(0);
  for (let row = 1; row < log.items.length; row++) if (exposure.row(row) !== first) return [];
  return [`every observed row has exposure ${first}: methods that weigh by it are as those that do not, but for a common factor`];
}
