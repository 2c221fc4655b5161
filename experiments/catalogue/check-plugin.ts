import { pathNameFault } from '../../src/data/path-name.ts';
import { UsageError } from '../../src/errors.ts';
import { type Described, nearName } from '../../src/registry.ts';
import { isGroup } from '../config/merge-layers.ts';
import type { RecordedPlugin } from '../config/plugin-reference.ts';
import { sourceFault } from './given-faults.ts';
import { type PartKey, partKinds } from './part-kinds.ts';
import { pluginError, readingError } from './plugin-error.ts';
import type { PluginFiles } from './plugin-files.ts';
import { checked } from './plugin-shape.ts';

/** What a plugin's file exports: entries by name, as the package's own registries have them. */
export type PluginExports = { readonly [K in PartKey]?: Readonly<Record<string, Described>> };

/** The groups of entries that a plugin's module exports, by name or as its default. @throws UsageError where there is none, or one is misspelt */
export function pluginExports(module: Readonly<Record<string, unknown>>, path: string): PluginExports {
  const named = isGroup(module.default) ? { ...module.default, ...module } : module;
  const keys = Object.keys(partKinds);
  for (const [name, value] of Object.entries(named)) {
    if (keys.includes(name) || name === 'default' || !isGroup(value)) continue;
    const near = nearName(name, keys);
    if (near !== '') throw new UsageError(`plugin ${path}: exports "${name}", which is no kind of method${near}`);
  }
  const found = keys.filter((key) => named[key] !== undefined);
  if (found.every((key) => isGroup(named[key]) && Object.keys(named[key]).length === 0))
    throw new UsageError(`plugin ${path}: exports nothing to add; export one of ${keys.join(', ')}, each a group of entries by name`);
  for (const key of found)
    if (!isGroup(named[key])) throw new UsageError(`plugin ${path}: ${key} must be a group of entries by name, such as { 'my-method': … }`);
  return Object.fromEntries(found.map((key) => [key, named[key]]));
}

/** What is wrong with a name, as a sentence's end; null where nothing is. @param taken names of its kind that are there already */
export function nameFault(kind: PartKey, name: string, taken: readonly string[]): string | null {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) return 'must have a name of small letters, digits and single -, such as rank-weighted';
  const fault = pathNameFault(name);
  if (fault !== null) return fault;
  return taken.includes(name) || partKinds[kind].reserved?.includes(name) ? 'is there already; give it another name' : null;
}

/** A plugin whose file was run. */
export interface LoadedPlugin extends RecordedPlugin {
  readonly exports: PluginExports;
  readonly texts: PluginFiles['texts'];
}

/**
 * The entries of a kind, with what their functions give or throw checked whenever one is called.
 * @param taken names of the kind that are there already @param others plugins that may have brought them @throws UsageError for an entry without what its kind needs, a name that is taken or no name
 */
export function checkEntries(
  { path, exports, texts }: LoadedPlugin,
  kind: PartKey,
  taken: readonly string[],
  others: readonly LoadedPlugin[] = [],
): Readonly<Record<string, Described>> {
  const { noun, needs } = partKinds[kind];
  const told = kind === 'tasks' ? readingError : pluginError; // one task is made as its file is read, another when it is created
  const keys = Object.keys(needs);
  const check = ([name, entry]: [string, unknown]) => {
    const fault = (problem: string) => new UsageError(`plugin ${path}: ${noun} "${name}"${problem}`);
    const misnamed = nameFault(kind, name, taken);
    const owner = others.find((other) => other.path !== path && Object.hasOwn(other.exports[kind] ?? {}, name));
    if (misnamed !== null) throw fault(` ${misnamed}${owner === undefined ? '' : `: plugin ${owner.path} has it too`}`);
    if (!isGroup(entry)) throw fault(` must be a group with ${['description', ...keys].join(', ')}`);
    const { description } = entry;
    if (typeof description !== 'string' || description.trim() === '' || description.includes('\n'))
      throw fault(' has no description: one line of text that counterrank list shows');
    const stray = sourceFault(entry.source);
    if (stray !== null) throw fault(`: source ${stray}`);
    const faults = { of: (problem: string) => fault(`: ${problem}`), for: (error: unknown) => told(error, path, texts) };
    return [name, { ...entry, description, ...Object.fromEntries(keys.map((key) => [key, checked(entry[key], needs[key], key, faults)])) }];
  };
  return Object.fromEntries(Object.entries(exports[kind] ?? {}).map(check));
}
