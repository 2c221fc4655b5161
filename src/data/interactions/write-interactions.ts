import { UsageError } from '../../errors.ts';
import { writeAtomicStream } from '../write-atomic.ts';
import { writeParquet } from '../write-parquet.ts';
import { interactionColumnNames, interactionColumns } from './interaction-columns.ts';
import { checkInteractionLog, type InteractionLog, rowUsers } from './interaction-log.ts';

/**
 * Writes a log as `readInteractions` reads it: the columns user, item, click, and those of rating, conversion, propensity, timestamp and
 * rank that it has. CSV, plain or .csv.gz, or Parquet, by the ending. Users and items without a row are not in the file.
 * @throws UsageError for another ending, a log that is at odds with itself, or a place that cannot be written
 */
export async function writeInteractions(path: string, log: InteractionLog): Promise<void> {
  checkInteractionLog(log);
  const columns = interactionColumnNames.flatMap((name) => {
    const values = interactionColumns[name](log);
    return values === null ? [] : [{ name, values }];
  });
  const users = rowUsers(log);
  const cells = (row: number): (string | number)[] => [
    log.userIds[users[row]],
    log.itemIds[log.items[row]],
    ...columns.map(({ values }) => shortest(values, row)),
  ];
  const names = ['user', 'item', ...columns.map(({ name }) => name)];
  if (path.endsWith('.parquet')) {
    const types = names.map((name, c) => ({ name, type: c < 2 ? ('text' as const) : ('number' as const) }));
    return writeParquet(path, types, rows(log.items.length, cells));
  }
  if (!/\.csv(\.gz)?$/.test(path)) throw new UsageError(`cannot write "${path}": interactions are written as .csv, .csv.gz or .parquet`);
  return writeAtomicStream(path, csvText(names, rows(log.items.length, cells)));
}

/** The number of a column; of single precision the shortest decimals that read as it. */
function shortest(values: ArrayLike<number>, row: number): number {
  return values instanceof Float32Array ? Number(values[row].toPrecision(9)) : values[row];
}

function* rows<T>(count: number, row: (at: number) => T): Generator<T> {
  for (let at = 0; at < count; at++) yield row(at);
}

/** Some thousand lines at a time. */
function* csvText(names: readonly string[], lines: Iterable<readonly (string | number)[]>): Generator<string> {
  let text = `${names.join(',')}\n`;
  for (const cells of lines) {
    text += `${cells.map(csvCell).join(',')}\n`;
    if (text.length < 1 << 16) continue;
    yield text;
    text = '';
  }
  yield text;
}

const csvCell = (cell: string | number): string => {
  const text = String(cell);
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};
