import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { nearName } from '../../src/registry.ts';
import { packageRoot } from '../modules/own-files.ts';

/** What comes with the package and can be named from anywhere. */
const endings = { configs: /\.(yaml|yml|json)$/, notebooks: /\.ts$/ };
type Shipped = keyof typeof endings;

const folderOf = (kind: Shipped): string => join(packageRoot, 'experiments', kind);

/** Their names, sorted: quickstart, not quickstart.yaml. */
export async function shippedNames(kind: Shipped): Promise<string[]> {
  const files = (await readdir(folderOf(kind))).filter((name) => endings[kind].test(name));
  return files.map((name) => name.replace(endings[kind], '')).sort();
}

/**
 * The place of a file: `quickstart` and `quickstart.yaml` are that of the package where the folder has no file of the name.
 * @param folder what a path is relative to @returns that of the path itself where it is nothing of the package
 */
export async function findShipped(kind: Shipped, name: string, folder = '.'): Promise<string> {
  const place = resolve(folder, name);
  const found = await stat(place).catch(() => null);
  if ((found !== null && !found.isDirectory()) || !isBare(name)) return place;
  const files = (await readdir(folderOf(kind))).filter((file) => endings[kind].test(file));
  const known = files.find((file) => file === name || file.replace(endings[kind], '') === name);
  return known === undefined ? place : join(folderOf(kind), known);
}

/** The end of a sentence that says what else might be meant by a name of no file; empty for a path. */
export async function shippedHint(kind: Shipped, name: string): Promise<string> {
  if (!isBare(name)) return '';
  const known = await shippedNames(kind);
  return `; ${kind} of the package: ${known.join(', ')}${nearName(name.replace(endings[kind], ''), known)}`;
}

const isBare = (name: string): boolean => name !== '' && !/[/\\]/.test(name);
