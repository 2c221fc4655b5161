import { basename, resolve } from 'node:path';

/** The last part of each path, or where two are the same the paths as given. */
export function modelLabels(folders: readonly string[]): string[] {
  const names = folders.map((folder) => basename(resolve(folder)));
  return new Set(names).size === names.length ? names : [...folders];
}
