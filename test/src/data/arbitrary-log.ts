import fc from 'fast-check';
import type { ClickLog } from '../../../src/data/click-log.ts';
import { ClickLogBuilder } from '../../../src/data/click-log-builder.ts';
import { concatLogs } from '../../../src/data/concat-logs.ts';

const session = fc.record({
  query: fc.nat(2),
  docs: fc.uniqueArray(fc.nat(3), { maxLength: 4 }),
  pattern: fc.nat(15),
  count: fc.integer({ min: 1, max: 9 }),
});

/** Logs with many equal lists and rows: a few documents, and two builders one after the other so that lists repeat. */
export const arbitraryLog = fc.tuple(fc.array(session), fc.array(session)).map(([a, b]) => concatLogs(build(a), build(b)));

export function build(sessions: { query: number; docs: number[]; pattern: number; count: number }[]): ClickLog {
  const builder = new ClickLogBuilder();
  for (const { query, docs, pattern, count } of sessions)
    builder.addRow(
      builder.addList(query, docs),
      docs.map((_, k) => (pattern >> k) & 1),
      count,
    );
  return builder.build();
}

/** What a log says, as text → sessions: independent of how its lists and rows are numbered. */
export function sessionsByText(log: ClickLog): Record<string, number> {
  const sessions: Record<string, number> = {};
  log.list.forEach((l, r) => {
    const docs = log.docs.slice(log.offsets[l], log.offsets[l + 1]);
    const text = `${log.queries[l]}: ${docs} clicks ${log.clicks.slice(log.clickOffsets[r], log.clickOffsets[r + 1])}`;
    sessions[text] = (sessions[text] ?? 0) + log.count[r];
  });
  return sessions;
}
