import { pipeline } from 'node:stream';
import { CsvError, type Info, parse } from 'csv-parse';
import { DataError } from '../errors.ts';
import { openBytes, readFault } from './open-bytes.ts';

/**
 * The rows below the header of a CSV file (RFC 4180; plain or .gz), each the cells of the columns asked for, in that order.
 * @throws UsageError when the file cannot be read; DataError on broken CSV, a missing column, or a row with too few or too many cells
 */
export async function* readCsv(path: string, columns: readonly string[]): AsyncGenerator<readonly string[]> {
  const source = await openBytes(path);
  const parser = parse({ bom: true, info: true, skip_empty_lines: true, relax_column_count: true });
  const rows = pipeline(source, parser, () => {}); // an error of either ends the iteration of the parser
  let places: number[] | null = null;
  let width = 0;
  try {
    for await (const { record, info } of rows as AsyncIterable<{ record: string[]; info: Info }>) {
      if (places === null) {
        places = columns.map((name) => record.indexOf(name));
        width = record.length;
        const missing = columns[places.indexOf(-1)];
        if (missing !== undefined) throw new DataError(`no column "${missing}"; expected ${columns.join(',')}`, { file: path, line: 1 });
      } else if (record.length !== width)
        throw new DataError(`expected ${width} cells, got ${record.length}`, { file: path, line: info.lines });
      else yield places.map((place) => record[place]);
    }
  } catch (error) {
    throw error instanceof CsvError ? new DataError(error.message, { file: path }) : readFault(path, error);
  } finally {
    source.destroy();
  }
  if (places === null) throw new DataError(`empty; expected the header ${columns.join(',')}`, { file: path, line: 1 });
}
