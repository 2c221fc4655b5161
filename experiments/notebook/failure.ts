import { UsageError } from '../../src/errors.ts';
import { type Cell, cellName } from './cells.ts';

/** Where a script was when it threw. */
export interface Whereabouts {
  readonly name: string; //    what the script is called in messages
  readonly url: string;
  readonly cells: readonly Cell[];
  readonly current: number; // the cell that was running
}

/**
 * What is told of an error in a notebook: file and line, the cell, the error itself. The line is the innermost one of the script in the stack;
 * where none is (an error from a callback), the cell that was running is named.
 */
export function failure(error: unknown, { name, url, cells, current }: Whereabouts): UsageError {
  const text = error instanceof Error ? (error.stack ?? '') : '';
  const places = [...text.matchAll(/(file:\/\/[^\s():]+):(\d+)/g)].filter(([, file]) => file === url).map(([, , line]) => Number(line));
  const line = places[0];
  const within = cells.findLastIndex((cell) => cell.line <= line);
  const index = line === undefined ? current : Math.max(0, within);
  const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const where = line === undefined ? name : `${name}:${line}`;
  return new UsageError(`${where}: in ${cells.length === 0 ? 'the script' : cellName(cells, index)}: ${what}`, { cause: error });
}
