import { DataError } from '../errors.ts';
import { textLines } from './line-blocks.ts';
import type { GroupSizes } from './query-set-builder.ts';

const wholeNumber = /^[0-9]+$/;

/**
 * Reads the file of group sizes that LightGBM (.query) and XGBoost (.group) put beside data without query ids:
 * how many documents each query has, in the order of the data; numbers between blanks or line ends.
 * @throws DataError for anything but whole numbers of at least 1
 */
export async function readGroupSizes(path: string): Promise<GroupSizes> {
  const sizes: number[] = [];
  let total = 0;
  for await (const { text, line } of textLines(path)) {
    for (const { 0: word, index } of text.matchAll(/\S+/g)) {
      const size = Number(word);
      if (!wholeNumber.test(word) || !Number.isSafeInteger(size) || size < 1)
        throw new DataError(`a group size must be a whole number of at least 1; got "${word}"`, { file: path, line, column: index + 1 });
      sizes.push(size);
      total += size;
    }
  }
  return { file: path, sizes, total };
}
