import { DataError } from '../errors.ts';
import { csvRows } from './csv-rows.ts';

/**
 * The rows below the header of a CSV file (RFC 4180; plain or .gz), each the cells of the columns asked for, in that order.
 * @throws UsageError when the file cannot be read; DataError on broken CSV, a column that is missing or there twice, or a row with too
 *   few or
 *   too many cells
 */
export async function* readCsv(path: string, columns: readonly string[]): AsyncGenerator<readonly string[]> {
  let places: number[] | null = null;
  let width = 0;
  for await (const { cells, line } of csvRows(path)) {
    if (places === null) {
      places = columns.map((name) => cells.indexOf(name));
      width = cells.length;
      const missing = columns[places.indexOf(-1)];
      if (missing !== undefined) throw new DataError(`no column "${missing}"; expected ${columns.join(',')}`, { file: path, line: 1 });
      const twice = columns.find((name) => cells.indexOf(name) !== cells.lastIndexOf(name));
      if (twice !== undefined) throw new DataError(`column "${twice}" is there twice; keep one`, { file: path, line: 1 });
    } else if (cells.length !== width) throw new DataError(`expected ${width} cells, got ${cells.length}`, { file: path, line });
    else yield places.map((place) => cells[place]);
  }
  if (places === null) throw new DataError(`empty; expected the header ${columns.join(',')}`, { file: path, line: 1 });
}
