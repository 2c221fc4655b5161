import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UsageError } from '../../errors.ts';
import { permutation } from '../../random/permutation.ts';
import type { Rng } from '../../random/rng.ts';
import type { ClickLog } from '../click-log.ts';
import { ClickLogBuilder } from '../click-log-builder.ts';
import { compact } from '../compact.ts';
import { growingUint32 } from '../growing-array.ts';
import { type ListColumn, ListNames } from '../list-columns.ts';
import { type LogPieces, piecesFor, usualListsOfPiece } from '../log-pieces.ts';
import { PieceWriter } from '../piece-writer.ts';
import type { QuerySet } from '../query-set.ts';
import { resolver, withColumns } from '../read-click-log.ts';
import { SequenceTable } from '../sequence-table.ts';
import { listsFile, readStoreInfo, rowsFile, type StoreInfo } from './store-info.ts';
import { checkStoreContext } from './store-records.ts';
import { storedLists } from './stored-lists.ts';
import { sqlPath, withWorkDatabase } from './work-database.ts';

/** A log that is larger than memory, in two. */
export interface DividedLog {
  /** All sessions of some queries, in memory. */
  readonly sample: ClickLog;
  /** All sessions of the other queries, on the disk; null where there are none. */
  readonly rest: LogPieces | null;
  readonly info: StoreInfo;
  readonly sampleRows: number;
}

/** How a log is divided. */
export interface DivideOptions {
  /** Rows that may be in memory, at most. */
  readonly rowsInMemory: number;
  readonly rng: Rng;
  readonly context?: string | null;
  readonly names?: ListNames;
  readonly listsOfPiece?: number;
  /** Whether the sessions of the other queries are read and kept. Default: yes. */
  readonly keepRest?: boolean;
}

/** A query with more than this share of the rows that may be in memory is not drawn, as few others would have room beside it. */
const largestShare = 0.1;

/**
 * Divides a store whose rows do not fit in memory: queries are drawn in random order, with all of their sessions, for as long as their rows fit; what is
 * left is dealt to pieces in a file, in one pass. @param set has the queries and documents of the log
 * @throws UsageError where no query is small enough, or for a context that the store does not have; DataError for a damaged store, and for ids that the set does not have
 */
export async function divideStore(
  path: string,
  set: QuerySet,
  { rowsInMemory, rng, context: asked = null, names = new ListNames(), listsOfPiece = usualListsOfPiece, keepRest = true }: DivideOptions,
): Promise<DividedLog> {
  const info = await readStoreInfo(path);
  if (asked !== null) checkStoreContext(path, asked, info);
  const context = asked ?? info.columns.contexts.find((name) => name === 'context') ?? null;
  const { policy } = info.columns;
  const drawn = drawQueries(await rowsByQuery(path, info), rowsInMemory, rng.fork('queries'), path);
  const there: ListColumn[] = [...(context === null ? [] : ['context' as const]), ...(policy ? ['policy' as const] : [])];
  const writer = new PieceWriter(piecesFor(info.lists, listsOfPiece), rng.fork('pieces'), { contexts: context !== null, policies: policy });
  const resolve = resolver(set);
  const builder = new ClickLogBuilder();
  const groups = new SequenceTable(growingUint32()); // queries by context and policy
  let line = 1;
  let sampleRows = 0;
  for await (const { query: id, docs: ids, context: shownIn, policy: of, rows } of storedLists(path, info, { context, policy })) {
    const place = { file: path, line };
    line += rows.length;
    const inSample = drawn.has(id);
    if (!inSample && !keepRest) continue;
    const { query, docs } = resolve({ query: id, docs: ids }, place);
    const numbers = [
      context === null ? 0 : names.numberOf('context', shownIn, place),
      policy ? names.numberOf('policy', of, place) : 0,
    ] as const;
    if (!inSample) {
      writer.add({ query, docs, context: numbers[0], policy: numbers[1], rows });
      continue;
    }
    const list = builder.addList(groups.intern(query, numbers), docs);
    for (const { clicks, count } of rows) builder.addRow(list, clicks, count);
    sampleRows += rows.length;
  }
  return { sample: compact(withColumns(builder.build(), groups, there)), rest: writer.finish(), info, sampleRows };
}

async function rowsByQuery(path: string, info: StoreInfo): Promise<Map<string, number>> {
  const folder = await mkdtemp(join(tmpdir(), 'counterrank-divide-'));
  try {
    return await withWorkDatabase(join(folder, 'work'), { memory: '600MB', threads: 1 }, path, async (db) => {
      const found = new Map<string, number>();
      for (let part = 0; part < info.parts; part++) {
        const rows = await db.rows<{ query: string; n: bigint }>(`SELECT query, CAST(sum(n) AS BIGINT) AS n
          FROM read_parquet(${sqlPath(listsFile(path, part))}, hive_partitioning = false)
          JOIN (SELECT list, count(*) AS n FROM read_parquet(${sqlPath(rowsFile(path, part))}, hive_partitioning = false) GROUP BY list) USING (list)
          GROUP BY query ORDER BY query`);
        for (const { query, n } of rows) found.set(query, (found.get(query) ?? 0) + Number(n));
      }
      return found;
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Queries in random order up to the first that does not fit, so that which ones are drawn goes by their size as little as can be. */
function drawQueries(rows: ReadonlyMap<string, number>, rowsInMemory: number, rng: Rng, path: string): Set<string> {
  const queries = [...rows.keys()];
  const drawn = new Set<string>();
  let left = rowsInMemory;
  for (const q of permutation(queries.length, rng)) {
    const needed = rows.get(queries[q]) as number;
    if (needed > largestShare * rowsInMemory) continue;
    if (needed > left) break;
    drawn.add(queries[q]);
    left -= needed;
  }
  if (drawn.size > 0) return drawn;
  const least = Math.ceil([...rows.values()].reduce((min, n) => Math.min(min, n), Infinity) / largestShare);
  throw new UsageError(
    `"${path}": each query alone has more than a tenth of the ${rowsInMemory} rows that may be in memory; give room for more, ${least} at the least`,
  );
}
