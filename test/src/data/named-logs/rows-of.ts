import { checkClickLog } from '../../../../src/data/click-log.ts';
import type { NamedClickLog } from '../../../../src/data/named-logs/named-click-log.ts';

/** Every row as text, in order: the query, perhaps the context, each document with * where it was clicked, and the sessions. */
export function rowsOf({ log, queryIds, docIds, documentQuery, contexts }: NamedClickLog): string[] {
  checkClickLog(log, { queries: queryIds.length, documents: docIds.length });
  const strays = log.queries.map(
    (query, l) => log.docs.subarray(log.offsets[l], log.offsets[l + 1]).filter((doc) => documentQuery[doc] !== query).length,
  );
  expect(Math.max(...strays)).toBe(0);
  return Array.from(log.list, (l, r) => {
    const docs = Array.from(
      log.docs.subarray(log.offsets[l], log.offsets[l + 1]),
      (doc, k) => `${docIds[doc]}${log.clicks[log.clickOffsets[r] + k] === 1 ? '*' : ''}`,
    );
    return [queryIds[log.queries[l]], ...(contexts === null ? [] : [contexts.names[contexts.ofList[l]]]), ...docs, log.count[r]].join(' ');
  });
}
