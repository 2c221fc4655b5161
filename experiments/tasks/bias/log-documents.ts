import type { ClickLog } from '../../../src/data/click-log.ts';
import { clickLogEndings } from '../../../src/data/click-log-format.ts';
import { shownText } from '../../../src/data/decimal.ts';
import { readAnyDocuments } from '../../../src/data/documents/read-documents.ts';
import { readUltraDocuments, ultraFolderOf, ultraParts } from '../../../src/data/documents/read-ultra-documents.ts';
import type { NamedClickLog } from '../../../src/data/named-logs/named-click-log.ts';
import { detectNamedLogFormat } from '../../../src/data/named-logs/named-log-formats.ts';
import type { QuerySet } from '../../../src/data/query-set.ts';
import { fitScaling, scaleFeatures } from '../../../src/data/scale-features.ts';
import { someIds } from '../../../src/data/shared-ids.ts';
import { DataError } from '../../../src/errors.ts';
import { highestGrade, namedColumns } from '../ranking/load-data.ts';
import type { BiasConfig } from './bias-config.ts';

/** The documents of one file, or of the part `train` of ULTRA's folders, of no parts: a log needs no others. */
export async function documentsOf({ path, gains, firstIndex, queries, scale, missing, columns }: BiasConfig['data']) {
  const ultra = await ultraFolderOf(path as string);
  const { accounting, ofQueries, ...set } =
    ultra === null
      ? await readAnyDocuments(path as string, { gains, firstIndex, queries, columns: namedColumns({ columns }), missing: 'keep' })
      : { ...(await readUltraDocuments(ultra, ultraParts.train, { judged: false, missing: 'keep' })), ofQueries: true };
  const scaling = fitScaling(set, scale, missing);
  return {
    querySet: scaleFeatures(set, scaling),
    ...{ scaling, accounting, ofQueries },
    grade: highestGrade({ train: set, validation: set, test: set }, gains),
  };
}

const recordForms: readonly string[] = [...new Set(Object.values(clickLogEndings)), 'store'];

/** Whether a log is of a published form, whose reader knows no other ids than its own. */
export async function isPublished(path: string, format: string | null): Promise<boolean> {
  return !recordForms.includes(format ?? (await detectNamedLogFormat(path)));
}

type Named = Pick<NamedClickLog, 'queryIds' | 'docIds' | 'documentQuery'> & { readonly log: ClickLog };

/**
 * A log of names whose documents are those of a set; features of documents that are of no query are those of their ids, for every query that showed them.
 * @param path of the log @throws DataError for a query or document of the log that the set does not have
 */
export function withDocuments(
  named: Named,
  set: QuerySet,
  ofQueries: boolean,
  path: string,
): { readonly querySet: QuerySet; readonly log: ClickLog } {
  return ofQueries ? joined(named, set, path) : spread(named, set, path);
}

const lacks = (path: string, what: string, ids: Iterable<string>): never => {
  throw new DataError(`${what} is not among the documents given; these have ${someIds(ids)}`, { file: path });
};

function joined({ log, queryIds, docIds, documentQuery }: Named, set: QuerySet, path: string) {
  const numbers = new Map(set.queryIds.map((id, q) => [id, q]));
  const queryOf = queryIds.map((id) => numbers.get(id) ?? lacks(path, `query ${shownText(id)} of the log`, set.queryIds));
  const tables = new Map<number, Map<string, number>>();
  const tableOf = (query: number) => {
    const known = tables.get(query);
    if (known !== undefined) return known;
    const [start, end] = [set.offsets[query], set.offsets[query + 1]];
    const table = new Map(set.docIds.slice(start, end).map((id, i) => [id, start + i]));
    tables.set(query, table);
    return table;
  };
  const rowOf = docIds.map((id, d) => {
    const table = tableOf(queryOf[documentQuery[d]]);
    return table.get(id) ?? lacks(path, `document ${shownText(id)} of query ${shownText(queryIds[documentQuery[d]])}`, table.keys());
  });
  return { querySet: set, log: { ...log, queries: log.queries.map((q) => queryOf[q]), docs: log.docs.map((doc) => rowOf[doc]) } };
}

/** A row of features for each pair of a query and a document that the log shows. */
function spread(named: Named, set: QuerySet, path: string) {
  const { querySet, log } = byQuery(named);
  return { querySet: spreadFeatures(querySet, set, path), log };
}

/** Features of documents that are of no query, for each pair of a query and a document. @throws DataError for a document that the set does not have */
export function spreadFeatures(querySet: QuerySet, set: QuerySet, path: string): QuerySet {
  const rows = new Map(set.docIds.map((id, row) => [id, row]));
  const { featureCount: F } = set;
  const features = new Float32Array(querySet.docIds.length * F);
  for (const [d, id] of querySet.docIds.entries()) {
    const row = rows.get(id) ?? lacks(path, `document ${shownText(id)} of the log`, set.docIds);
    features.set(set.features.subarray(row * F, (row + 1) * F), d * F);
  }
  return { ...querySet, features, featureCount: F };
}

/** Documents numbered query by query, as a query set has them; they have names and no features. */
export function byQuery({ log, docIds, queryIds, documentQuery }: Named) {
  const offsets = new Uint32Array(queryIds.length + 1);
  for (const query of documentQuery) offsets[query + 1]++;
  for (let q = 0; q < queryIds.length; q++) offsets[q + 1] += offsets[q];
  const next = offsets.slice();
  const row = documentQuery.map((query) => next[query]++);
  const names = new Array<string>(docIds.length);
  row.forEach((to, from) => {
    names[to] = docIds[from];
  });
  const querySet: QuerySet = {
    ...{ queryIds, docIds: names, offsets, features: new Float32Array(0), featureCount: 0 },
    labels: new Float32Array(docIds.length),
  };
  return { querySet, log: { ...log, docs: log.docs.map((doc) => row[doc]) } };
}
