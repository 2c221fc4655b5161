import { resolve } from 'node:path';
import { UsageError } from '../../src/errors.ts';
import { array, optional, pipe, strictObject, string, transform, union } from '../../src/schema.ts';

/** A file whose exports add methods or tasks. A config that was recorded says what it held then. */
export interface PluginReference {
  readonly path: string; // absolute
  readonly sha256?: string | undefined;
}
export type RecordedPlugin = Required<PluginReference> & { readonly sha256: string };

const reference = union([string(), strictObject({ path: string(), sha256: optional(string()) })]);

/** `plugins` of a config; those of a decoded one are {@link RecordedPlugin}s, as reading has put in what the files hold. */
export const pluginsConfig = optional(
  pipe(
    array(reference),
    transform((plugins) => plugins as readonly RecordedPlugin[]),
  ),
);

type Layer = Readonly<Record<string, unknown>>;

/** The layer with paths of plugins made absolute: they are relative to the folder of the file that names them. @throws UsageError for what is no list of paths */
export function withPluginPaths(layer: Layer, folder: string, source: string): Record<string, unknown> {
  if (!Object.hasOwn(layer, 'plugins')) return layer;
  const { plugins } = layer;
  if (!Array.isArray(plugins))
    throw new UsageError(`${source}: plugins: must be a list of files, such as [./mine.ts], got ${JSON.stringify(plugins)}`);
  return { ...layer, plugins: plugins.map((plugin: unknown, i) => absolute(plugin, folder, `${source}: plugins.${i}`)) };
}

function absolute(plugin: unknown, folder: string, where: string): PluginReference {
  const { path, sha256, ...others } = typeof plugin === 'string' ? { path: plugin } : ((plugin ?? {}) as Partial<PluginReference>);
  const isRecord = sha256 === undefined || typeof sha256 === 'string';
  if (typeof path !== 'string' || path === '' || !isRecord || Object.keys(others).length > 0)
    throw new UsageError(`${where}: must be a path, or a recorded {path, sha256}, got ${JSON.stringify(plugin)}`);
  if (path.includes('${')) throw new UsageError(`${where}: plugins are read before references are resolved; write the path of "${path}"`);
  return { path: resolve(folder, path), ...(sha256 !== undefined && { sha256 }) };
}

/** The plugins of a layer that {@link withPluginPaths} has been over. */
export const pluginsOf = (layer: Layer): readonly PluginReference[] => (layer.plugins as readonly PluginReference[] | undefined) ?? [];
