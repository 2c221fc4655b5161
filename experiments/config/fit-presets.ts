import { dirname } from 'node:path';
import { UsageError } from '../../src/errors.ts';
import { type GenericSchema, safeParse } from '../../src/schema.ts';
import type { ConfigKind } from './config-kind.ts';
import { isGroup, type Layer } from './merge-layers.ts';
import type { LayerPart } from './origin.ts';
import { shippedPresets } from './presets.ts';

type Path = readonly string[];

export const isShippedPreset = ({ file }: LayerPart): boolean => file !== null && dirname(file) === shippedPresets;

/**
 * The parts of a config, presets of the package without what the kind of study does not know: `smoke` makes everything small, of any kind. Presets of the user's own
 * stay as they are, and what is unknown in them is a fault. @throws UsageError for a preset that sets nothing of this kind, or chooses what it has no choice of, such as a ranker
 */
export const fitPresets = (parts: readonly LayerPart[], kind: Pick<ConfigKind, 'name' | 'file'>): LayerPart[] =>
  parts.map((part) => (isShippedPreset(part) ? { ...part, layer: fitting(part, kind) } : part));

function fitting({ file, layer }: LayerPart, kind: Pick<ConfigKind, 'name' | 'file'>): Layer {
  const stray = strayPaths(kind.file, layer);
  const preset = (file ?? '').replace(/^.*[/\\]|\.\w+$/g, '');
  if (stray.some((path) => path.at(-1) === 'name') || (stray.length > 0 && stray.length === leaves(layer).length))
    throw new UsageError(
      `the preset ${preset} sets ${stray.map((path) => path.join('.')).join(', ')}, and task: ${kind.name} has none of that: leave the preset out`,
    );
  const fitted = structuredClone(layer);
  for (const path of stray) remove(fitted, path);
  return fitted;
}

/** Paths of values whose key a schema lacks, and of methods that it does not take. */
function strayPaths(schema: GenericSchema, layer: Layer, above: Path = []): Path[] {
  const entries = entriesOf(schema);
  if (entries === null) return [];
  return Object.entries(layer).flatMap(([key, value]) => {
    const path = [...above, key];
    if (!Object.hasOwn(entries, key)) return isGroup(value) ? leaves(value, path) : [path];
    if (path.length === 1 && key === 'estimators') return safeParse(entries[key], value).success ? [] : [path];
    return isGroup(value) ? strayPaths(entries[key], value, path) : [];
  });
}

const leaves = (layer: Layer, above: Path = []): Path[] =>
  Object.entries(layer).flatMap(([key, value]) => (isGroup(value) ? leaves(value, [...above, key]) : [[...above, key]]));

/** The keys of a group, whatever it is wrapped in; null of what is no group of fixed keys. */
function entriesOf(schema: GenericSchema): Readonly<Record<string, GenericSchema>> | null {
  const { entries, wrapped } = schema as { readonly entries?: Record<string, GenericSchema>; readonly wrapped?: GenericSchema };
  return entries ?? (wrapped === undefined ? null : entriesOf(wrapped));
}

/** A value, and the groups that it leaves empty. */
function remove(layer: Layer, [key, ...rest]: Path): void {
  const value = layer[key];
  if (rest.length > 0 && isGroup(value)) {
    remove(value, rest);
    if (Object.keys(value).length > 0) return;
  }
  delete layer[key];
}
