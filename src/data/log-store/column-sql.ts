import { DataError } from '../../errors.ts';
import { blanks } from '../blanks.ts';
import { clickSql } from '../click-value.ts';
import { shownText } from '../decimal.ts';
import type { TimeBucket } from './log-columns.ts';
import { hasLines, type LogSource, type SourceColumn } from './log-source.ts';

/** Types of DuckDB. */
export const isWhole = /^U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?$/;
const isNumber = /^(FLOAT|DOUBLE|DECIMAL\(.*\))$/;
const isText = /^(VARCHAR|JSON|UUID|ENUM\(.*\))$/s;

function fault({ path }: LogSource, { name, type }: SourceColumn, expected: string): DataError {
  return new DataError(`column ${shownText(name)} holds ${type}; expected ${expected}`, { file: path });
}

/** What is around a text, as in every reader of text ({@link blanks}). */
const trimSql = (text: string): string => `trim(${text}, ${blanksSql})`;
const blanksSql = blanks.map((blank) => `chr(${blank.charCodeAt(0)})`).join(' || ');

/** The number of a text, NULL where it is none; DuckDB alone takes 1_0 for ten. */
const decimalSql = (text: string): string => `CASE WHEN NOT contains(${text}, '_') THEN TRY_CAST(${text} AS DOUBLE) END`;

/** The text of an id, without the blanks around it where the file is text. */
export function idSql(source: LogSource, column: SourceColumn): string {
  if (hasLines(source) && column.type === 'VARCHAR') return trimSql(column.sql);
  if (column.type === 'VARCHAR') return column.sql;
  if (isText.test(column.type) || isWhole.test(column.type)) return `CAST(${column.sql} AS VARCHAR)`;
  throw fault(source, column, 'ids, which are text or whole numbers: cast it');
}

export function rankSql(source: LogSource, column: SourceColumn): string {
  if (isWhole.test(column.type)) return `TRY_CAST(${column.sql} AS INTEGER)`;
  if (column.type !== 'VARCHAR' && !isNumber.test(column.type)) throw fault(source, column, 'ranks, which are whole numbers');
  const number = column.type === 'VARCHAR' ? decimalSql(column.sql) : column.sql;
  return `CASE WHEN ${number} = floor(${number}) THEN TRY_CAST(${number} AS INTEGER) END`;
}

/** 0 or 1, NULL for anything else. */
export function flagSql(source: LogSource, column: SourceColumn): string {
  if (column.type === 'BOOLEAN') return `CAST(${column.sql} AS UTINYINT)`;
  if (isWhole.test(column.type) || isNumber.test(column.type))
    return `CASE WHEN ${column.sql} IN (0, 1) THEN CAST(${column.sql} AS UTINYINT) END`;
  if (!isText.test(column.type)) throw fault(source, column, 'clicks, which are 0 or 1');
  return clickSql(trimSql(`CAST(${column.sql} AS VARCHAR)`));
}

/** The same of each item of a list. */
export function flagsSql(source: LogSource, column: SourceColumn): string {
  const ofItems = column.type.slice(0, -2);
  if (column.type.endsWith('[]') && (isNumber.test(ofItems) || isWhole.test(ofItems)))
    return `list_transform(${column.sql}, lambda c: CASE WHEN c IN (0, 1) THEN CAST(c AS UTINYINT) END)`;
  return `list_transform(${listSql(source, column)}, lambda c: ${clickSql('c')})`;
}

export function countSql(source: LogSource, column: SourceColumn): string {
  if (isWhole.test(column.type)) return `TRY_CAST(${column.sql} AS BIGINT)`;
  if (column.type !== 'VARCHAR' && !isNumber.test(column.type)) throw fault(source, column, 'counts, which are whole numbers');
  const number = column.type === 'VARCHAR' ? decimalSql(column.sql) : column.sql;
  return `CASE WHEN ${number} = floor(${number}) AND ${number} < 9007199254740992 THEN TRY_CAST(${number} AS BIGINT) END`;
}

export function propensitySql(source: LogSource, column: SourceColumn): string {
  if (column.type === 'VARCHAR') return decimalSql(column.sql);
  if (isNumber.test(column.type) || isWhole.test(column.type)) return `CAST(${column.sql} AS DOUBLE)`;
  throw fault(source, column, 'propensities, which are numbers');
}

export function propensitiesSql(source: LogSource, column: SourceColumn): string {
  const ofItems = column.type.slice(0, -2);
  if (column.type.endsWith('[]') && (isNumber.test(ofItems) || isWhole.test(ofItems))) return `CAST(${column.sql} AS DOUBLE[])`;
  return `list_transform(${listSql(source, column)}, lambda p: ${decimalSql('p')})`;
}

/** Texts: of a list of the file's, or of the words of a cell. */
export function listSql(source: LogSource, column: SourceColumn): string {
  if (column.type === 'VARCHAR') return `list_filter(string_split_regex(${column.sql}, '[\\t-\\r ]+'), lambda w: w <> '')`;
  if (
    column.type.endsWith('[]') &&
    (isText.test(column.type.slice(0, -2)) || isWhole.test(column.type.slice(0, -2)) || column.type === 'BOOLEAN[]')
  )
    return `CAST(${column.sql} AS VARCHAR[])`;
  throw fault(source, column, 'a list, or words with blanks between');
}

/** The start of the hour, day, week or month: of a time, in UTC, or of seconds (milli-, micro-, nanoseconds) since 1970. */
export function timeSql(source: LogSource, column: SourceColumn, every: TimeBucket): string {
  if (/^(TIMESTAMP|DATE)/.test(column.type)) return `date_trunc('${every}', CAST(${column.sql} AS TIMESTAMP))`;
  if (column.type !== 'VARCHAR' && !isWhole.test(column.type) && !isNumber.test(column.type)) throw fault(source, column, 'times');
  const number = column.type === 'VARCHAR' ? decimalSql(column.sql) : `CAST(${column.sql} AS DOUBLE)`;
  const scale = `CASE WHEN ${number} < 1e11 THEN 1e6 WHEN ${number} < 1e14 THEN 1e3 WHEN ${number} < 1e17 THEN 1 ELSE 1e-3 END`;
  const ofNumber = `make_timestamp(CAST(CASE WHEN ${number} BETWEEN 0 AND 4e18 THEN ${number} * ${scale} END AS BIGINT))`;
  if (column.type !== 'VARCHAR') return `date_trunc('${every}', ${ofNumber})`;
  return `date_trunc('${every}', CASE WHEN ${number} IS NULL THEN CAST(TRY_CAST(${trimSql(column.sql)} AS TIMESTAMPTZ) AS TIMESTAMP) ELSE ${ofNumber} END)`;
}
