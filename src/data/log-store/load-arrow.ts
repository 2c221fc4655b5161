import type { DuckDBAppender } from '@duckdb/node-api';
import type { ArrowCell } from '../arrow/arrow-cells.ts';
import { arrowBatches } from '../arrow/read-arrow.ts';
import type { DuckDB } from '../duckdb.ts';
import { fileColumns, type LogSource, type SourceColumn } from './log-source.ts';
import { arrowTable } from './source-relation.ts';
import type { WorkDatabase } from './work-database.ts';

/** Puts the columns that are used into {@link arrowTable}, in the order of the file. */
export async function loadArrow(db: WorkDatabase, source: LogSource, names: readonly string[]): Promise<void> {
  const used = fileColumns(source).filter(({ name }) => names.includes(name));
  await db.run(`CREATE TABLE ${arrowTable} (${used.map(({ sql, type }) => `${sql} ${type}`).join(', ')})`);
  const appender = await db.connection.createAppender(arrowTable);
  const append = used.map((column) => cellAppender(appender, db.duckdb, column));
  const inOrder = used.map(({ name }) => name);
  for await (const batch of arrowBatches(source.path, inOrder)) {
    for (let row = 0; row < batch[0].length; row++) {
      for (let c = 0; c < append.length; c++) {
        const cell = batch[c][row];
        if (cell === null) appender.appendNull();
        else append[c](cell);
      }
      appender.endRow();
    }
    appender.flushSync();
  }
  appender.closeSync();
}

type Append = (cell: ArrowCell) => void;

/** Appends a cell of a type; types are looked at once per column, not per cell. */
function cellAppender(appender: DuckDBAppender, duckdb: DuckDB, { type }: SourceColumn): Append {
  if (type.endsWith('[]')) {
    const texts = duckdb.LIST(duckdb.VARCHAR); // which the table makes its own type of
    return (cell) =>
      appender.appendValue(duckdb.listValue((cell as readonly ArrowCell[]).map((item) => (item === null ? null : String(item)))), texts);
  }
  const appends: Readonly<Record<string, (cell: never) => void>> = {
    VARCHAR: (cell: string) => appender.appendVarchar(cell),
    BOOLEAN: (cell: boolean) => appender.appendBoolean(cell),
    DOUBLE: (cell: number) => appender.appendDouble(cell),
    TIMESTAMP: (cell: bigint) => appender.appendTimestamp(new duckdb.DuckDBTimestampValue(cell)),
    BIGINT: (cell: bigint) => appender.appendBigInt(cell),
    UBIGINT: (cell: bigint) => appender.appendUBigInt(cell),
    INTEGER: (cell: number) => appender.appendInteger(cell),
    UINTEGER: (cell: number) => appender.appendUInteger(cell),
    SMALLINT: (cell: number) => appender.appendSmallInt(cell),
    USMALLINT: (cell: number) => appender.appendUSmallInt(cell),
    TINYINT: (cell: number) => appender.appendTinyInt(cell),
    UTINYINT: (cell: number) => appender.appendUTinyInt(cell),
  };
  return appends[type] as Append;
}
