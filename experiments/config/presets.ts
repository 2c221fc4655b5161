import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from '../../src/errors.ts';
import { nearName } from '../../src/registry.ts';
import { packageRoot } from '../modules/own-files.ts';

/** Where the presets that come with the package are. */
export const shippedPresets = join(packageRoot, 'experiments/configs/presets');
const ending = /\.(yaml|yml|json)$/;

/**
 * The file of a preset: of the folder `presets` beside the config, else of those that come with the package.
 * @throws UsageError that lists the known names
 */
export async function findPreset(name: string, folder: string): Promise<string> {
  const presets = await presetFiles(folder);
  const file = presets.get(name);
  if (file !== undefined) return file;
  const known = [...presets.keys()].sort();
  throw new UsageError(`preset: unknown name "${name}"${nearName(name, known) || ';'} known: ${known.join(', ')}`);
}

/** Name → file. A preset of the folder goes before a shipped one of the same name. */
export async function presetFiles(folder: string): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const place of [shippedPresets, join(folder, 'presets')]) {
    if (!(await stat(place).catch(() => null))?.isDirectory()) continue;
    for (const file of await readdir(place)) if (ending.test(file)) found.set(file.replace(ending, ''), join(place, file));
  }
  return found;
}
