import { DataError } from '../../errors.ts';
import type { Ledger } from '../accounting.ts';
import { checkColumns, type KnownNames } from '../check-columns.ts';
import { csvRows } from '../csv-rows.ts';
import { decimalOf, expectedNumber, type Grammar, shownText } from '../decimal.ts';
import { parquetColumns, parquetId, readParquet } from '../read-parquet.ts';

/** A row's cells by the names of the header. */
export interface NamedCells {
  readonly line: number; // of Parquet: the row
  readonly header: readonly string[];
  text(name: string): string;
  /** @throws DataError with the line for a cell that is no such number */
  number(name: string, grammar?: Grammar): number;
}

/** The columns that are read. */
export interface ReadNames extends KnownNames {
  /** Others that are read, too. */
  readonly others?: (name: string) => boolean;
  /** Columns one of which must be there if any is that is not read: that one may be what they say by another name. */
  readonly oneOf?: readonly string[];
  /** Columns of ids, of which a Parquet file says the type. */
  readonly ids?: readonly string[];
}

function countColumns(header: readonly string[], names: ReadNames, ledger: Ledger, file: string): void {
  const { required, optional = [], others = () => false, oneOf = [] } = names;
  const known = new Set([...required, ...optional]);
  const unread = header.filter((name) => !known.has(name) && !others(name));
  if (oneOf.length > 0 && unread.length > 0 && !oneOf.some((name) => header.includes(name)))
    throw new DataError(
      `no column ${oneOf.join(', ')}, but ${unread
        .slice(0, 5)
        .map((name) => JSON.stringify(name))
        .join(', ')}, which is not read: give one its name, or leave it out where every row is a click`,
      { file, line: 1 },
    );
  for (const name of header)
    if (known.has(name) || others(name)) ledger.keep('columns');
    else ledger.reject('columns', JSON.stringify(name));
}

/**
 * The lines of a CSV file (RFC 4180; plain or .gz) below its header, cells by name and without blanks around; other columns are left alone.
 * @param ledger counts the columns @param separator one letter between cells
 * @throws UsageError when the file cannot be read; DataError on broken CSV, a column that is missing, there twice or nearly named, or a
 *   line
 *   with too few or too many cells
 */
export async function* namedCells(path: string, names: ReadNames, ledger: Ledger, separator = ','): AsyncGenerator<NamedCells> {
  let header: string[] | null = null;
  let at = new Map<string, number>();
  for await (const { cells, line } of csvRows(path, { trim: true, separator })) {
    if (header === null) {
      header = cells;
      at = new Map(cells.map((name, i) => [name, i]));
      checkColumns(cells, names, { file: path, line: 1 });
      countColumns(cells, names, ledger, path);
      continue;
    }
    if (cells.length === 1 && cells[0] === '') continue; // a line of blanks
    if (cells.length !== header.length) throw new DataError(`expected ${header.length} cells, got ${cells.length}`, { file: path, line });
    const text = (name: string) => cells[at.get(name) as number] ?? '';
    const number = (name: string, grammar: Grammar = 'decimal') => {
      const value = decimalOf(text(name), grammar);
      if (Number.isNaN(value)) throw new DataError(`a ${name} must be ${expectedNumber(text(name), grammar)}`, { file: path, line });
      return value;
    };
    yield { line, header, text, number };
  }
  if (header === null) throw new DataError(`empty; expected the header ${names.required.join(',')}`, { file: path, line: 1 });
}

/** The rows of a Parquet file as those of {@link namedCells}; true is 1. Of the other columns none is read. */
export async function* parquetCells(path: string, names: ReadNames, ledger: Ledger): AsyncGenerator<NamedCells> {
  const there = await parquetColumns(path);
  checkColumns(there, names, { file: path });
  countColumns(there, names, ledger, path);
  const header = [...names.required, ...(names.optional ?? [])].filter((name) => there.includes(name));
  const at = new Map(header.map((name, i) => [name, i]));
  let line = 0;
  for await (const cells of readParquet(path, header, names.ids)) {
    line++;
    const cell = (name: string) => cells[at.get(name) as number] ?? null;
    const number = (name: string, grammar: Grammar = 'decimal') => {
      const value = cell(name);
      const read =
        typeof value === 'string' ? decimalOf(value, grammar) : value === null || Array.isArray(value) ? Number.NaN : Number(value);
      if (Number.isNaN(read))
        throw new DataError(`a ${name} must be ${expectedNumber(String(value ?? ''), grammar)}`, { file: path, line });
      return read;
    };
    const text = (name: string) => {
      const value = cell(name) ?? '';
      const id = parquetId(value);
      if (id === null)
        throw new DataError(`a ${name} must be text or a whole number; got ${shownText(String(value))}`, { file: path, line });
      return id;
    };
    yield { line, header, text, number };
  }
}
