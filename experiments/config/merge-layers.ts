import type { PluginReference } from './plugin-reference.ts';

/** What a config file says, before it is checked. */
export type Layer = Record<string, unknown>;

/** So many keys and indices may lead to a value. */
export const deepest = 50;

/** A key for one, and the key for several. */
export const singularForms = [
  ['seed', 'seeds'],
  ['estimator', 'estimators'],
] as const;

/** Keys that say the same, `seed: 3` for `seeds: [3]`: the later layer's choice replaces the other. */
const counterparts: Readonly<Record<string, readonly string[]>> = {
  seed: ['seeds'],
  seeds: ['seed'],
  estimator: ['estimators', 'baseline'], // one method has no other to be tested against
  estimators: ['estimator'],
};

/** Takes out of a config what a new value of `key` replaces; the key itself stays. */
export function dropCounterpart(config: Layer, key: string): void {
  if (Object.hasOwn(counterparts, key)) for (const other of counterparts[key]) delete config[other];
}

/**
 * The lower layer with the upper one put over it: groups are merged key by key, at any depth; anything else is replaced, lists as a whole,
 * and so is a group whose `name` the upper layer changes: the options of another method say nothing of this one. Only plugins add up: what the
 * lower layer names is still named.
 */
export function mergeLayers(lower: Layer, upper: Layer): Layer {
  const merged = { ...lower };
  for (const key of Object.keys(upper)) dropCounterpart(merged, key);
  for (const [key, value] of Object.entries(upper)) setOwn(merged, key, mergeValues(merged[key], value));
  if (Array.isArray(lower.plugins) && Array.isArray(upper.plugins)) merged.plugins = addPlugins(lower.plugins, upper.plugins);
  return merged;
}

function addPlugins(lower: readonly PluginReference[], upper: readonly PluginReference[]): PluginReference[] {
  return [...lower.filter(({ path }) => !upper.some((one) => one.path === path)), ...upper];
}

function mergeValues(lower: unknown, upper: unknown): unknown {
  if (!isGroup(lower) || !isGroup(upper)) return upper;
  if (Object.hasOwn(upper, 'name') && upper.name !== lower.name) return upper;
  const merged = { ...lower };
  for (const [key, value] of Object.entries(upper)) setOwn(merged, key, mergeValues(merged[key], value));
  return merged;
}

/** Also for the key `__proto__`, which an assignment would not store. */
const setOwn = (group: Layer, key: string, value: unknown): void => {
  Object.defineProperty(group, key, { value, enumerable: true, writable: true, configurable: true });
};

export const isGroup = (value: unknown): value is Layer => typeof value === 'object' && value !== null && !Array.isArray(value);
