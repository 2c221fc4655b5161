import { type ScalingMethod, scalingMethods } from '../../../src/data/scale-features.ts';
import { syntheticOptions } from '../../../src/data/synthetic-options.ts';
import { gainRule } from '../../../src/label-gains.ts';
import { array, integer, nullable, optional, picklist, real, strictObject, union } from '../../../src/schema.ts';
import { filePath, line } from '../../config/text-rules.ts';

/** Columns of a table of documents, by name; null: by how they usually are called. */
const documentColumns = strictObject({
  query: optional(nullable(line(100)), null), //    without one, and with a log, features are of the document whatever the query
  document: optional(nullable(line(100)), null),
  label: optional(nullable(line(100)), null), //    without one nobody judged
  features: optional(nullable(array(line(100))), null), // of numbers, or of lists of them; null: the one column of lists, else all that are left
});

/** Of 32 bits. */
const largestFloat = 2 ** 128 - 2 ** 104;

/** Judged queries: a folder of SVMlight files, of tables or ULTRA's, or made from a recipe. */
export const dataConfig = strictObject({
  name: optional(line(100)), // in tables, titles and names of runs; by default that of the folder
  path: optional(nullable(filePath()), null), // folder with the three files, or one of ULTRA's; null: synthetic
  folds: optional(nullable(array(filePath())), null), // folders below it, each with the three files: run one by one, their test queries pooled
  train: optional(filePath(), 'train.txt'),
  validation: optional(filePath(), 'vali.txt'),
  test: optional(filePath(), 'test.txt'),
  columns: optional(documentColumns, {}), // of files that are tables: .parquet, .arrow, .feather, .csv
  gains: optional(gainRule(), 'exponential'), // gain of a label y: 2^y − 1; linear: y; or a table, such as {0: 0, 1: 1, 2: 3}
  firstIndex: optional(picklist([0, 1]), 1), // of features in the files: 0 where they count from 0, and feature i of a file is number i + 1
  queries: optional(picklist(['together', 'anywhere']), 'together'), // where lines of one query stand in a file; anywhere: they are put together
  missing: optional(union([picklist(['keep', 'mean']), real(-largestFloat, largestFloat)]), 'keep'), // values that files lack (nan, an empty cell, NULL): keep leaves them to trees, the one ranker that knows them; mean is that of training; or a number that they are read as
  scale: optional(picklist(Object.keys(scalingMethods) as ScalingMethod[]), 'standardise'),
  synthetic: optional(strictObject({ seed: optional(integer(), 1), ...syntheticOptions.entries }), {}),
});
