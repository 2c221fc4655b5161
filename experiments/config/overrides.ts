import { UsageError } from '../../src/errors.ts';
import { isSweep, parseValue } from './choices.ts';
import { valueAt } from './interpolate.ts';
import { dropCounterpart, singularForms } from './merge-layers.ts';

/** A value to put at a place of a config, as typed: `simulation.sessions=1e6`. */
export interface Override {
  readonly path: readonly string[];
  readonly value: unknown;
  readonly text: string;
}

/**
 * `key.path=value`; the value is a YAML scalar or flow collection: null, true, 1e-3, "text", [1, 2], {name: mlp}.
 * @throws UsageError when there is no `=`, a part of the path or the value is empty, the value is not YAML, or stands for several
 */
export function parseOverride(text: string): Override {
  const { path, source } = splitOverride(text);
  const value = parseValue(source, text);
  if (isSweep(source, text))
    throw new UsageError(
      `"${text}" stands for several values; counterrank sweep runs them all; quote a text with commas: ${path.join('.')}='"a, b"'`,
    );
  return { path, value, text };
}

/** The two sides of the first `=`. @throws UsageError when there is none, or a part of the path or the value is empty */
export function splitOverride(text: string): { path: string[]; source: string } {
  const equals = text.indexOf('=');
  const path = text.slice(0, equals).split('.');
  if (equals < 0 || path.some((key) => key.trim() === ''))
    throw new UsageError(`"${text}" is not an override; write key=value, with dots between the keys: simulation.sessions=1e6`);
  if (path.some((key) => key.trim() === '__proto__')) throw new UsageError(`"${text}": no config has a key __proto__`);
  const source = text.slice(equals + 1).trim();
  if (source === '') throw new UsageError(`"${text}": the value is empty; write ${path.join('.')}=null, or "" for an empty text`);
  return { path: path.map((key) => key.trim()), source };
}

/** The same thing said twice on one command line, in one of its forms or in both, or put out by a later word. @throws UsageError */
export function checkOnce(overrides: readonly Override[]): void {
  for (const [i, { path, text }] of overrides.entries()) {
    if (path.join('.') === 'preset') continue; // each is put over what was said before it
    const before = overrides.slice(0, i).find((one) => path.every((key, depth) => key === one.path[depth]));
    if (before === undefined) continue;
    if (before.path.length === path.length) throw new UsageError(`"${before.text}" and "${text}" say the same thing; give one of them`);
    throw new UsageError(`"${text}" would undo "${before.text}", which is typed before it; give ${path.join('.')} first, or one of them`);
  }
  const find = (root: string) => overrides.find(({ path }) => path[0] === root)?.text;
  for (const [one, many] of singularForms) {
    const [single, list] = [find(one), find(many)];
    if (single !== undefined && list !== undefined) throw new UsageError(`"${single}" and "${list}" say the same thing; give one of them`);
  }
}

const isPlugins = ({ path }: Override) => path[0] === 'plugins';
const isBaseline = ({ path }: Override) => path[0] === 'baseline';

/** Plugins first, as they say what others may say; and one method alone puts the baseline out wherever that is typed. */
export function inTurn(overrides: readonly Override[]): Override[] {
  const others = overrides.filter((one) => !isPlugins(one));
  const early = others.some(({ path }) => path[0] === 'estimator') ? others.filter(isBaseline) : [];
  return [...overrides.filter(isPlugins), ...early, ...others.filter((one) => !early.includes(one))];
}

/**
 * The input with the overrides put in, in their order; the input is left as it was. A group that the input does not have is taken from
 * the defaults, a bare name becomes a group with that name, and elements of a list are named by their index from 0. What is set to a
 * singular form (`seed`, `estimator`) takes the place of the plural one, and the other way round.
 * @throws UsageError for an index that the list does not have, or a key within something that has none
 */
export function applyOverrides(input: unknown, overrides: readonly Override[], defaults: unknown): unknown {
  const root = { config: structuredClone(input ?? {}) };
  for (const override of overrides) {
    const keys = ['config', ...override.path];
    dropCounterpart(root.config as Record<string, unknown>, override.path[0]);
    let container: Record<string, unknown> = root;
    let fallback: unknown = { config: defaults };
    keys.forEach((key, depth) => {
      checkIndex(container, key, override, keys.slice(1, depth));
      if (depth === keys.length - 1) {
        container[key] = override.value;
        return;
      }
      fallback = valueAt(fallback, [key])?.value;
      container[key] = asContainer(valueAt(container, [key])?.value ?? structuredClone(fallback) ?? {}, override, keys.slice(1, depth + 1));
      container = container[key] as Record<string, unknown>;
    });
  }
  return root.config;
}

function asContainer(value: unknown, { text }: Override, path: readonly string[]): object {
  if (typeof value === 'string') return { name: value };
  if (typeof value === 'object' && value !== null) return value;
  throw new UsageError(`"${text}": ${path.join('.')} is ${JSON.stringify(value)}, which has no keys`);
}

function checkIndex(container: unknown, key: string, { text }: Override, path: readonly string[]): void {
  if (!Array.isArray(container)) return;
  if (/^\d+$/.test(key) && Number(key) < container.length) return;
  throw new UsageError(
    `"${text}": ${path.join('.')} is a list of ${container.length}; name an element by its index, 0 to ${container.length - 1}`,
  );
}
