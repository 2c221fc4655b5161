import type { ClickLog } from './click-log.ts';
import { CompactLogBuilder } from './compact-log-builder.ts';
import { growingFloat64, growingUint32 } from './growing-array.ts';
import type { SessionOrder } from './named-logs/named-click-log.ts';

/**
 * The same log with equal lists (same query, context and policy, same documents in the same order) merged into one, and equal rows (same list, same clicks)
 * merged into one whose count is the sum. Lists and rows keep the order of their first appearance. Every sum over sessions stays as it was.
 * @param onRow gets the new row of each old one, in their order, and its count
 */
export function compact(log: ClickLog, onRow: (row: number, count: number) => void = () => {}): ClickLog {
  const builder = new CompactLogBuilder(log.docs.length);
  const [contexts, policies] = [kindsOf(log.contexts), kindsOf(log.policies)];
  const key = (l: number) => (log.queries[l] * contexts + (log.contexts?.[l] ?? 0)) * policies + (log.policies?.[l] ?? 0);
  const newList = log.queries.map((_, l) => builder.addList(key(l), log.docs, log.offsets[l], log.offsets[l + 1]));
  for (let r = 0; r < log.list.length; r++)
    onRow(builder.addRow(newList[log.list[r]], log.clicks, log.clickOffsets[r], log.clickOffsets[r + 1], log.count[r]), log.count[r]);
  const merged = builder.build();
  if (contexts === 1 && policies === 1) return merged;
  return {
    ...merged,
    queries: merged.queries.map((of) => Math.floor(of / (contexts * policies))),
    ...(log.contexts && { contexts: merged.queries.map((of) => Math.floor(of / policies) % contexts) }),
    ...(log.policies && { policies: merged.queries.map((of) => of % policies) }),
  };
}

/** {@link compact} of a log whose rows are in the order of their sessions, with that order. */
export function compactInOrder(log: ClickLog): { readonly log: ClickLog; readonly order: SessionOrder } {
  const [rows, counts] = [growingUint32(), growingFloat64()];
  const compacted = compact(log, (row, count) => {
    if (rows.length > 0 && rows.values[rows.length - 1] === row) counts.values[rows.length - 1] += count;
    else {
      rows.push(row);
      counts.push(count);
    }
  });
  return { log: compacted, order: { rows: rows.trimmed(), counts: counts.trimmed() } };
}

/** How many kinds a column of a list's numbers tells apart: one more than the largest, 1 where there is no column. */
export const kindsOf = (column: Uint32Array | undefined): number => column?.reduce((most, kind) => Math.max(most, kind + 1), 1) ?? 1;
