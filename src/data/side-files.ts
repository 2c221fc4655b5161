import { stat } from 'node:fs/promises';
import { DataError } from '../errors.ts';
import { decimalOf, fitsFloat32, shownText } from './decimal.ts';
import { textLines } from './line-blocks.ts';
import type { QuerySet } from './query-set.ts';

const weightOf = (text: string) => {
  const weight = decimalOf(text, 'decimal');
  return weight >= 0 && fitsFloat32(weight) ? weight : null;
};
const positionOf = (text: string) => {
  const position = decimalOf(text, 'whole');
  return position <= 0xffffffff ? position : null;
};

/** The first of `<file><ending>`, with .gz left off the file's name or not, that is there. */
export async function findSideFile(path: string, endings: readonly string[]): Promise<string | null> {
  const stems = new Set([path, path.replace(/\.gz$/, '')]);
  for (const candidate of [...stems].flatMap((stem) => endings.map((ending) => stem + ending))) {
    const found = await stat(candidate).catch(() => null);
    if (found?.isFile()) return candidate;
  }
  return null;
}

/**
 * The set with what LightGBM and XGBoost keep beside a data file, one number a line:
 * `<file>.weight`, weights of the documents, or with as many lines as queries, of queries; `<file>.position`, where documents were shown.
 * @throws DataError for a line that is no such number, or another number of lines
 */
export async function withSideFiles(path: string, set: QuerySet): Promise<QuerySet> {
  const [weightFile, positionFile] = [await findSideFile(path, ['.weight']), await findSideFile(path, ['.position'])];
  if (weightFile === null && positionFile === null) return set;
  return {
    ...set,
    ...(weightFile === null ? {} : { weights: await readWeights(weightFile, set) }),
    ...(positionFile === null ? {} : { positions: await readPositions(positionFile, set) }),
  };
}

async function readWeights(file: string, { labels, offsets }: QuerySet): Promise<Float32Array> {
  const values = await readNumbers(file, weightOf, 'a weight must be a finite number of at least 0');
  const queries = offsets.length - 1;
  if (values.length === labels.length) return Float32Array.from(values);
  if (values.length !== queries)
    throw new DataError(`${values.length} weights; expected one per document (${labels.length}) or per query (${queries})`, { file });
  const weights = new Float32Array(labels.length);
  for (let q = 0; q < queries; q++) weights.fill(values[q], offsets[q], offsets[q + 1]);
  return weights;
}

async function readPositions(file: string, { labels }: QuerySet): Promise<Uint32Array> {
  const values = await readNumbers(file, positionOf, 'a position must be a whole number');
  if (values.length !== labels.length)
    throw new DataError(`${values.length} positions; expected one per document (${labels.length})`, { file });
  return Uint32Array.from(values);
}

async function readNumbers(file: string, parse: (text: string) => number | null, rule: string): Promise<number[]> {
  const values: number[] = [];
  for await (const { text, line } of textLines(file)) {
    const word = text.trim();
    if (word === '') continue;
    const value = parse(word);
    if (value === null) throw new DataError(`${rule}; got ${shownText(word)}; it is kept in 32 bits`, { file, line });
    values.push(value);
  }
  return values;
}
