import { extname } from 'node:path';
import { lookup } from '../registry.ts';

/** File forms of a click log, by the file's ending; .gz may follow. */
const formats = {
  '.jsonl': 'json-lines',
  '.json': 'json-lines',
  '.csv': 'csv',
  '.txt': 'svmlight',
  '.svm': 'svmlight',
  '.train': 'svmlight',
} as const;

export type ClickLogFormat = (typeof formats)[keyof typeof formats];

/** @throws UsageError for any other ending */
export function clickLogFormat(path: string): ClickLogFormat {
  return lookup('ending of a click log file', formats, extname(path.replace(/\.gz$/, '')));
}

/** One line of a click log file, before its ids are resolved. */
export interface ClickLogRecord {
  readonly query: string;
  readonly docs: readonly string[];
  readonly clicks: readonly number[]; // as many as docs, each 0 or 1 (checked by the reader)
  readonly count: number;
  readonly line: number;
}
