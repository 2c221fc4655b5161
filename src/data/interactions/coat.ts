import { DataError } from '../../errors.ts';
import { type Accounting, allKept, Ledger, type Read } from '../accounting.ts';
import { wordsOf } from '../blanks.ts';
import { decimalOf, fitsFloat32, shownText } from '../decimal.ts';
import { textLines } from '../line-blocks.ts';
import { findFile, isThere } from './find-file.ts';
import { InteractionBuilder, InteractionIds } from './interaction-builder.ts';
import type { InteractionData, PairFeatures } from './interaction-log.ts';

/**
 * Coat: `train.ascii` and `test.ascii` are matrices of ratings 1 to 5, users by items, 0 for none; the test part was drawn uniformly at
 * random. `propensities.ascii` (users by items, optional) holds the probability that a pair is in the training part; features are optional.
 * Schnabel et al., ICML 2016. Propensities are taken as they stand: a 0 on an observed pair is a fault, never a 1.
 */
export const coat = {
  description: 'Coat: a folder with train.ascii and test.ascii; propensities.ascii and user_item_features/ where they are there',
  async read(folder: string): Promise<Read<InteractionData>> {
    const file = (name: string) => findFile(folder, name);
    const [trainFile, testFile] = [await file('train.ascii'), await file('test.ascii')];
    const propensitiesFile = await file('propensities.ascii');
    const propensities = await optional(propensitiesFile);
    const train = await readMatrix(trainFile);
    const width = train[0].length;
    if (propensities && (propensities.length !== train.length || propensities[0].length !== width))
      throw new DataError(`expected a matrix of ${train.length} × ${width} like train.ascii`, { file: propensitiesFile });
    const [users, items] = [idsUpTo(train.length), idsUpTo(width)];
    const accounting: Accounting[] = [];
    const logOf = (name: string, matrix: readonly Float64Array[], weights: readonly Float64Array[] | null) => {
      const builder = new InteractionBuilder({ file: name, ratingScale: [1, 5], users, items, unit: 'ratings' });
      matrix.forEach((ratings, user) => {
        ratings.forEach((rating, item) => {
          const record = { user: String(user + 1), item: String(item + 1), rating };
          if (rating !== 0) builder.add(weights ? { ...record, propensity: weights[user][item] } : record, user + 1);
        });
      });
      const log = builder.build();
      accounting.push(...builder.accounting());
      if (weights !== null) accounting.push(propensityAccount(propensitiesFile, log.items.length, matrix.length * width));
      return log;
    };
    const features = async (name: string, rows: number, what: string) => {
      const path = await file(`user_item_features/${name}`);
      const read = await featuresIn(path, rows, what);
      if (read !== null) accounting.push(allKept(path, 'rows', rows));
      return read;
    };
    const test = await readMatrix(testFile);
    if (test.length !== train.length || test[0].length !== width)
      throw new DataError(`expected a matrix of ${train.length} × ${width} like train.ascii`, { file: testFile });
    return {
      log: logOf(trainFile, train, propensities),
      uniformTest: logOf(testFile, test, null),
      userFeatures: await features('user_features.ascii', train.length, 'user'),
      itemFeatures: await features('item_features.ascii', width, 'item'),
      accounting,
    };
  },
};

function propensityAccount(file: string, observed: number, pairs: number): Accounting {
  const ledger = new Ledger();
  ledger.keep('propensities', observed);
  ledger.reject('propensities', 'of pairs without a rating', pairs - observed);
  return ledger.accounting(file)[0];
}

function idsUpTo(count: number): InteractionIds {
  const table = new InteractionIds();
  for (let i = 1; i <= count; i++) table.intern(String(i));
  return table;
}

async function optional(path: string): Promise<Float64Array[] | null> {
  return (await isThere(path)) ? readMatrix(path) : null;
}

async function featuresIn(file: string, rows: number, what: string): Promise<PairFeatures | null> {
  const matrix = await optional(file);
  if (matrix === null) return null;
  if (matrix.length !== rows) throw new DataError(`expected features of ${rows} ${what}s, got ${matrix.length}`, { file });
  const width = matrix[0].length;
  const values = new Float32Array(rows * width);
  matrix.forEach((row, i) => {
    values.set(row, i * width);
  });
  return { values, width };
}

const widest = 1 << 22;

/** Numbers with blanks between, as many on each line. @throws DataError with the line for anything else, and for an empty file */
async function readMatrix(file: string): Promise<Float64Array[]> {
  const rows: Float64Array[] = [];
  for await (const { text, line } of textLines(file)) {
    const words = wordsOf(text, widest + 1);
    if (words.length === 0) continue;
    if (words.length > widest) throw new DataError(`more than ${widest} numbers in a line; is this a matrix?`, { file, line });
    const row = Float64Array.from(words, (word) => decimalOf(word, 'decimal'));
    const bad = row.findIndex((value) => !fitsFloat32(value)); // catches NaN too
    if (bad >= 0)
      throw new DataError(`${shownText(words[bad])} is not a number${Number.isNaN(row[bad]) ? '' : ' that 32 bits hold'}`, { file, line });
    if (rows.length > 0 && row.length !== rows[0].length)
      throw new DataError(`expected ${rows[0].length} numbers as in line 1, got ${row.length}`, { file, line });
    rows.push(row);
  }
  if (rows.length === 0) throw new DataError('empty; expected a matrix of numbers', { file });
  return rows;
}
