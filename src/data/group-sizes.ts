import { DataError } from '../errors.ts';
import { decimalOf, shownText } from './decimal.ts';
import { growingUint32 } from './growing-array.ts';
import { textLines } from './line-blocks.ts';
import type { GroupSizes } from './query-set-builder.ts';

/**
 * Reads the file of group sizes that LightGBM (.query) and XGBoost (.group) put beside data without query ids:
 * how many documents each query has, in the order of the data; numbers between blanks or line ends.
 * @param most documents that the data can have at most
 * @throws DataError for anything but whole numbers of at least 1, and for more documents than there can be
 */
export async function readGroupSizes(path: string, most: number): Promise<GroupSizes> {
  const sizes = growingUint32();
  let total = 0;
  for await (const { text, line } of textLines(path)) {
    for (const { 0: word, index } of text.matchAll(/\S+/g)) {
      const size = decimalOf(word, 'whole');
      if (!(size >= 1 && total + size <= 0xffffffff))
        throw new DataError(`a group size must be a whole number of at least 1; got ${shownText(word)}`, {
          file: path,
          line,
          column: index + 1,
        });
      sizes.push(size);
      total += size;
      if (total > most)
        throw new DataError(`group sizes sum to ${total} so far, more than the data file has room for`, { file: path, line });
    }
  }
  return { file: path, sizes: sizes.trimmed(), total };
}
