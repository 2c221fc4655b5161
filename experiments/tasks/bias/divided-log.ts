import type { Accounting } from '../../../src/data/accounting.ts';
import type { ClickLog } from '../../../src/data/click-log.ts';
import { compact } from '../../../src/data/compact.ts';
import type { ListNames } from '../../../src/data/list-columns.ts';
import type { LogPieces } from '../../../src/data/log-pieces.ts';
import { divideStore } from '../../../src/data/log-store/divide-store.ts';
import { storeDocuments } from '../../../src/data/log-store/store-documents.ts';
import { isLogStore, readStoreInfo } from '../../../src/data/log-store/store-info.ts';
import type { QuerySet } from '../../../src/data/query-set.ts';
import { readClickLog } from '../../../src/data/read-click-log.ts';
import { createRng } from '../../../src/random/rng.ts';
import type { BiasConfig } from './bias-config.ts';
import { spreadFeatures } from './log-documents.ts';

/** Why rows are left out of what a command reads. */
export const notDrawn = 'of queries that were not drawn (log.rowsInMemory)';

type RecordedLog = NonNullable<BiasConfig['log']>;

/** Whether a log is a store with more rows than may be in memory. */
export async function isBeyondMemory({ path, rowsInMemory }: RecordedLog): Promise<boolean> {
  return rowsInMemory !== null && (await isLogStore(path)) && (await readStoreInfo(path)).rows > rowsInMemory;
}

/** A log of which the sessions of some queries are in memory, and those of the others in pieces, or left out. */
export interface DividedLogs {
  readonly querySet: QuerySet;
  readonly train: ClickLog;
  readonly randomised: ClickLog | null;
  readonly rest: LogPieces | null;
  readonly accounting: readonly Accounting[];
  readonly told: string; // how it was divided
}

/**
 * @param documents of the log, with features; `ofQueries` false: of the ids alone, whatever the query. Null: documents are ids
 * @param keepRest whether somebody learns from the other queries too
 */
export async function dividedLogs(
  { path, randomised, context, rowsInMemory }: RecordedLog,
  documents: { readonly querySet: QuerySet; readonly ofQueries: boolean } | null,
  names: ListNames,
  keepRest: boolean,
): Promise<DividedLogs> {
  const querySet = documents?.ofQueries === true ? documents.querySet : await shownDocuments(path, documents?.querySet ?? null);
  const room = rowsInMemory ?? Number.POSITIVE_INFINITY;
  const divided = await divideStore(path, querySet, { rowsInMemory: room, rng: createRng('divide'), context, names, keepRest });
  const { sample, rest, info, sampleRows } = divided;
  const shuffled = randomised === null ? null : compact(await readClickLog(randomised, querySet, names, context));
  const left = info.rows - sampleRows;
  const queries = new Set(sample.queries).size;
  const kept = keepRest ? info.rows : sampleRows;
  const rejected = keepRest ? {} : { [notDrawn]: left };
  return {
    ...{ querySet, train: sample, randomised: shuffled, rest },
    accounting: [{ file: path, unit: 'rows', read: info.rows, kept, merged: 0, rejected }],
    told: `the log has ${info.rows} rows, and ${room} may be in memory (log.rowsInMemory): ${sampleRows} rows of ${queries} queries drawn at random are there`,
  };
}

async function shownDocuments(path: string, features: QuerySet | null): Promise<QuerySet> {
  const shown = await storeDocuments(path);
  return features === null ? shown : spreadFeatures(shown, features, path);
}
