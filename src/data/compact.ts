import type { ClickLog } from './click-log.ts';
import { growingFloat64, growingUint8, growingUint32 } from './growing-array.ts';
import { SequenceTable } from './sequence-table.ts';

/**
 * The same log with equal lists (same query, same documents in the same order) merged into one, and equal rows (same list, same clicks)
 * merged into one whose count is the sum. Lists and rows keep the order of their first appearance. Every sum over sessions stays as it was.
 */
export function compact(log: ClickLog): ClickLog {
  const lists = new SequenceTable(growingUint32(log.docs.length));
  const newList = log.queries.map((query, l) => lists.intern(query, log.docs, log.offsets[l], log.offsets[l + 1]));
  const rows = new SequenceTable(growingUint8());
  const count = growingFloat64();
  for (let r = 0; r < log.list.length; r++) {
    const row = rows.intern(newList[log.list[r]], log.clicks, log.clickOffsets[r], log.clickOffsets[r + 1]);
    if (row === count.length) count.push(log.count[r]);
    else count.values[row] += log.count[r];
  }
  return {
    queries: lists.keys.trimmed(),
    offsets: lists.offsets.trimmed(),
    docs: lists.items.trimmed(),
    list: rows.keys.trimmed(),
    clickOffsets: rows.offsets.trimmed(),
    clicks: rows.items.trimmed(),
    count: count.trimmed(),
  };
}
