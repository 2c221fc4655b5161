import { DataError, UsageError } from '../errors.ts';
import { shownText } from './decimal.ts';
import type { QuerySet } from './query-set.ts';

/** Whether a reader of documents takes missing values: `keep` reads them as NaN. */
export type MissingRule = 'refuse' | 'keep';

/** What stands for a missing value in text, in any case, as LightGBM has it; in tables also an empty cell. */
const missingWords = /^(nan|na|null)$/i;

/** Whether a text of a table says that there is no value. */
export const isMissingText = (text: string): boolean => text === '' || missingWords.test(text);

/** Whether a cell has no value: NULL, NaN, an empty text or a word for it. */
export const isMissingCell = (cell: unknown): boolean =>
  cell === null || cell === undefined || Number.isNaN(cell) || (typeof cell === 'string' && isMissingText(cell));

const [lowerA, lowerN] = [97, 110];

/** Where the word for a missing value that starts at a place of some bytes ends; −1 where none does. */
export function missingWordEnd(bytes: Uint8Array, start: number): number {
  if ((bytes[start] | 32) !== lowerN) return -1;
  const second = bytes[start + 1] | 32;
  if (second === lowerA) return (bytes[start + 2] | 32) === lowerN ? start + 3 : start + 2;
  const isNull = second === 117 && (bytes[start + 2] | 32) === 108 && (bytes[start + 3] | 32) === 108;
  return isNull ? start + 4 : -1;
}

/** Features, and where they are known the ids of their documents. */
export type SomeFeatures = Pick<QuerySet, 'features' | 'featureCount'> & Partial<Pick<QuerySet, 'queryIds' | 'docIds' | 'offsets'>>;

/** Values of features that are missing (NaN). */
export interface MissingValues {
  readonly count: number;
  readonly features: readonly number[]; // numbers of those that lack some, from 1, ascending
  readonly firstRow: number;
}

const known = new WeakMap<Float32Array, MissingValues | null>();

/** What is missing of some features; null where all are there. Looked for once an array. */
export function missingValues({ features, featureCount }: SomeFeatures): MissingValues | null {
  const before = known.get(features);
  if (before !== undefined) return before;
  const found = countMissing(features, featureCount);
  known.set(features, found);
  return found;
}

function countMissing(features: Float32Array, width: number): MissingValues | null {
  let first = 0;
  while (first < features.length && !Number.isNaN(features[first])) first++;
  if (first === features.length) return null;
  const lacking = new Uint8Array(width);
  let count = 0;
  for (let i = first; i < features.length; i++)
    if (Number.isNaN(features[i])) {
      count++;
      lacking[i % width] = 1;
    }
  const numbers = Array.from(lacking.keys()).filter((f) => lacking[f] === 1);
  return { count, features: numbers.map((f) => f + 1), firstRow: Math.floor(first / width) };
}

const named = 3;

/** `3 feature values are missing, of features 2 and 5, first of document "d7" of query "12"`; null where none is. */
export function saidMissing(set: SomeFeatures): string | null {
  const missing = missingValues(set);
  if (missing === null) return null;
  const { count, features, firstRow } = missing;
  const rest = features.length - named;
  const numbers = features.slice(0, named).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
  const many = count === 1 ? '1 feature value is missing' : `${count} feature values are missing`;
  return `${many}, of feature${features.length === 1 ? '' : 's'} ${numbers}, first of ${documentWords(set, firstRow)}`;
}

function documentWords({ queryIds, docIds, offsets }: SomeFeatures, row: number): string {
  if (queryIds === undefined || docIds === undefined || offsets === undefined) return `document row ${row + 1}`;
  return `document ${shownText(docIds[row])} of query ${shownText(queryIds[offsets.findIndex((start) => start > row) - 1])}`;
}

/** @throws DataError of the file where a value is missing and is not to be kept */
export function checkMissing(set: SomeFeatures, file: string, rule: MissingRule): void {
  const said = rule === 'keep' ? null : saidMissing(set);
  if (said !== null)
    throw new DataError(`${said}, which this does not take; fill them in the file (in code, missing: 'keep' reads them as NaN)`, { file });
}

/** What to do about missing values, wherever they come from. */
export const waysToFill = 'set data.missing (--missing) to mean or to a number that they are read as, or fill them in the file';

/** @param what knows no missing values @throws UsageError where features have some */
export function checkComplete(set: SomeFeatures, what: string): void {
  const said = saidMissing(set);
  if (said !== null) throw new UsageError(`${what} knows no missing values, but ${said}; ${waysToFill}`);
}

/** The mean of each feature over the documents that have it, 0 of one that none has; length F. */
export function presentMeans({ features, featureCount: F }: SomeFeatures): Float64Array {
  const [sums, counts] = [new Float64Array(F), new Float64Array(F)];
  for (let start = 0; start < features.length; start += F)
    for (let f = 0; f < F; f++) {
      const x = features[start + f];
      if (Number.isNaN(x)) continue;
      sums[f] += x;
      counts[f]++;
    }
  return sums.map((sum, f) => (counts[f] === 0 ? 0 : sum / counts[f]));
}

/** Features with what is missing filled in, the same array where nothing is. @param values by feature, length F */
export function filledFeatures(set: SomeFeatures, values: ArrayLike<number>): Float32Array {
  if (missingValues(set) === null) return set.features;
  return set.features.map((x, i) => (Number.isNaN(x) ? values[i % set.featureCount] : x));
}
