import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { onlyFile } from '../only-file.ts';

/** Whether there is anything at a path. */
export const isThere = async (path: string): Promise<boolean> => (await stat(path).catch(() => null)) !== null;

/**
 * A file of a data set, plain or .gz, in the folder or in its subfolder `data`, as some are unpacked. Where it is in none of these places the
 * plain file in the folder, so that whoever opens it says what is missing.
 * @param names what the file may be called
 * @throws UsageError where it is in two of these places
 */
export async function findFile(folder: string, ...names: readonly [string, ...string[]]): Promise<string> {
  const places = names.flatMap((name) => ['', 'data'].flatMap((within) => ['', '.gz'].map((end) => join(folder, within, name + end))));
  return (await onlyFile(places)) ?? places[0];
}

/** Subfolders that readers of interactions look into. */
export const readSubfolders: readonly string[] = [
  'data',
  ...['', 'data/'].flatMap((within) => [
    `${within}user_item_features`,
    ...['bts', 'random'].flatMap((policy) => ['men', 'women', 'all'].map((campaign) => `${within}${policy}/${campaign}`)),
  ]),
];
