import { pathNameFault } from '../../src/data/path-name.ts';
import { UsageError } from '../../src/errors.ts';

/** What a cell holds; in a file an empty cell is null, or NaN where a number must be. */
export type Cell = string | number | boolean | null;
export type ColumnType = 'integer' | 'number' | 'text' | 'boolean';

export interface Column<T extends ColumnType = ColumnType, O extends boolean = boolean> {
  readonly type: T;
  readonly description: string;
  readonly unit?: string; //   such as 'share' or 'seconds'
  readonly optional: O; //     may be null
  readonly series?: string; // the name under which trackers draw it by `step`
}
export type Columns = Readonly<Record<string, Column>>;

/** Rows that a study keeps beside its metric values: a file `<name>.csv` whose first columns are seed and method, then these. */
export interface Table<C extends Columns = Columns> {
  readonly name: string;
  readonly description: string;
  readonly columns: C;
}

type Value<C extends Column> =
  | (C['type'] extends 'text' ? string : C['type'] extends 'boolean' ? boolean : number)
  | (C['optional'] extends true ? null : never);
/** One row of a table, by column. */
export type Row<T extends Table = Table> = string extends keyof T['columns']
  ? Readonly<Record<string, Cell>>
  : { readonly [K in keyof T['columns']]: Value<T['columns'][K]> };
/** A row with what it is of. */
export type TidyRow<T extends Table = Table> = { readonly seed: string; readonly method: string } & Row<T>;
/** Rows of one table, as a method with a seed gives them. */
export interface TableRows<T extends Table = Table> {
  readonly table: T;
  readonly rows: readonly Row<T>[];
}

/** The rows of one method of a run with one seed. */
export interface Series<R = Row> {
  readonly seed: string;
  readonly rows: readonly R[];
}
/** The series of a table, by its name. */
export type SeriesOf = (table: string) => readonly Series[];

type ColumnNotes = Pick<Column, 'unit' | 'series'>;

/** A column of a table: its type, what it holds, and notes such as a unit. */
export const column = <T extends ColumnType>(type: T, description: string, notes: ColumnNotes = {}): Column<T, false> => ({
  type,
  description,
  optional: false,
  ...notes,
});
/** A column whose cells may be null. */
export const optionalColumn = <T extends ColumnType>(type: T, description: string, notes: ColumnNotes = {}): Column<T, true> => ({
  type,
  description,
  optional: true,
  ...notes,
});

/** @throws UsageError for a name that is no file's, or is that of another file of a run folder; for a column named seed or method */
export function table<const C extends Columns>(name: string, description: string, columns: C): Table<C> {
  if (!isTableName(name))
    throw new UsageError(`a table cannot be named "${name}": small letters, digits and -, and none of ${[...taken].join(', ')}`);
  const reserved = Object.keys(columns).find((key) => !isColumnName(key));
  if (reserved !== undefined)
    throw new UsageError(`table "${name}": a column cannot be named "${reserved}": small letters, digits and _, and not seed or method`);
  return { name, description, columns };
}
const taken = new Set(['metrics', 'per-query']);
export const isTableName = (name: string): boolean => /^[a-z][a-z0-9-]*$/.test(name) && !taken.has(name) && pathNameFault(name) === null;
export const isColumnName = (name: string): boolean => /^[a-z][a-z0-9_]{0,99}$/.test(name) && name !== 'seed' && name !== 'method';

/** Rows of a declared table. */
export const rowsOf = <T extends Table>(declared: T, rows: readonly Row<T>[]): TableRows<T> => ({ table: declared, rows });

/** @throws UsageError for a cell that is not as its column was declared */
export function checkRows({ table: { name, columns }, rows }: TableRows): void {
  for (const [r, row] of rows.entries()) {
    const stray = Object.keys(row).find((key) => !Object.hasOwn(columns, key));
    if (stray !== undefined) throw new UsageError(`table "${name}", row ${r + 1}: "${stray}" is no column of it`);
    for (const [key, { type, optional }] of Object.entries(columns)) {
      const value: unknown = row[key];
      const fits = type === 'integer' ? Number.isInteger(value) : typeOf(value) === type && (type !== 'number' || Number.isFinite(value));
      const missing = value === null || Number.isNaN(value);
      if (!(missing ? optional : fits))
        throw new UsageError(`table "${name}", row ${r + 1}: ${key} must be of type ${type}${optional ? ' or null' : ''}, got ${value}`);
    }
  }
}

const typeOf = (value: unknown): string => (typeof value === 'string' ? 'text' : typeof value);
