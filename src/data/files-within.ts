import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { cannot } from './system-error.ts';

/** Paths of the files in a folder and below, in the order of their names. @throws UsageError where it cannot be read */
export async function filesWithin(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(cannot(`read "${folder}"`));
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}
