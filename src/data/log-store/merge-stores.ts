import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from '../../errors.ts';
import { sqlName } from '../duckdb.ts';
import { writeAtomicStream } from '../write-atomic.ts';
import {
  areShares,
  columnsOfLists,
  columnsOfRows,
  listsFile,
  readStoreInfo,
  rowsFile,
  type StoreColumns,
  type StoreInfo,
} from './store-info.ts';
import { sqlPath, usualRoom, type WorkRoom, withWorkDatabase } from './work-database.ts';
import { rejectsFile, type WriteStoreOptions, writeStore } from './write-store.ts';

/** A store, or some parts of one. */
export interface StorePart {
  readonly path: string;
  /** Default: all. */
  readonly parts?: readonly number[];
}

/**
 * Adds stores up: equal lists become one, equal rows one with the sum of their counts. The order of stores does not matter, and stores of
 * stores are as the whole: merging what was counted of parts gives the tables that counting all at once gives. The account of a store, and its rejects, go with its first part.
 * @param folder empty @throws UsageError where stores have different columns
 */
export async function mergeStores(
  stores: readonly StorePart[],
  folder: string,
  { room = usualRoom, ...options }: WriteStoreOptions & { readonly room?: WorkRoom } = {},
): Promise<StoreInfo> {
  const infos: StoreInfo[] = [];
  for (const { path } of stores) infos.push(await readStoreInfo(path));
  const [{ columns }] = infos;
  for (const [i, info] of infos.entries()) checkSameColumns(stores[0].path, columns, stores[i].path, info.columns);
  return withWorkDatabase(join(folder, 'work'), room, stores[0].path, async (db) => {
    const own = ['query', 'docs', ...columnsOfLists(columns).slice(1)].map(sqlName).join(', ');
    const ownRow = ['clicks', ...columnsOfRows(columns), '"count"'].join(', ');
    let first = 0; // number of the store's first list, of all
    let begun = false;
    for (const [i, { path, parts }] of stores.entries()) {
      const chosen = parts ?? Array.from({ length: infos[i].parts }, (_, part) => part);
      for (const part of chosen) {
        const into = (table: string) => (begun ? `INSERT INTO ${table}` : `CREATE TABLE ${table} AS`);
        const from = (file: string) => `read_parquet(${sqlPath(file)}, hive_partitioning = false)`;
        await db.run(`${into('raw_lists')} SELECT list + ${first} AS l, ${own} FROM ${from(listsFile(path, part))}`);
        await db.run(`${into('raw_rows')} SELECT list + ${first} AS l, ${ownRow} FROM ${from(rowsFile(path, part))}`);
        begun = true;
      }
      first += infos[i].lists;
    }
    const accounts = stores.map(({ parts = [firstPart] }) => parts.includes(firstPart));
    await mergeRejects(
      stores.filter((_, i) => accounts[i]),
      folder,
    );
    const origin = { sources: sourcesOf(infos), accounting: infos.flatMap(({ accounting }, i) => (accounts[i] ? accounting : [])) };
    return writeStore(db, folder, columns, origin, options);
  });
}

/** What was read for a store, and left out of it, is told with this part of it, as it is of no part by itself. */
const firstPart = 0;

/** Every file once that shares of one store name. */
function sourcesOf(infos: readonly StoreInfo[]): StoreInfo['sources'] {
  return infos.flatMap((info, i) => {
    const shares = infos.slice(0, i).filter((other) => areShares(other, info));
    const told = new Set(shares.flatMap(({ sources }) => sources.map((source) => JSON.stringify(source))));
    return info.sources.filter((source) => !told.has(JSON.stringify(source)));
  });
}

function checkSameColumns(one: string, a: StoreColumns, other: string, b: StoreColumns): void {
  const words = ({ contexts, policy, time, user, propensity }: StoreColumns) =>
    [...contexts, ...Object.entries({ policy, time, user, propensity }).flatMap(([name, there]) => (there ? [name] : []))].join(', ') ||
    'none';
  if (words(a) !== words(b))
    throw new UsageError(
      `"${one}" and "${other}" have different columns beside query, docs, clicks and count: ${words(a)}, and ${words(b)}; import them by the same columns`,
    );
}

async function mergeRejects(stores: readonly StorePart[], folder: string): Promise<void> {
  const files: string[] = [];
  for (const { path } of stores) if ((await stat(join(path, rejectsFile)).catch(() => null)) !== null) files.push(join(path, rejectsFile));
  if (files.length === 0) return;
  const lines = async function* () {
    yield 'file,line,reason\n';
    for (const file of files) yield (await readFile(file, 'utf8')).replace(/^.*\n/, '');
  };
  await writeAtomicStream(join(folder, rejectsFile), lines());
}
