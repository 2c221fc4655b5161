import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { DataError, UsageError } from '../errors.ts';
import { nearest } from '../registry.ts';
import { type Accounting, allKept, type Read } from './accounting.ts';
import { trimBlanks } from './blanks.ts';
import { decimalOf, float32Rule, keptInFloat32, shownText } from './decimal.ts';
import { textLines } from './line-blocks.ts';
import { onlyFile } from './only-file.ts';
import type { QuerySet } from './query-set.ts';

const weightOf = (text: string) => {
  const weight = decimalOf(text, 'decimal');
  return weight >= 0 && keptInFloat32(weight) ? weight : null;
};
const positionOf = (text: string) => {
  const position = decimalOf(text, 'whole');
  return position <= 0xffffffff ? position : null;
};

const sideWords = ['query', 'group', 'weight', 'position'];

/**
 * Sees to it that nothing beside a data file is named nearly as one of its side files: it would be ignored in silence.
 * @throws UsageError that names it, and how it would be read
 */
export async function checkSideNames(path: string): Promise<void> {
  const name = basename(path).replace(/\.gz$/, '');
  const bare = name.replace(/(?<=.)\.[^.]+$/, '');
  const there = new Set(await readdir(dirname(path)).catch(() => []));
  for (const other of there) {
    if (!other.startsWith(bare)) continue;
    const stem = other.startsWith(`${name}.`) ? name : bare;
    const rest = other.slice(stem.length);
    const [, word = ''] = /^[._-]([^._-]+)(\.(gz|txt|csv|tsv))*$/.exec(rest) ?? [];
    const near = nearest(word, sideWords, 1);
    const isRead = rest === `.${near}` && (stem === name || there.has(stem)); // with this file, or with another
    if (near !== null && !isRead)
      throw new UsageError(
        `"${join(dirname(path), other)}" is not read; if it is of "${name}", call it "${name}.${near}", else move it to another folder`,
      );
  }
}

/** The one of `<file><ending>`, with .gz left off the file's name or not, that is there. @throws UsageError where two are */
export function findSideFile(path: string, endings: readonly string[]): Promise<string | null> {
  const stems = new Set([path, path.replace(/\.gz$/, '')]);
  return onlyFile([...stems].flatMap((stem) => endings.map((ending) => stem + ending)));
}

/**
 * The set with what LightGBM and XGBoost keep beside a data file, one number a line:
 * `<file>.weight`, weights of the documents, or with as many lines as queries, of queries; `<file>.position`, where documents were shown.
 * @throws DataError for a line that is no such number, or another number of lines
 */
export async function withSideFiles(path: string, set: Read<QuerySet>): Promise<Read<QuerySet>> {
  const [weightFile, positionFile] = [await findSideFile(path, ['.weight']), await findSideFile(path, ['.position'])];
  if (weightFile === null && positionFile === null) return set;
  const weights = weightFile === null ? null : await readWeights(weightFile, set);
  const positions = positionFile === null ? null : await readPositions(positionFile, set);
  return {
    ...set,
    ...(weights && { weights: weights.values }),
    ...(positions && { positions: positions.values }),
    accounting: [...set.accounting, ...[weights, positions].flatMap((one) => one?.account ?? [])],
  };
}

interface SideValues<T> {
  readonly values: T;
  readonly account: Accounting;
}

async function readWeights(file: string, { labels, offsets }: QuerySet): Promise<SideValues<Float32Array>> {
  const values = await readNumbers(file, weightOf, 'a weight must be a finite number of at least 0', labels.length);
  const account = allKept(file, 'weights', values.length);
  const queries = offsets.length - 1;
  if (values.length === labels.length) return { values: Float32Array.from(values), account };
  if (values.length !== queries)
    throw new DataError(`${values.length} weights; expected one per document (${labels.length}) or per query (${queries})`, { file });
  const weights = new Float32Array(labels.length);
  for (let q = 0; q < queries; q++) weights.fill(values[q], offsets[q], offsets[q + 1]);
  return { values: weights, account };
}

async function readPositions(file: string, { labels }: QuerySet): Promise<SideValues<Uint32Array>> {
  const values = await readNumbers(file, positionOf, 'a position must be a whole number', labels.length);
  if (values.length !== labels.length)
    throw new DataError(`${values.length} positions; expected one per document (${labels.length})`, { file });
  return { values: Uint32Array.from(values), account: allKept(file, 'positions', values.length) };
}

/** @param documents of the data: there are no more numbers than those */
async function readNumbers(file: string, parse: (text: string) => number | null, rule: string, documents: number): Promise<number[]> {
  const values: number[] = [];
  for await (const { text, line } of textLines(file)) {
    const word = trimBlanks(text);
    if (word === '') continue;
    const value = parse(word);
    if (value === null) throw new DataError(`${rule}; got ${shownText(word)}; ${float32Rule}`, { file, line });
    if (values.length === documents) throw new DataError(`more numbers than the ${documents} documents that the data has`, { file, line });
    values.push(value);
  }
  return values;
}
