import { DataError } from '../../errors.ts';
import { shownText } from '../decimal.ts';
import { growingUint32 } from '../growing-array.ts';
import type { QuerySet } from '../query-set.ts';
import { readStoreInfo } from './store-info.ts';
import { storedLists } from './stored-lists.ts';

/**
 * The queries of a store and the documents that each of them ever showed, by their ids and without features; memory goes by their number, whatever the
 * number of lists and sessions. @throws DataError for a damaged store
 */
export async function storeDocuments(path: string): Promise<QuerySet> {
  const info = await readStoreInfo(path);
  const queryIds: string[] = [];
  const docIds: string[] = [];
  const seen = new Set<string>();
  const offsets = growingUint32();
  let known = new Set<string>(); // of the last query
  for await (const { query, docs } of storedLists(path, info, { context: null, policy: false, listsOnly: true })) {
    if (query !== queryIds.at(-1)) {
      if (seen.has(query)) throw new DataError(`lists of the query ${shownText(query)} stand apart; import the log again`, { file: path });
      seen.add(query);
      queryIds.push(query);
      offsets.push(docIds.length);
      known = new Set();
    }
    for (const doc of docs)
      if (!known.has(doc)) {
        known.add(doc);
        docIds.push(doc);
      }
  }
  offsets.push(docIds.length);
  return {
    queryIds,
    docIds,
    offsets: offsets.trimmed(),
    features: new Float32Array(0),
    featureCount: 0,
    labels: new Float32Array(docIds.length),
  };
}
