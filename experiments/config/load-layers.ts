import { dirname, resolve } from 'node:path';
import { isPipeOrDevice, openRaw } from '../../src/data/open-bytes.ts';
import { cannot, isSystemError, systemReason } from '../../src/data/system-error.ts';
import { DataError, UsageError } from '../../src/errors.ts';
import { isGroup, type Layer, mergeLayers } from './merge-layers.ts';
import type { LayerPart } from './origin.ts';
import { withPluginPaths } from './plugin-reference.ts';
import { findPreset } from './presets.ts';
import { findShipped, shippedHint } from './shipped-files.ts';
import { readYaml, YamlFault } from './yaml-text.ts';

const mostFiles = 100;

/** What a file says over the files it extends and the presets it names, lowest first: `extends`, `preset`, its own keys. */
export interface LoadedFile {
  readonly layer: Layer; //  without the keys extends and preset
  readonly folder: string; // of the file: where its own presets may lie
  readonly parts: readonly LayerPart[]; // what the layer was put together from, lowest first
}

/**
 * Reads a YAML or JSON config file with everything it builds on. Paths in `extends` are relative to the file that says so. A bare name of no file
 * is one of the package's: `quickstart`.
 * @param above the files that it is extended by @param loaded how many were read for the whole before it
 * @throws UsageError for a file that is missing, is no group of keys, or comes to extend itself, and above 100 files; DataError with line and
 *   column for broken YAML
 */
export async function loadLayers(file: string, above: readonly string[] = [], loaded = { files: 0 }): Promise<LoadedFile> {
  const place = above.length === 0 ? await findShipped('configs', file) : resolve(file);
  if (++loaded.files > mostFiles)
    throw new UsageError(`${above[0]} builds on more than ${mostFiles} files, some perhaps again and again; let it extend fewer`);
  if (above.includes(place)) throw new UsageError(`${file}: extends itself: ${[...above, place].join(' → ')}`);
  const folder = dirname(place);
  const { extends: bases, preset, ...own } = withPluginPaths(parse(await read(place, file, above.at(-1)), file), folder, file);
  const below = [
    ...(await Promise.all(namesIn(bases, 'extends', file).map((base) => findShipped('configs', base, folder)))),
    ...(await presetFiles(namesIn(preset, 'preset', file), folder)),
  ];
  const lower = await loadAll(below, [...above, place], loaded);
  const part = { file: above.length === 0 ? null : place, layer: own };
  return { layer: mergeLayers(lower.layer, own), folder, parts: [...lower.parts, part] };
}

/** The layers of presets by name, in their order. @param folder where a folder `presets` of the user's own is looked for first */
export const loadPresets = async (value: unknown, folder: string, where: string): Promise<Omit<LoadedFile, 'folder'>> =>
  loadAll(await presetFiles(namesIn(value, 'preset', where), folder), [where]);

async function loadAll(files: readonly string[], above: readonly string[], loaded = { files: 0 }): Promise<Omit<LoadedFile, 'folder'>> {
  let layer: Layer = {};
  const parts: LayerPart[] = [];
  for (const file of files) {
    const one = await loadLayers(file, above, loaded);
    layer = mergeLayers(layer, one.layer);
    parts.push(...one.parts);
  }
  return { layer, parts };
}

async function presetFiles(names: readonly string[], folder: string): Promise<string[]> {
  const files = [];
  for (const name of names) files.push(await findPreset(name, folder));
  return files;
}

function namesIn(value: unknown, key: string, where: string): string[] {
  const names = value === undefined ? [] : Array.isArray(value) ? value : [value];
  const odd = names.find((name) => typeof name !== 'string' || name === '');
  if (odd !== undefined) throw new UsageError(`${where}: ${key}: must be text or a list of texts, got ${JSON.stringify(value)}`);
  return names;
}

/** A config is written by people, or is one that was recorded. */
const mostBytes = 4 * 1024 * 1024;

/** The text of a file; of the one that was typed, perhaps a pipe. @param file what it is called in messages */
async function read(place: string, file: string, extendedBy: string | undefined): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    if (extendedBy !== undefined && (await isPipeOrDevice(place)))
      throw new UsageError(`"${file}", which "${extendedBy}" extends, is a pipe or a device, which may never end; name a file`);
    for await (const chunk of openRaw(place)) {
      bytes += chunk.length;
      if (bytes > mostBytes)
        throw new UsageError(`the config "${file}" has more than ${mostBytes / 1024 / 1024} MiB: it is something else`);
      chunks.push(chunk);
    }
  } catch (error) {
    const what = `read the config "${file}"${extendedBy === undefined ? '' : `, which "${extendedBy}" extends`}`;
    if (extendedBy !== undefined || !isSystemError(error) || error.code !== 'ENOENT') return cannot(what)(error);
    throw new UsageError(`cannot ${what}: ${systemReason(error)}${await shippedHint('configs', file)}`);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    throw new DataError('not UTF-8: convert it, as with iconv -f ISO-8859-1 -t UTF-8 (or -f UTF-16)', { file });
  }
}

/** What the text says. @throws DataError for broken YAML, an alias of nothing, and so many that the value would fill the memory */
function plainValue(text: string, file: string): unknown {
  try {
    return readYaml(text).toJS({ maxAliasCount: 100 });
  } catch (error) {
    if (error instanceof YamlFault) {
      const before = text.slice(0, error.offset).split('\n');
      throw new DataError(error.problem, { file, line: before.length, column: (before.at(-1) as string).length + 1 });
    }
    throw new DataError(`${firstLine(error)}; write the values out`, { file });
  }
}

const firstLine = (error: unknown): string => (error instanceof Error ? error.message : String(error)).split('\n')[0];

/** JSON is YAML. */
function parse(text: string, file: string): Layer {
  const value = plainValue(text, file) ?? null;
  if (value === null) throw new UsageError(`${file}: nothing is in it; a config of defaults alone is {}`);
  if (!isGroup(value)) throw new UsageError(`${file}: a config is a group of keys, such as "seeds: 5"; see counterrank schema`);
  return value;
}
