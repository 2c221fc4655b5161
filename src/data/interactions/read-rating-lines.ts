import { DataError } from '../../errors.ts';
import { textLines } from '../line-blocks.ts';
import type { InteractionBuilder } from './interaction-builder.ts';

/**
 * Adds the lines `user SEPARATOR item SEPARATOR rating [SEPARATOR timestamp]` of a file without a header.
 * @throws DataError with file and line where a line has another number of fields, or a value breaks its rule
 */
export async function readRatingLines(path: string, separator: string, fields: 3 | 4, builder: InteractionBuilder): Promise<void> {
  for await (const { text, line } of textLines(path)) {
    if (text.trim() === '') continue;
    const cells = text.split(separator).map((cell) => cell.trim());
    if (cells.length !== fields)
      throw new DataError(`expected ${fields} fields with ${JSON.stringify(separator)} between, got ${cells.length}`, { file: path, line });
    const [user, item, rating, time] = cells;
    const record = { user, item, rating: rating === '' ? Number.NaN : Number(rating) };
    builder.add(time === undefined ? record : { ...record, timestamp: time === '' ? Number.NaN : Number(time) }, line);
  }
}
