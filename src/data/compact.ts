import type { ClickLog } from './click-log.ts';
import { CompactLogBuilder } from './compact-log-builder.ts';

/**
 * The same log with equal lists (same query, same documents in the same order) merged into one, and equal rows (same list, same clicks)
 * merged into one whose count is the sum. Lists and rows keep the order of their first appearance. Every sum over sessions stays as it was.
 */
export function compact(log: ClickLog): ClickLog {
  const builder = new CompactLogBuilder(log.docs.length);
  const newList = log.queries.map((query, l) => builder.addList(query, log.docs, log.offsets[l], log.offsets[l + 1]));
  for (let r = 0; r < log.list.length; r++)
    builder.addRow(newList[log.list[r]], log.clicks, log.clickOffsets[r], log.clickOffsets[r + 1], log.count[r]);
  return builder.build();
}
