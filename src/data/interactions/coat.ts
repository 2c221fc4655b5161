import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DataError } from '../../errors.ts';
import { textLines } from '../line-blocks.ts';
import { InteractionBuilder, InteractionIds } from './interaction-builder.ts';
import type { InteractionData, PairFeatures } from './interaction-log.ts';

/**
 * Coat: `train.ascii` and `test.ascii` are matrices of ratings 1 to 5, users by items, 0 for none; the test part was drawn uniformly at
 * random. `propensities.ascii` (users by items, optional) holds the probability that a pair is in the training part; features are optional.
 * Schnabel et al., ICML 2016. Propensities are taken as they stand: a 0 on an observed pair is a fault, never a 1.
 */
export const coat = {
  description: 'Coat: a folder with train.ascii and test.ascii; propensities.ascii and user_item_features/ where they are there',
  async read(folder: string): Promise<InteractionData> {
    const file = (name: string) => join(folder, name);
    const propensities = await optional(file('propensities.ascii'));
    const train = await readMatrix(file('train.ascii'));
    const width = train[0].length;
    if (propensities && (propensities.length !== train.length || propensities[0].length !== width))
      throw new DataError(`expected a matrix of ${train.length} × ${width} like train.ascii`, { file: file('propensities.ascii') });
    const [users, items] = [idsUpTo(train.length), idsUpTo(width)];
    const logOf = (name: string, matrix: readonly Float64Array[], weights: readonly Float64Array[] | null) => {
      const builder = new InteractionBuilder({ file: file(name), ratingScale: [1, 5], users, items });
      matrix.forEach((ratings, user) => {
        ratings.forEach((rating, item) => {
          const record = { user: String(user + 1), item: String(item + 1), rating };
          if (rating !== 0) builder.add(weights ? { ...record, propensity: weights[user][item] } : record, user + 1);
        });
      });
      return builder.build();
    };
    const test = await readMatrix(file('test.ascii'));
    if (test.length !== train.length || test[0].length !== width)
      throw new DataError(`expected a matrix of ${train.length} × ${width} like train.ascii`, { file: file('test.ascii') });
    return {
      log: logOf('train.ascii', train, propensities),
      uniformTest: logOf('test.ascii', test, null),
      userFeatures: asFeatures(await optional(file('user_item_features/user_features.ascii')), train.length, 'user', folder),
      itemFeatures: asFeatures(await optional(file('user_item_features/item_features.ascii')), width, 'item', folder),
    };
  },
};

function idsUpTo(count: number): InteractionIds {
  const table = new InteractionIds();
  for (let i = 1; i <= count; i++) table.intern(String(i));
  return table;
}

async function optional(path: string): Promise<Float64Array[] | null> {
  return (await stat(path).catch(() => null)) === null ? null : readMatrix(path);
}

function asFeatures(matrix: readonly Float64Array[] | null, rows: number, what: string, file: string): PairFeatures | null {
  if (matrix === null) return null;
  if (matrix.length !== rows) throw new DataError(`expected features of ${rows} ${what}s, got ${matrix.length}`, { file });
  const width = matrix[0].length;
  const values = new Float32Array(rows * width);
  matrix.forEach((row, i) => {
    values.set(row, i * width);
  });
  return { values, width };
}

/** Numbers with blanks between, as many on each line. @throws DataError with the line for anything else, and for an empty file */
async function readMatrix(file: string): Promise<Float64Array[]> {
  const rows: Float64Array[] = [];
  for await (const { text, line } of textLines(file)) {
    if (text.trim() === '') continue;
    const row = Float64Array.from(text.trim().split(/\s+/), Number);
    const bad = row.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0) throw new DataError(`"${text.trim().split(/\s+/)[bad]}" is not a number`, { file, line });
    if (rows.length > 0 && row.length !== rows[0].length)
      throw new DataError(`expected ${rows[0].length} numbers as in line 1, got ${row.length}`, { file, line });
    rows.push(row);
  }
  if (rows.length === 0) throw new DataError('empty; expected a matrix of numbers', { file });
  return rows;
}
