import { realpath } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { UsageError } from '../../src/errors.ts';
import type { PluginReference } from '../config/plugin-reference.ts';
import { runTypescript } from '../modules/run-typescript.ts';
import { builtIn, type Catalogue, createCatalogue } from './catalogue.ts';
import { type LoadedPlugin, pluginExports } from './check-plugin.ts';
import { noteRunning, readingError } from './plugin-error.ts';
import { readPluginFiles } from './plugin-files.ts';

const opened = new Map<string, Promise<Catalogue>>();

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
  if (/\.m?ts$/.test(path) && path.includes('/node_modules/'))
    throw new UsageError(`plugin ${path}: in a package, which is not stripped of types, a plugin must be JavaScript`);
  if (recorded !== undefined && recorded !== sha256)
    throw new UsageError(
      `plugin ${path} has changed since this was recorded, so results would not be those of the record; plugins=[${path}] takes it as it is now`,
    );
  noteRunning(path, texts);
  runTypescript();
  try {
    const module = (await import(pathToFileURL(path).href)) as Record<string, unknown>;
    return { path, sha256, texts, exports: pluginExports(module, path) };
  } catch (error) {
    throw readingError(error, path, texts);
  }
}
