import { open, stat } from 'node:fs/promises';
import { dirname, extname } from 'node:path';
import { DataError, UsageError } from '../../errors.ts';
import { arrowColumns } from '../arrow/read-arrow.ts';
import { trimBlanks } from '../blanks.ts';
import { startOfText } from '../byte-source.ts';
import { csvRows } from '../csv-rows.ts';
import { shownText } from '../decimal.ts';
import { openDuckDB, sqlName, sqlText } from '../duckdb.ts';
import { textLines } from '../line-blocks.ts';
import { openBytes } from '../open-bytes.ts';
import { firstLine, readFault } from '../reading.ts';
import { cannot } from '../system-error.ts';
import { convertText } from '../utf8-check.ts';
import { linesRelation, type Packing } from './text-lines.ts';
import { sqlPath } from './work-database.ts';

/** Forms of file whose columns are named, by the endings of their names; .gz and .zst may follow those of text. */
export const sourceEndings = {
  '.csv': 'csv',
  '.tsv': 'csv',
  '.tab': 'csv',
  '.jsonl': 'json-lines',
  '.ndjson': 'json-lines',
  '.json': 'json-lines',
  '.parquet': 'parquet',
  '.arrow': 'arrow',
  '.arrows': 'arrow',
  '.feather': 'arrow',
  '.ipc': 'arrow',
} as const;
export type SourceForm = (typeof sourceEndings)[keyof typeof sourceEndings];
export const sourceForms: Readonly<Record<SourceForm, string>> = {
  csv: 'comma, tab, semicolon or bar between cells, and a header',
  'json-lines': 'one object on each line',
  parquet: 'Parquet',
  arrow: 'Arrow IPC (Feather, version 2), a file or a stream',
};

/** A column of a file: its name, how SQL calls it, and its type where the file says one. */
export interface SourceColumn {
  readonly name: string;
  readonly sql: string;
  /** Of DuckDB: VARCHAR where the file holds text alone. */
  readonly type: string;
  /** Told by a folder of the path, key=value, and the same in all rows. */
  readonly ofPath?: true;
}

/** A file of rows with named columns. */
export interface LogSource {
  readonly path: string;
  readonly form: SourceForm;
  readonly packed: Packing;
  readonly separator: string | null; // of CSV
  readonly columns: readonly SourceColumn[];
  /** Of JSON Lines: a byte order mark is before the first object, or may be, as nobody looked within zstd. */
  readonly hasMark?: boolean;
  /** Of JSON Lines: some object has a key twice. */
  readonly hasKeysTwice?: boolean;
}

/** Whether a file is of lines; of Parquet and Arrow the number of a row is told instead. */
export const hasLines = ({ form }: Pick<LogSource, 'form'>): boolean => form === 'csv' || form === 'json-lines';

const separators = [',', '\t', ';', '|'];

/** The ending that says what a file holds, without that of its packing. */
export function endingOf(path: string): string {
  const last = extname(path).toLowerCase();
  return last === '.gz' || last === '.zst' ? extname(path.slice(0, -last.length)).toLowerCase() : last;
}

/** As its first bytes say, whatever the name. @throws UsageError for what cannot be read */
export async function packingOf(path: string): Promise<Packing> {
  const start = Buffer.alloc(4);
  const file = await open(path).catch(cannot(`read "${path}"`));
  await file
    .read(start, 0, 4, 0)
    .catch(cannot(`read "${path}"`))
    .finally(() => file.close());
  if (start.readUInt16BE() === 0x1f8b) return 'gzip';
  return start.readUInt32BE() === 0x28b52ffd ? 'zstd' : 'none';
}

export interface OpenSourceOptions {
  /** Default: told from the ending. */
  readonly form?: SourceForm;
  /** Of CSV. Default: a tab for .tsv and .tab, else the one of comma, tab, semicolon and bar that the header has most of. */
  readonly separator?: string;
}

/**
 * Looks at the head of a file for its columns.
 * @throws UsageError for a file that cannot be read, or whose form is not told; DataError for one without columns, or with two of one name
 */
