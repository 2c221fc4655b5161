import { sqlText } from '../duckdb.ts';
import { fileColumns, type LogSource, type SourceColumn } from './log-source.ts';
import { linesRelation, longestLine, type Packing } from './text-lines.ts';
import { sqlPath } from './work-database.ts';

/** The table that rows of an Arrow file are put into, as DuckDB has no reader of its own for them. What is larger than the memory lies on the disk. */
export const arrowTable = 'arrow_rows';

/** Rows of a file in SQL; of Arrow, of the table that they were put into. @param names of the columns that are used, which alone are read of JSON @param ordinal adds the number of the row, from 1, as `ordinal` */
export function relationOf(source: LogSource, names: readonly string[], ordinal = false): string {
  const { path, form, separator, packed } = source;
  const columns = fileColumns(source);
  if (form === 'arrow') return ordinal ? `(SELECT *, rowid + 1 AS ordinal FROM ${arrowTable})` : arrowTable;
  const file = sqlPath(path);
  if (form === 'parquet') {
    const rows = `read_parquet(${file}, hive_partitioning = false${ordinal ? ', file_row_number = true' : ''})`;
    return ordinal ? `(SELECT *, file_row_number + 1 AS ordinal FROM ${rows})` : rows;
  }
  const rows = form === 'csv' ? csvRelation(file, columns, separator ?? ',', packed) : jsonRelation(file, source, names);
  return ordinal ? `(SELECT *, row_number() OVER () AS ordinal FROM ${rows})` : rows;
}

function csvRelation(file: string, columns: readonly SourceColumn[], separator: string, packed: Packing): string {
  const types = columns.map(({ sql }) => `'${sql}': 'VARCHAR'`).join(', ');
  const form = `delim = ${sqlText(separator)}, quote = '"', escape = '"', header = true, auto_detect = false, strict_mode = true`;
  return `read_csv(${file}, columns = {${types}}, ${form}, compression = '${packed}', max_line_size = ${longestLine}, ignore_errors = true, store_rejects = true, hive_partitioning = false)`;
}

function jsonRelation(file: string, { columns, packed, hasMark, hasKeysTwice }: LogSource, names: readonly string[]): string {
  const used = columns.filter(({ name, ofPath }) => ofPath !== true && names.includes(name));
  if (hasMark === true || hasKeysTwice === true) return jsonTextRelation(file, used, packed);
  const types = used.map(({ name, type }) => `${sqlText(name)}: '${type}'`).join(', ');
  return `read_json(${file}, format = 'newline_delimited', columns = {${types}}, ${ofJson(packed)})`;
}

const ofJson = (packed: Packing) =>
  `compression = '${packed === 'none' ? 'uncompressed' : packed}', ignore_errors = true, maximum_object_size = ${longestLine}, hive_partitioning = false`;

const areTwice = (keys: string) => `list_unique(${keys}) <> len(${keys})`;

/** SELECT of n, above 0 where some object of a file of JSON Lines has a key twice; a byte order mark hides the first. There are few different lists of keys, and only these are looked at. */
export const keysTwiceSql = ({ path, packed }: Pick<LogSource, 'path' | 'packed'>): string =>
  `SELECT count(*) FILTER (WHERE ${areTwice('keys')}) AS n FROM (SELECT DISTINCT json_keys(json) AS keys FROM read_json_objects(${sqlPath(path)}, format = 'newline_delimited', ${ofJson(packed)}))`;

/**
 * Where a byte order mark stands before the first object, which {@link jsonRelation} would lose, or an object has a key twice, of which it would take the first: the lines are read as text.
 * A line that is no JSON is a row of nothing there, too, and so is such an object.
 */
function jsonTextRelation(file: string, used: readonly SourceColumn[], packed: Packing): string {
  const shape = JSON.stringify(Object.fromEntries(used.map(({ name, type }) => [name, type === 'VARCHAR[]' ? ['VARCHAR'] : type])));
  const object = `json_transform(CASE WHEN NOT json_valid(line) OR ${areTwice('json_keys(line)')} THEN NULL ELSE line END, ${sqlText(shape)})`;
  return `(SELECT unnest(${object}) FROM ${linesRelation(file, packed)} WHERE trim(line, chr(9) || chr(13) || ' ') <> '')`;
}
