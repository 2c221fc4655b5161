import { stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Whether there is anything at a path. */
export const isThere = async (path: string): Promise<boolean> => (await stat(path).catch(() => null)) !== null;

/**
 * A file of a data set, plain or .gz, in the folder or in its subfolder `data`, as some are unpacked. Where it is in none of these places the
 * plain file in the folder, so that whoever opens it says what is missing.
 */
export async function findFile(folder: string, name: string): Promise<string> {
  const places = [folder, join(folder, 'data')].flatMap((place) => [join(place, name), join(place, `${name}.gz`)]);
  for (const place of places) if (await isThere(place)) return place;
  return places[0];
}

/** Subfolders that readers of interactions look into. */
export const readSubfolders: readonly string[] = [
  'data',
  'user_item_features',
  'data/user_item_features',
  ...['bts', 'random'].flatMap((policy) => ['men', 'women', 'all'].map((campaign) => `${policy}/${campaign}`)),
];
