import { relative } from 'node:path';
import type { Fault } from '../../src/schema-faults.ts';
import { isGroup, type Layer } from './merge-layers.ts';

/** A layer of a config, and the file it was read from. */
export interface LayerPart {
  readonly file: string | null; // null: the config itself, or typed, which messages name anyway
  readonly layer: Layer;
}

/** Where a value comes from, as told behind a fault: ` (in presets/mine.yaml)`; empty where the config itself says it, or nobody. */
export type Origin = (path: Fault['path']) => string;

/** @param parts lowest first; of several that say something of a path the last counts */
export const originOf =
  (parts: readonly LayerPart[]): Origin =>
  (path) => {
    const file = parts.findLast(({ layer }) => path.length > 0 && says(layer, path))?.file ?? null;
    if (file === null) return '';
    const near = relative(process.cwd(), file);
    return ` (in ${near.startsWith('..') ? file : near})`;
  };

/** Whether a layer has the path, or something in its way that replaces what lower layers have there, such as a list. */
function says(layer: Layer, path: Fault['path']): boolean {
  let value: unknown = layer;
  for (const key of path) {
    if (!isGroup(value)) return true;
    if (!Object.hasOwn(value, key)) return false;
    value = value[key];
  }
  return true;
}
