import { extname } from 'node:path';
import { lookup } from '../registry.ts';
import type { Accounting } from './accounting.ts';
import type { ListColumn, NamedContext } from './list-columns.ts';
import type { QuerySet } from './query-set.ts';

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

/** @throws UsageError for any other ending */
export function clickLogFormat(path: string): ClickLogFormat {
  return lookup('ending of a click log file', clickLogEndings, extname(path.replace(/\.gz$/, '')));
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
}

/** Names of what a log shows, and perhaps of what each list was shown in, to be written as a column. */
export interface LogIds extends Pick<QuerySet, 'queryIds' | 'docIds'> {
  readonly context?: NamedContext;
}

/** The columns that records are made of, and which of them says the context. */
export const recordColumns = ({ context, listColumns = [] }: RecordOptions) => ({
  required: ['query', 'docs', 'clicks', ...(context === undefined ? [] : [context])],
  optional: ['count', ...listColumns.filter((name) => name !== context)],
  context: context ?? 'context',
});
