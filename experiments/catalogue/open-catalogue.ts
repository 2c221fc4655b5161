import { realpath } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { UsageError } from '../../src/errors.ts';
import type { PluginReference, RecordedPlugin } from '../config/plugin-reference.ts';
import { runTypescript } from '../modules/run-typescript.ts';
import { builtIn, type Catalogue, createCatalogue } from './catalogue.ts';
import { type LoadedPlugin, pluginExports } from './check-plugin.ts';
import { isOurs, placeIn, pluginError } from './plugin-error.ts';
import { type PluginFiles, readPluginFiles } from './plugin-files.ts';

const opened = new Map<string, Promise<Catalogue>>();
/** What was read of the plugins that this process runs, by path. */
const filesOf = new Map<string, PluginFiles['texts']>();

/**
 * What comes with the package and what these plugins add; the same plugins give the same catalogue.
 * @throws UsageError in one line for a plugin that cannot be read or run, exports nothing, clashes, or has changed since it was recorded
 */
export function openCatalogue(plugins: readonly PluginReference[]): Promise<Catalogue> {
  if (plugins.length === 0) return Promise.resolve(builtIn());
  const key = JSON.stringify(plugins.map(({ path, sha256 }) => [path, sha256]));
  const known = opened.get(key) ?? open(plugins);
  opened.set(key, known);
  return known;
}

async function open(plugins: readonly PluginReference[]): Promise<Catalogue> {
  const loaded = new Map<string, LoadedPlugin>(); // by the file itself: one that is named twice is one
  for (const plugin of plugins) {
    const one = await loadPlugin(plugin);
    const file = await realpath(plugin.path);
    if (!loaded.has(file)) loaded.set(file, one);
  }
  return createCatalogue([...loaded.values()]);
}

async function loadPlugin({ path, sha256: recorded }: PluginReference): Promise<LoadedPlugin> {
  const { sha256, texts } = await readPluginFiles(path);
  if (!/\.(m?[jt]s|cjs)$/.test(path)) throw new UsageError(`plugin ${path}: must be a file .ts, .mts, .js, .mjs or .cjs`);
  if (recorded !== undefined && recorded !== sha256)
    throw new UsageError(
      `plugin ${path} has changed since this was recorded, so results would not be those of the record; plugins=[${path}] takes it as it is now`,
    );
  filesOf.set(path, texts);
  runTypescript();
  try {
    const module = (await import(pathToFileURL(path).href)) as Record<string, unknown>;
    return { path, sha256, texts, exports: pluginExports(module, path) };
  } catch (error) {
    throw pluginError(error, path, texts);
  }
}

/**
 * Does what may call what a plugin made: a model, a ranker, a task. @throws UsageError in one line, with file and line, where that throws what is
 * not ours, and where we do as what it gave is not what it should be
 */
export async function guardPlugins<T>(plugins: readonly Pick<RecordedPlugin, 'path'>[], work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isOurs(error) || !(error instanceof Error)) throw error;
    for (const { path } of plugins) {
      const texts = filesOf.get(path) ?? new Map();
      if (placeIn(error, texts) !== null) throw pluginError(error, path, texts);
    }
    if (plugins.length === 0 || !(error instanceof TypeError || error instanceof RangeError)) throw error; // disks and processes fail by themselves
    const given = plugins.map(({ path }) => path).join(', ');
    const [, at = ''] = (error.stack ?? '').split('\n    ');
    throw new UsageError(
      `${error.name}: ${error.message} ${at}; what a plugin (${given}) gave is not what its kind gives, or this is a fault of Counterrank`,
    );
  }
}
