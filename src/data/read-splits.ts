import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DataError, UsageError } from '../errors.ts';
import type { Read } from './accounting.ts';
import { type DocumentOptions, readDocuments } from './documents/read-documents.ts';
import { isUltraFolder, readUltraDocuments, ultraFiles, ultraParts } from './documents/read-ultra-documents.ts';
import { noRoom } from './feature-room.ts';
import { onlyFile } from './only-file.ts';
import type { DataSplits, QuerySet } from './query-set.ts';
import { checkSharedFeatures } from './shared-features.ts';
import { widenFeatures } from './widen-features.ts';

/** File names within the folder; each is also found with .gz after it. */
export interface SplitNames {
  readonly train?: string | undefined;
  readonly validation?: string | undefined;
  readonly test?: string | undefined;
}

/**
 * Reads the three parts of a folder, `train.txt`, `vali.txt` and `test.txt` unless named otherwise, each by its ending: a table of Parquet, Arrow or CSV, a feature log, else as `readSvmlight`
 * does. A folder of ULTRA's without such a `train.txt` has its parts `train`, `valid` and `test`, whose labels must be judgments.
 * All share one feature count, the highest of the three: sparse files differ in the highest index that occurs.
 * @throws UsageError when the folder or a file is not there, DataError for what a file says, and where no feature of a part is in the
 *   training part
 */
export async function readSplits(path: string, names: SplitNames = {}, options: DocumentOptions = {}): Promise<Read<DataSplits>> {
  const folder = await stat(path).catch(() => null);
  if (!folder?.isDirectory())
    throw new UsageError(
      `${folder === null ? 'no folder' : 'not a folder:'} "${path}"; expected one with train, validation and test files`,
    );
  const { files, sets } = await readParts(path, names, options);
  const featureCount = Math.max(...sets.map((set) => set.featureCount));
  const fault = noRoom(
    sets.reduce((sum, { labels }) => sum + labels.length, 0),
    featureCount,
  );
  if (fault !== null)
    throw new DataError(`${fault}, all parts together; if feature index ${featureCount} is no slip, number the features without gaps`, {
      file: files[sets.findIndex((set) => set.featureCount === featureCount)],
    });
  for (const i of [1, 2]) checkSharedFeatures(sets[0], files[0], sets[i], files[i]);
  const [train, validation, test] = sets.map((set) => widenFeatures(set, featureCount));
  return { train, validation, test, accounting: sets.flatMap(({ accounting }) => accounting) };
}

/** Each part, and the file that it is called by. */
async function readParts(path: string, names: SplitNames, options: DocumentOptions) {
  const sets: Read<QuerySet>[] = [];
  const asUltra = (await isUltraFolder(path)) && (await onlyFile(placesOf(path, names.train ?? 'train.txt'))) === null;
  if (asUltra) {
    const { gains = 'exponential', missing = 'refuse' } = options;
    for (const part of Object.values(ultraParts)) sets.push(await readUltraDocuments(path, part, { gains, missing }));
    return { files: Object.values(ultraParts).map((part) => ultraFiles(path, part)[1]), sets };
  }
  const files = [
    await find(path, names.train ?? 'train.txt'),
    await find(path, names.validation ?? 'vali.txt'),
    await find(path, names.test ?? 'test.txt'),
  ];
  for (const file of files) sets.push(await readDocuments(file, options));
  return { files, sets };
}

const placesOf = (folder: string, name: string): string[] => [name, `${name}.gz`].map((candidate) => join(folder, candidate));

async function find(folder: string, name: string): Promise<string> {
  const file = await onlyFile(placesOf(folder, name));
  if (file !== null) return file;
  throw new UsageError(`no file "${name}" or "${name}.gz" in "${folder}"; name the files of the parts if they are called otherwise`);
}
