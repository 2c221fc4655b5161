import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DataError, UsageError } from '../../errors.ts';
import { array, boolean, type Decoded, integer, literal, optional, record, safeParse, strictObject, string } from '../../schema.ts';
import { filesWithin } from '../files-within.ts';
import { cannot } from '../system-error.ts';

/** The name of the file that says what a store holds, and makes a folder one. */
export const infoFile = 'log.json';
export const storeFormat = 'counterrank click log';

const infoSchema = strictObject({
  format: literal(storeFormat),
  version: literal(1),
  /** Columns of lists beside list, query and docs, and of rows beside list, clicks and count. */
  columns: strictObject({
    ...{ contexts: array(string()), policy: boolean(), time: boolean() },
    ...{ user: optional(boolean(), false), propensity: optional(boolean(), false) },
  }),
  parts: integer(1),
  /** Of what `counterrank count --shard` wrote: the index-th of so many, from 1. */
  shard: optional(strictObject({ index: integer(1), of: integer(1) })),
  lists: integer(),
  rows: integer(),
  sessions: integer(),
  /** Documents shown: Σ over rows of count · length of the list. */
  impressions: integer(),
  longestList: integer(),
  /** Files that were counted, and how many bytes each had. */
  sources: array(strictObject({ file: string(), bytes: integer() })),
  accounting: array(
    strictObject({
      file: string(),
      unit: string(),
      read: integer(),
      kept: integer(),
      merged: integer(),
      rejected: record(string(), integer()),
    }),
  ),
});

/** What a store says of itself. */
export type StoreInfo = Decoded<typeof infoSchema>;
export type StoreColumns = StoreInfo['columns'];

/** Columns of the lists of a store but for list and docs. */
export const columnsOfLists = ({ contexts, policy, propensity }: StoreColumns): string[] => [
  ...['query', ...contexts],
  ...(policy ? ['policy'] : []),
  ...(propensity ? ['propensities'] : []),
];

/** Columns that rows are told apart by, beside list and clicks, as SQL calls them. */
export const columnsOfRows = ({ time, user }: StoreColumns): string[] => [...(time ? ['"time"'] : []), ...(user ? ['"user"'] : [])];

/** Whether two stores are different shares of what was shared out alike. Of a store that was shared out each names all files. */
export const areShares = ({ shard: a }: Pick<StoreInfo, 'shard'>, { shard: b }: Pick<StoreInfo, 'shard'>): boolean =>
  a !== undefined && b !== undefined && a.of === b.of && a.index !== b.index;

/** Whether there is a store at a path. */
export const isLogStore = async (path: string): Promise<boolean> =>
  (await stat(join(path, infoFile)).catch(() => null))?.isFile() === true && (await stat(join(path, 'rows')).catch(() => null)) !== null;

/** @throws UsageError for a folder that is no store, DataError for one that is damaged or of a later version */
export async function readStoreInfo(path: string): Promise<StoreInfo> {
  const file = join(path, infoFile);
  const found = await stat(path).catch(cannot(`read "${path}"`));
  if (!found.isDirectory()) throw new UsageError(`"${path}" is no folder that counterrank import wrote`);
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw new UsageError(`"${path}" is no folder that counterrank import wrote: it has no ${infoFile}`);
    return cannot(`read "${file}"`)(error);
  });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new DataError('not JSON; import the log again', { file });
  }
  const decoded = safeParse(infoSchema, value);
  if (decoded.success) return decoded.output;
  const version = (value as { version?: unknown } | null)?.version;
  throw new DataError(
    typeof version === 'number' && version > 1
      ? `a store of version ${version}, which this version of counterrank does not know; update it`
      : `not what counterrank import writes: ${decoded.issues[0].message}; import the log again`,
    { file },
  );
}

/** Files that a store consists of, in the order in which they are read. */
export const storeFiles = (path: string, { parts }: Pick<StoreInfo, 'parts'>): string[] => [
  join(path, infoFile),
  ...Array.from({ length: parts }, (_, part) => [listsFile(path, part), rowsFile(path, part)]).flat(),
];

export const listsFile = (path: string, part: number): string => join(path, 'lists', `part=${part}`, `lists-${part}.parquet`);
export const rowsFile = (path: string, part: number): string => join(path, 'rows', `part=${part}`, `rows-${part}.parquet`);

/** Files that a log consists of: those of a store or of another folder, else the file itself. */
export async function filesOfLog(path: string): Promise<string[]> {
  if (await isLogStore(path)) return storeFiles(path, await readStoreInfo(path));
  return (await stat(path).catch(cannot(`read "${path}"`))).isDirectory() ? filesWithin(path) : [path];
}
