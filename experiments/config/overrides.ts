import { shownText } from '../../src/data/decimal.ts';
import { UsageError } from '../../src/errors.ts';
import { isSweep, parseValue } from './choices.ts';
import { valueAt } from './interpolate.ts';
import { deepest, dropCounterpart, isGroup, type Layer, singularForms } from './merge-layers.ts';

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
      `${shownText(text)} stands for several values; counterrank sweep runs them all; quote a text with commas: ${path.join('.')}='"a, b"'`,
    );
  return { path, value, text };
}

/** The two sides of the first `=`. @throws UsageError when there is none, a part of the path or the value is empty, or the path is too long */
export function splitOverride(text: string): { path: string[]; source: string } {
  const equals = text.indexOf('=');
  const path = text.slice(0, equals).split('.');
  if (equals < 0 || path.some((key) => key.trim() === ''))
    throw new UsageError(`${shownText(text)} is not an override; write key=value, with dots between the keys: simulation.sessions=1e6`);
  if (path.length > deepest) throw new UsageError(`${shownText(text)}: ${path.length} keys; no value lies more than ${deepest} deep`);
  if (path.some((key) => key.trim() === '__proto__')) throw new UsageError(`${shownText(text)}: no config has a key __proto__`);
  const source = text.slice(equals + 1).trim();
  if (source === '') throw new UsageError(`${shownText(text)}: the value is empty; write ${path.join('.')}=null, or "" for an empty text`);
  return { path: path.map((key) => key.trim()), source };
}

/** The same thing said twice on one command line, in one of its forms or in both, or put out by a later word. @throws UsageError */
export function checkOnce(overrides: readonly Override[]): void {
  for (const [i, { path, text }] of overrides.entries()) {
    if (path.join('.') === 'preset') continue; // each is put over what was said before it
    const before = overrides.slice(0, i).find((one) => path.every((key, depth) => key === one.path[depth]));
    if (before === undefined) continue;
    if (before.path.length === path.length)
      throw new UsageError(`${shownText(before.text)} and ${shownText(text)} say the same thing; give one of them`);
    throw new UsageError(
      `${shownText(text)} would undo ${shownText(before.text)}, which is typed before it; give ${path.join('.')} first, or one of them`,
    );
  }
  const find = (root: string) => overrides.find(({ path }) => path[0] === root)?.text;
  for (const [one, many] of singularForms) {
    const [single, list] = [find(one), find(many)];
    if (single !== undefined && list !== undefined) throw new UsageError(`"${single}" and "${list}" say the same thing; give one of them`);
  }
}

const isPlugins = ({ path }: Override) => path[0] === 'plugins';
const isBaseline = ({ path }: Override) => path[0] === 'baseline';
const isMethodName = ({ path }: Override) => path.join('.') === 'estimator.name';

/**
 * Plugins first, as they say what others may say; one method alone puts the baseline out wherever that is typed, and its name comes before
 * its options.
 */
export function inTurn(overrides: readonly Override[]): Override[] {
  const others = overrides.filter((one) => !isPlugins(one));
  const early = others.some(({ path }) => path[0] === 'estimator') ? others.filter((one) => isBaseline(one) || isMethodName(one)) : [];
  return [...overrides.filter(isPlugins), ...early, ...others.filter((one) => !early.includes(one))];
}

/**
 * The input with the overrides put in, in their order; the input is left as it was. A group that the input does not have is taken from
 * the defaults, unless another name is put into it; a bare name becomes a group with that name, and elements of a list are named by their index from 0. What is set to a
 * singular form (`seed`, `estimator`) takes the place of the plural one, and the other way round; `estimator.name` takes the one of that
 * name out of the `estimators`, with its options.
 * @throws UsageError for an index that the list does not have, a key within something that has none, or a name that several have
 */
export function applyOverrides(input: unknown, overrides: readonly Override[], defaults: unknown): unknown {
  const root = { config: copy(input ?? {}) };
  for (const override of overrides) {
    const keys = ['config', ...override.path];
    const config = root.config as Layer;
    const method = isMethodName(override) ? methodNamed(config.estimators, override) : undefined;
    dropCounterpart(config, override.path[0]);
    if (method !== undefined) config.estimator = method;
    let container: Record<string, unknown> = root;
    let fallback: unknown = { config: defaults };
    keys.forEach((key, depth) => {
      checkIndex(container, key, override, keys.slice(1, depth));
      if (depth === keys.length - 1) {
        container[key] = override.value;
        return;
      }
      fallback = valueAt(fallback, [key])?.value;
      const standard = isNamedOtherwise(fallback, keys.slice(depth + 1), override) ? {} : fallback;
      container[key] = copy(asContainer(valueAt(container, [key])?.value ?? standard ?? {}, override, keys.slice(1, depth + 1)));
      container = container[key] as Record<string, unknown>;
    });
  }
  return root.config;
}

/** Alone, without what is in it: of a sweep of many values each run is read with one of them. */
const copy = (value: unknown): unknown => (Array.isArray(value) ? [...value] : isGroup(value) ? { ...value } : value);

/** Of the methods of a config the one of a name; undefined where none is. */
function methodNamed(estimators: unknown, { value, text }: Override): unknown {
  const found = (Array.isArray(estimators) ? estimators : []).filter((one) => (isGroup(one) ? one.name : one) === value);
  if (found.length > 1)
    throw new UsageError(
      `${shownText(text)}: ${found.length} estimators of the config have this name; write the one meant with its options: estimator='{name: ${value}, …}'`,
    );
  return found[0];
}

/** Whether a group of the defaults is given another name, of which its options say nothing. */
const isNamedOtherwise = (group: unknown, rest: readonly string[], { value }: Override): boolean =>
  rest.length === 1 && rest[0] === 'name' && isGroup(group) && group.name !== value;

function asContainer(value: unknown, { text }: Override, path: readonly string[]): object {
  if (typeof value === 'string') return { name: value };
  if (typeof value === 'object' && value !== null) return value;
  throw new UsageError(`${shownText(text)}: ${path.join('.')} is ${JSON.stringify(value)}, which has no keys`);
}

function checkIndex(container: unknown, key: string, { text }: Override, path: readonly string[]): void {
  if (!Array.isArray(container)) return;
  if (/^\d+$/.test(key) && Number(key) < container.length) return;
  throw new UsageError(
    `${shownText(text)}: ${path.join('.')} is a list of ${container.length}; name an element by its index, 0 to ${container.length - 1}`,
  );
}
