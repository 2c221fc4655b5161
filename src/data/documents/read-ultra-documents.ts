import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { DataError } from '../../errors.ts';
import { type GainRule, labelFault } from '../../label-gains.ts';
import { Ledger, type Read } from '../accounting.ts';
import { trimBlanks } from '../blanks.ts';
import { decimalOf, expectedNumber, fitsFloat32, float32Range, keptInFloat32, shownText } from '../decimal.ts';
import { featureRoom } from '../feature-room.ts';
import { FeatureRows } from '../feature-rows.ts';
import { textLines } from '../line-blocks.ts';
import { checkMissing, isMissingText, type MissingRule } from '../missing-values.ts';
import { hasColon, linesOf } from '../named-logs/ultra-clicks.ts';
import type { QuerySet } from '../query-set.ts';
import { reading } from '../reading.ts';
import { DocumentRows } from './document-rows.ts';

/** Parts of an ULTRA folder. */
export const ultraParts = { train: 'train', validation: 'valid', test: 'test' } as const;

/** Whether a folder is one of ULTRA's: its part `train` has lists. */
export const isUltraFolder = async (path: string): Promise<boolean> =>
  (await stat(join(path, 'train', 'train.init_list')).catch(() => null))?.isFile() === true;

/** Files of a part that are read. */
export const ultraFiles = (folder: string, part: string): string[] => [
  join(folder, 'settings.json'),
  ...['feature', 'init_list', 'labels'].map((ending) => join(folder, part, `${part}.${ending}`)),
];

/**
 * Reads a part of ULTRA's folders, or ULTRE's: `train/train.feature` has a document on each line, its id and `index:value` from index 0; `train.init_list` says which of them queries have, by their places there
 * or (`qid:`, ULTRE) by ids; `train.labels` the labels of these lists. Feature i of a file is number i + 1. Documents that no list has are left out and counted.
 * @param options.judged false: labels are clicks, or not looked at, and are 0 here
 * @param options.missing what becomes of values nan, na and null: keep reads them as NaN; by default they are refused
 * @throws DataError with file and line for what breaks the form, and for a document that a query has with two labels; UsageError for a file that cannot be read
 */
export function readUltraDocuments(
  folder: string,
  part: string,
  {
    gains = 'exponential',
    judged = true,
    missing = 'refuse',
  }: { readonly gains?: GainRule; readonly judged?: boolean; readonly missing?: MissingRule } = {},
): Promise<Read<QuerySet>> {
  const [, featureFile, listFile, labelFile] = ultraFiles(folder, part);
  return reading(listFile, async () => {
    const { ids, features, featureCount } = await reading(featureFile, async () => readFeatures(featureFile, await featureSize(folder)));
    const byId = (await hasColon(listFile)) ? new Map(ids.map((id, place) => [id, place])) : null;
    const labels = judged ? linesOf(labelFile) : null;
    const rows = new DocumentRows();
    const used = new Uint8Array(ids.length);
    const faultOfLabel = labelFault(gains);
    for await (const { query, words, line } of linesOf(listFile)) {
      const place = { file: listFile, line };
      const of = labels === null ? null : (await labels.next()).value;
      if (labels !== null && (of === undefined || of.query !== query || of.words.length !== words.length))
        throw new DataError(`the labels of this list of query ${shownText(query)} are not in ${basename(labelFile)}, line by line`, place);
      for (const [k, word] of words.entries()) {
        if (word === '-1') continue; // lists are filled up by it
        const row = byId === null ? decimalOf(word, 'whole') : (byId.get(word) ?? Number.NaN);
        if (!(row < ids.length)) throw new DataError(`${shownText(word)} is no document of ${basename(featureFile)}`, place);
        used[row] = 1;
        const label = of === null ? 0 : labelOf(of.words[k], faultOfLabel, { file: labelFile, line: of.line });
        rows.add(query, ids[row], label, features.subarray(row * featureCount, (row + 1) * featureCount), place);
      }
    }
    if (!used.includes(1)) throw new DataError('no list has a document', { file: listFile });
    const ledger = new Ledger();
    const kept = used.reduce((sum, one) => sum + one, 0);
    ledger.keep('documents', kept);
    ledger.reject('documents', 'that no list has', ids.length - kept);
    const set = rows.build(featureCount);
    checkMissing(set, featureFile, missing);
    return { ...set, accounting: ledger.accounting(featureFile) };
  });
}

/** What settings.json says; null without one. */
async function featureSize(folder: string): Promise<number | null> {
  const file = join(folder, 'settings.json');
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) return null;
  const size = /"feature_size"\s*:\s*(\d+)/.exec(text)?.[1];
  if (size === undefined)
    throw new DataError('no "feature_size"; remove the file, and features are as many as their highest index tells', { file });
  return Number(size);
}

async function readFeatures(file: string, size: number | null) {
  const ids: string[] = [];
  const rows = new FeatureRows(featureRoom());
  let row = new Float32Array(size ?? 256);
  for await (const { text, line } of textLines(file)) {
    const [id, ...pairs] = trimBlanks(text).split(/[ \t]+/);
    if (id === '') continue;
    row.fill(0);
    let width = size ?? 0;
    for (const pair of pairs) {
      const colon = pair.indexOf(':');
      const index = decimalOf(pair.slice(0, colon), 'whole');
      const text = pair.slice(colon + 1);
      const isMissing = text !== '' && isMissingText(text);
      const value = decimalOf(text, 'decimal');
      const place = { file, line };
      if (colon < 1 || Number.isNaN(index)) throw new DataError(`expected index:value, with indexes from 0; got ${shownText(pair)}`, place);
      if (index >= (size ?? 1e7))
        throw new DataError(`feature ${index}, where settings.json tells of ${size ?? '10000000 at most'}, from 0`, place);
      if (!isMissing && !fitsFloat32(value))
        throw new DataError(`a feature must be a number: ${float32Range}; got ${shownText(pair)}`, place);
      const noRoom = rows.noRoomFor(index + 1);
      if (noRoom !== null) throw new DataError(noRoom, place);
      if (index >= row.length) row = widened(row, index);
      row[index] = value;
      width = Math.max(width, index + 1);
    }
    rows.add(row, width);
    ids.push(id);
  }
  const featureCount = size ?? rows.width;
  if (ids.length === 0 || featureCount === 0) throw new DataError('no document has a feature; expected "ID index:value …"', { file });
  return { ids, features: rows.assemble(featureCount), featureCount };
}

function widened(row: Float32Array, index: number): Float32Array<ArrayBuffer> {
  const wider = new Float32Array(2 * (index + 1));
  wider.set(row);
  return wider;
}

function labelOf(word: string, faultOf: (label: number) => string | null, place: { file: string; line: number }): number {
  const label = decimalOf(word, 'decimal');
  const fault = keptInFloat32(label) ? faultOf(label) : `a label must be ${expectedNumber(word, 'decimal')}`;
  if (fault !== null) throw new DataError(fault, place);
  return label;
}

/** The folder above a part, where the path is that of a part. */
export const ultraFolderOf = async (path: string): Promise<string | null> => {
  if (await isUltraFolder(path)) return path;
  return basename(path) === 'train' && (await isUltraFolder(dirname(path))) ? dirname(path) : null;
};