export async function openSource(path: string, { form, separator }: OpenSourceOptions = {}): Promise<LogSource> {
  const found = await stat(path).catch(cannot(`read "${path}"`));
  if (!found.isFile()) throw new UsageError(`cannot read "${path}": it is no file; name files, or folders that hold some`);
  const ending = endingOf(path);
  const known = form ?? formOf(path, ending);
  const packed = await packingOf(path);
  if (separator !== undefined && (known !== 'csv' || separator.length !== 1 || /["\r\n]/.test(separator)))
    throw new UsageError(`separator ${shownText(separator)}: must be one letter, no quote, between the cells of a CSV file`);
  const place = { path, form: known, packed };
  try {
    if (known === 'parquet') return checked({ ...place, packed: 'none', separator: null, columns: await parquetColumns(path) });
    if (known === 'arrow') {
      const columns = (await arrowColumns(path)).map(({ name, type }, i) => ({ name, sql: `c${i}`, type }));
      return checked({ ...place, packed: 'none', separator: null, columns });
    }
    if (known === 'json-lines') {
      const hasMark = packed === 'zstd' || (await startsWithMark(path));
      return checked({ ...place, separator: null, columns: await jsonColumns(path, packed), ...(hasMark && { hasMark }) });
    }
    const chosen = separator ?? (ending === '.tsv' || ending === '.tab' ? '\t' : await likelySeparator(path, packed));
    const names = await csvHeader(path, packed, chosen);
    const columns = names.map((name, i) => ({ name, sql: `c${i}`, type: 'VARCHAR' }));
    return checked({ ...place, separator: chosen, columns });
  } catch (error) {
    throw readFault(path, error);
  }
}

/** @throws UsageError where the name does not tell it */
function formOf(path: string, ending: string): SourceForm {
  if (Object.hasOwn(sourceEndings, ending)) return sourceEndings[ending as keyof typeof sourceEndings];
  const told = ending === '' ? 'its name has no ending' : `its name ends in ${shownText(ending)}`;
  throw new UsageError(
    `"${path}": ${told}, and neither that nor its start tells what form it has; name it by --log-format (${Object.keys(sourceForms).join(', ')}, or a published form), or call the file ${Object.keys(sourceEndings).join(', ')}`,
  );
}

/** With the columns of the path that the file does not have itself. */
function checked(source: LogSource): LogSource {
  const names = source.columns.map(({ name }) => name);
  const ofPath = pathColumns(source.path).filter(({ name }) => !names.includes(name));
  const twice = names.find((name, i) => name !== '' && names.indexOf(name) !== i);
  if (twice !== undefined)
    throw new DataError(`column ${shownText(twice)} is there twice; keep one, or write a header where the first line is a row`, {
      file: source.path,
    });
  if (names.every((name) => name === ''))
    throw new DataError('no columns: expected a header, or an object on each line', { file: source.path });
  return { ...source, columns: [...source.columns, ...ofPath] };
}

/** Columns that the file itself has. */
export const fileColumns = ({ columns }: Pick<LogSource, 'columns'>): readonly SourceColumn[] =>
  columns.filter(({ ofPath }) => ofPath !== true);

/** What folders of the path say, as Hive, Spark and DuckDB write partitions: device=phone. */
function pathColumns(path: string): SourceColumn[] {
  const pairs = dirname(path)
    .split(/[/\\]/)
    .flatMap((folder) => {
      const [, key, value] = /^([A-Za-z_][\w.-]*)=(.*)$/s.exec(folder) ?? [];
      return key === undefined ? [] : [[key, value === emptyPartition ? '' : decoded(value)] as const];
    });
  return Array.from(new Map(pairs), ([name, value]) => ({ name, sql: sqlText(value), type: 'VARCHAR', ofPath: true as const }));
}

/** How Hive calls the folder of rows that lack the column. */
const emptyPartition = '__HIVE_DEFAULT_PARTITION__';

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a percent sign that encodes nothing
  }
}

async function parquetColumns(path: string): Promise<SourceColumn[]> {
  const { connection, close } = await openDuckDB();
  try {
    const rows = await connection.runAndReadAll(`DESCRIBE SELECT * FROM read_parquet(${sqlPath(path)}, hive_partitioning = false)`);
    return rows.getRows().map(([name, type]) => ({ name: String(name), sql: sqlName(String(name)), type: String(type) }));
  } catch (error) {
    throw new DataError(`not a Parquet file that can be read: ${firstLine(error)}`, { file: path }, { cause: error });
  } finally {
    close();
  }
}

/** The first line that is not blank. */
async function headLine(path: string, packed: Packing): Promise<string> {
  if (packed !== 'zstd') {
    const start = await startOfText(path, 1 << 16);
    return start.split(/\r\n|\n|\r/).find((line) => trimBlanks(line) !== '') ?? '';
  }
  const { connection, close } = await openDuckDB();
  try {
    const rows = await connection.runAndReadAll(`SELECT line FROM ${linesRelation(sqlPath(path), packed)} LIMIT 1`);
    return String(rows.getRows()[0]?.[0] ?? '');
  } catch (error) {
    if (!/unicode|utf-?8/i.test(String((error as Partial<Error>).message))) throw error;
    throw new DataError(`not UTF-8; ${convertText}`, { file: path }, { cause: error });
  } finally {
    close();
  }
}

async function likelySeparator(path: string, packed: Packing): Promise<string> {
  const line = await headLine(path, packed);
  const counts = separators.map((letter) => line.split(letter).length);
  return separators[counts.indexOf(Math.max(...counts))];
}

async function csvHeader(path: string, packed: Packing, separator: string): Promise<string[]> {
  if (packed === 'zstd') return (await headLine(path, packed)).split(separator).map((name) => trimBlanks(name).replace(/^"(.*)"$/, '$1'));
  for await (const { cells } of csvRows(path, { separator })) return cells.map(trimBlanks);
  throw new DataError('empty; expected a header', { file: path });
}

async function jsonColumns(path: string, packed: Packing): Promise<SourceColumn[]> {
  const line = packed === 'zstd' ? await headLine(path, packed) : await firstJsonLine(path);
  let head: unknown;
  try {
    head = JSON.parse(line);
  } catch {
    throw new DataError('not JSON; expected one object on each line', { file: path, line: 1 });
  }
  if (typeof head !== 'object' || head === null || Array.isArray(head))
    throw new DataError('expected an object on each line', { file: path, line: 1 });
  return Object.entries(head).map(([name, value]) => ({ name, sql: sqlName(name), type: Array.isArray(value) ? 'VARCHAR[]' : 'VARCHAR' }));
}

const mark = Buffer.of(0xef, 0xbb, 0xbf);

/** Whether a text, gzip unpacked, starts with a byte order mark. */
async function startsWithMark(path: string): Promise<boolean> {
  let start = Buffer.alloc(0);
  for await (const chunk of await openBytes(path)) {
    start = Buffer.concat([start, chunk as Buffer]);
    if (start.length >= mark.length) break;
  }
  return start.subarray(0, mark.length).equals(mark);
}

async function firstJsonLine(path: string): Promise<string> {
  for await (const { text } of textLines(path)) if (trimBlanks(text) !== '') return text;
  throw new DataError('empty; expected one object on each line', { file: path });
}
