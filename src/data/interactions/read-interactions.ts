import { pipeline } from 'node:stream';
import { CsvError, type Info, parse } from 'csv-parse';
import { DataError } from '../../errors.ts';
import { openBytes, readFault } from '../open-bytes.ts';
import { parquetColumns, readParquet } from '../read-parquet.ts';
import { type BuilderOptions, InteractionBuilder, type InteractionRecord } from './interaction-builder.ts';
import { interactionColumnNames } from './interaction-columns.ts';
import type { InteractionLog } from './interaction-log.ts';

/** A line's cells by the names of the header. */
export interface NamedCells {
  readonly line: number;
  text(name: string): string;
  /** NaN for an empty cell, which `Number` alone takes for 0. */
  number(name: string): number;
}

/**
 * The lines of a CSV file (RFC 4180; plain or .gz) below its header, cells by name; other columns are left alone.
 * @throws UsageError when the file cannot be read; DataError on broken CSV, a missing column, or a line with too few or too many cells
 */
export async function* namedCells(
  path: string,
  required: readonly string[],
): AsyncGenerator<NamedCells & { readonly header: readonly string[] }> {
  const source = await openBytes(path);
  const parser = parse({ bom: true, info: true, skip_empty_lines: true, relax_column_count: true });
  const rows = pipeline(source, parser, () => {}); // an error of either ends the iteration of the parser
  let header: string[] | null = null;
  let at = new Map<string, number>();
  try {
    for await (const { record, info } of rows as AsyncIterable<{ record: string[]; info: Info }>) {
      if (header === null) {
        header = record.map((name) => name.trim());
        at = new Map(header.map((name, i) => [name, i]));
        const missing = required.find((name) => !at.has(name));
        if (missing !== undefined) throw new DataError(`no column "${missing}"; expected ${required.join(',')}`, { file: path, line: 1 });
        continue;
      }
      if (record.length === 1 && record[0].trim() === '') continue; // a line of blanks
      if (record.length !== header.length)
        throw new DataError(`expected ${header.length} cells, got ${record.length}`, { file: path, line: info.lines });
      const text = (name: string) => record[at.get(name) as number] ?? '';
      yield { line: info.lines, header, text, number: (name) => (text(name).trim() === '' ? Number.NaN : Number(text(name))) };
    }
  } catch (error) {
    throw error instanceof CsvError ? new DataError(error.message, { file: path }) : readFault(path, error);
  } finally {
    source.destroy();
  }
  if (header === null) throw new DataError(`empty; expected the header ${required.join(',')}`, { file: path, line: 1 });
}

/**
 * Reads interactions from CSV (plain or .gz) or Parquet (.parquet): columns `user,item`, and as the source has them `click`, `rating`,
 * `conversion`, `propensity`, `timestamp` (seconds, a number) and `rank` (1-based, of an impression). Without `click` every row is one.
 * Other columns are left alone.
 * @throws DataError with file and line (of Parquet: row) for a value that breaks its rule and a pair that is there twice
 */
export async function readInteractions(path: string, options: Omit<BuilderOptions, 'file'> = {}): Promise<InteractionLog> {
  return (await collectInteractions(path, options)).build();
}

/** The rows of {@link readInteractions}, not built yet: logs that share id tables are built when all of them are read. */
export async function collectInteractions(path: string, options: Omit<BuilderOptions, 'file'> = {}): Promise<InteractionBuilder> {
  const builder = new InteractionBuilder({ ...options, file: path });
  const rows = path.endsWith('.parquet') ? parquetCells(path, required) : namedCells(path, required);
  for await (const { line, header, text, number } of rows) {
    const record: { -readonly [K in keyof InteractionRecord]: InteractionRecord[K] } = { user: text('user'), item: text('item') };
    for (const name of interactionColumnNames)
      if (header.includes(name)) {
        if (name === 'rank') record.position = number(name) - 1;
        else record[name] = number(name);
      }
    builder.add(record, line);
  }
  return builder;
}

const required = ['user', 'item'];

/** The rows of a Parquet file as those of {@link namedCells}; true is 1, null is an empty cell. */
async function* parquetCells(
  path: string,
  required: readonly string[],
): AsyncGenerator<NamedCells & { readonly header: readonly string[] }> {
  const there = await parquetColumns(path);
  const header = [...required, ...interactionColumnNames.filter((name) => there.includes(name))];
  let line = 0;
  for await (const cells of readParquet(path, header)) {
    line++;
    const cell = (name: string) => cells[header.indexOf(name)];
    yield { line, header, text: (name) => String(cell(name) ?? ''), number: (name) => Number(cell(name) ?? Number.NaN) };
  }
}
