import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { cannot } from '../../src/data/system-error.ts';
import { UsageError } from '../../src/errors.ts';

/** Files that make a folder a run folder: all are there once a run has finished. */
const marks = ['config.json', 'metrics.csv', 'status.json'];
/** Folders of a sweep that hold no finished run, and half-written ones. */
const passedOver = /^(cache|damaged|failed|node_modules|\..*|.*\.partial)$/;

/**
 * Every run folder at or below the folders, each once, sorted by path within each folder given.
 * @throws UsageError for a folder that cannot be read, and when there is no run folder in any
 */
export async function findRunFolders(folders: readonly string[]): Promise<string[]> {
  const found = new Set<string>();
  for (const folder of folders) await search(folder, found);
  if (found.size > 0) return [...found];
  const where = folders.map((folder) => `"${folder}"`).join(', ');
  throw new UsageError(`no finished run in ${where}: a run folder holds ${marks.join(', ')}; counterrank run writes one`);
}

async function search(folder: string, found: Set<string>): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(cannot(`read the folder "${folder}"`));
  const files = new Set(entries.filter((entry) => !entry.isDirectory()).map(({ name }) => name));
  if (marks.every((mark) => files.has(mark))) {
    found.add(folder);
    return;
  }
  const below = entries.filter((entry) => entry.isDirectory() && !passedOver.test(entry.name)).map(({ name }) => name);
  for (const name of below.sort()) await search(join(folder, name), found);
}
