import { DataError } from '../../errors.ts';
import { trimBlanks } from '../blanks.ts';
import { decimalOf, expectedNumber } from '../decimal.ts';
import { textLines } from '../line-blocks.ts';
import type { InteractionBuilder } from './interaction-builder.ts';

/**
 * Adds the lines `user SEPARATOR item SEPARATOR rating [SEPARATOR timestamp]` of a file without a header.
 * @throws DataError with file and line where a line has another number of fields, or a value breaks its rule
 */
export async function readRatingLines(path: string, separator: string, fields: 3 | 4, builder: InteractionBuilder): Promise<void> {
  for await (const { text, line } of textLines(path)) {
    if (trimBlanks(text) === '') continue;
    const cells = text.split(separator, fields + 1).map(trimBlanks);
    if (cells.length !== fields)
      throw new DataError(
        `expected ${fields} fields with ${JSON.stringify(separator)} between, got ${cells.length > fields ? `more than ${fields}` : cells.length}`,
        { file: path, line },
      );
    const [user, item, rating, time] = cells;
    const number = (name: string, cell: string) => {
      const value = decimalOf(cell, 'decimal');
      if (Number.isNaN(value)) throw new DataError(`the ${name} must be ${expectedNumber(cell, 'decimal')}`, { file: path, line });
      return value;
    };
    const record = { user, item, rating: number('rating', rating) };
    builder.add(time === undefined ? record : { ...record, timestamp: number('timestamp', time) }, line);
  }
}
