import { extname } from 'node:path';
import { DataError, UsageError } from '../errors.ts';
import { lookup, nearName } from '../registry.ts';
import type { Accounting } from './accounting.ts';
import { clickOf } from './click-value.ts';
import { shownText } from './decimal.ts';
import type { ListColumn, NamedContext } from './list-columns.ts';
import type { QuerySet } from './query-set.ts';
import { someIds } from './shared-ids.ts';

/** File forms of a click log, by the file's ending; .gz may follow. */
export const clickLogEndings = {
  '.jsonl': 'json-lines',
  '.json': 'json-lines',
  '.csv': 'csv',
  '.parquet': 'parquet',
  '.txt': 'svmlight',
  '.svm': 'svmlight',
  '.train': 'svmlight',
} as const;

export type ClickLogFormat = (typeof clickLogEndings)[keyof typeof clickLogEndings];
/** A log as it lies on the disk: a file, or a store, the folder that `counterrank import` writes. */
export type StoredLogFormat = ClickLogFormat | 'store';

/** @throws UsageError for any other ending */
export function clickLogFormat(path: string): ClickLogFormat {
  const ending = extname(path.replace(/\.gz$/, ''));
  if (Object.hasOwn(clickLogEndings, ending)) return clickLogEndings[ending as keyof typeof clickLogEndings];
  throw new UsageError(
    `unknown ending of a click log file ${shownText(ending)}; known: ${Object.keys(clickLogEndings).sort().join(', ')}; call "${path}" so, or let counterrank import make a log of it (--log-format names its form)`,
  );
}

/** One line of a click log file, before its ids are resolved. */
export interface ClickLogRecord {
  readonly query: string;
  readonly docs: readonly string[];
  readonly clicks: readonly number[]; // as many as docs, each 0 or 1 (checked by the reader)
  readonly count: number;
  readonly line: number;
  readonly context?: string; // where a column of them was asked for
  readonly policy?: string; //  likewise
}

export interface RecordOptions {
  /** Gets the accounts of what records are made of. */
  readonly accounts?: Accounting[];
  /** A column of what lists were shown in. Default: none. */
  readonly context?: string;
  /** Columns of lists that are read where they are there. Default: none. */
  readonly listColumns?: readonly ListColumn[];
  /** Gets what is wrong with a row, which is then left out. Default: it is thrown. */
  readonly onFault?: (fault: DataError) => void;
}

/** Names of what a log shows, and perhaps of what each list was shown in, to be written as a column. */
export interface LogIds extends Pick<QuerySet, 'queryIds' | 'docIds'> {
  readonly context?: NamedContext;
}

/** The columns that records are made of, and which of them says the context. */
export const recordColumns = ({ context, listColumns = [] }: RecordOptions) => ({
  required: ['query', 'docs', 'clicks', ...(context === undefined ? [] : [context])],
  optional: ['count', ...listColumns.filter((name) => name !== context && (name !== 'context' || context === undefined))],
  context: context ?? 'context',
  wayOut:
    context === undefined && !listColumns.includes('context')
      ? '; a column of what lists were shown in is read where it is named (log.context, --context)'
      : '',
});

/** The column is what was asked for and may be misspelt: the file's own are what they are. @throws DataError where it is nearly one of them */
export function checkContextThere(
  { required, context }: ReturnType<typeof recordColumns>,
  there: readonly string[],
  place: { readonly file: string; readonly line?: number },
): void {
  if (!required.includes(context) || there.includes(context)) return;
  const near = nearName(
    context,
    there.filter((name) => !ownColumns.includes(name)),
  );
  if (near !== '') throw new DataError(`no context ${shownText(context)}${near} there are ${someIds(new Set(there), 20)}`, place);
}

/** What reads logs of other columns: the end of a message. */
export const byImport = 'where rows are of one document each, or columns have other names, counterrank import counts them into a log';

/** @throws DataError where neither documents nor clicks are called as in a log of whole lists: then it is one of another form */
export function checkIsOfLists(there: readonly string[], place: { readonly file: string; readonly line?: number }): void {
  if (there.some((name) => /^(docs|clicks)$/i.test(name))) return;
  throw new DataError(`no columns "docs" and "clicks"; there are ${someIds(new Set(there), 20)}; ${byImport}`, place);
}

const ownColumns = ['query', 'docs', 'clicks', 'count'];

/** Columns that can be asked for as contexts of records; null: any of another name. */
export const recordContexts = (format: StoredLogFormat): readonly string[] | null => (format === 'svmlight' ? [] : null);

/** @param contexts that a form of log has; null: a column of any other name @throws UsageError where `context` is none of them */
export function checkContext(context: string, format: string, contexts: readonly string[] | null): void {
  if (contexts === null) {
    if (ownColumns.includes(context)) throw new UsageError(`context ${shownText(context)} is a column of every click log; name another`);
  } else if (contexts.length === 0) throw new UsageError(`a ${format} log has no contexts, but ${shownText(context)} is asked for`);
  else lookup(`context of a ${format} log`, Object.fromEntries(contexts.map((name) => [name, name])), context);
}

/** What `read` gives; null where that breaks the form, and `onFault` does not throw it. */
export function unlessFaulty<T>(read: () => T, onFault?: (fault: DataError) => void): T | null {
  try {
    return read();
  } catch (fault) {
    if (onFault === undefined || !(fault instanceof DataError)) throw fault;
    onFault(fault);
    return null;
  }
}

/** The click that a value says. @throws DataError */
export function clickIn(value: unknown, place: { readonly file: string; readonly line: number }): 0 | 1 {
  const click = clickOf(value);
  if (click !== null) return click;
  const got = typeof value === 'string' ? shownText(value) : value === null ? 'nothing' : shownText(String(value)).slice(1, -1);
  throw new DataError(`a click must be 0 or 1; got ${got}`, place);
}
