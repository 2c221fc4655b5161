import { UsageError } from '../../src/errors.ts';
import { type Choice, isSweep, parseChoices, parseValue } from '../config/choices.ts';
import { splitOverride } from '../config/overrides.ts';
import type { SweepConfig } from '../config/sweep-config.ts';

/** A key and its values, each as an override. */
export interface Axis {
  readonly key: string;
  readonly overrides: readonly string[];
}

/** All that a sweep varies: what every run is given, in order, and which axes move together. */
export interface SweepSpace {
  readonly slots: readonly (string | Axis)[]; //  a fixed override, or the axis whose current override stands here
  readonly groups: readonly (readonly Axis[])[]; // axes of a group have equally many values; groups are combined
}

/** What is typed beside a config file. */
export interface SweepWords {
  readonly overrides: readonly string[];
  readonly zip: readonly string[]; // each names keys, with commas between, whose values go together
}

/**
 * The space of a config's `sweep` section and of typed words. A typed word replaces the section's values of its key.
 * @throws UsageError for broken values, zipped keys of unequal lengths or without values, a key named twice
 */
export function sweepSpace(section: SweepConfig, { overrides, zip }: SweepWords): SweepSpace {
  const typed = overrides.map(typedSlot);
  const replaced = new Map(typed.map((slot) => [typeof slot === 'string' ? keyOf(slot) : slot.key, slot]));
  const sectionAxes = (group: SweepConfig['grid'], path: string) =>
    Object.entries(group)
      .map(([key, values]) => sectionAxis(key, values, path))
      .filter(({ key }) => !replaced.has(key));
  const grid = sectionAxes(section.grid, 'sweep.grid');
  const zipped = section.zip.map((group, i) => sectionAxes(group, `sweep.zip.${i}`)).filter((group) => group.length > 0);
  const slots = [...grid, ...zipped.flat(), ...typed];
  const axes = slots.filter((slot) => typeof slot !== 'string');
  const twice = axes.find(({ key }, i) => axes.findIndex((axis) => axis.key === key) < i);
  if (twice) throw new UsageError(`"${twice.key}" is swept twice; give all its values at once: ${twice.key}=a,b`);
  return { slots, groups: groupAxes(axes, [...zipped.map((group) => group.map(({ key }) => key)), ...zip.map(zipKeys)]) };
}

/** The overrides of every run, the last group's values changing fastest. */
export function* combinations({ slots, groups }: SweepSpace): Generator<string[]> {
  const sizes = groups.map(([axis]) => axis.overrides.length);
  const groupOf = new Map(groups.flatMap((group, g) => group.map((axis) => [axis, g])));
  const total = sizes.reduce((product, size) => product * size, 1);
  for (let n = 0; n < total; n++) {
    const steps = new Array<number>(sizes.length);
    for (let g = sizes.length - 1, rest = n; g >= 0; rest = Math.floor(rest / sizes[g--])) steps[g] = rest % sizes[g];
    yield slots.map((slot) => (typeof slot === 'string' ? slot : slot.overrides[steps[groupOf.get(slot) as number]]));
  }
}

const keyOf = (override: string): string => splitOverride(override).path.join('.');

function typedSlot(word: string): string | Axis {
  const { path, source } = splitOverride(word);
  if (!isSweep(source, word)) return word;
  const key = path.join('.');
  return { key, overrides: parseChoices(source, word).map(({ text }) => `${key}=${text}`) };
}

function sectionAxis(key: string, values: SweepConfig['grid'][string], path: string): Axis {
  const choices = typeof values === 'string' ? parseChoices(values, `${path}.${key}: ${values}`) : values.map(asTyped);
  return { key, overrides: choices.map(({ text }) => `${key}=${text}`) };
}

/** A value of a file as it could be typed: text as it stands where that means the same, else as JSON, which is YAML. */
function asTyped(value: unknown): Choice {
  if (typeof value !== 'string') return { value, text: JSON.stringify(value) };
  return { value, text: readsAsItself(value) ? value : JSON.stringify(value) };
}

function readsAsItself(text: string): boolean {
  try {
    return parseValue(text, text) === text && !isSweep(text, text);
  } catch {
    return false;
  }
}

function zipKeys(text: string): string[] {
  const keys = text.split(',').map((key) => key.trim());
  if (keys.length < 2 || keys.includes(''))
    throw new UsageError(`--zip ${text}: name two keys or more, with commas between: --zip ranker,training.steps`);
  return keys;
}

function groupAxes(axes: readonly Axis[], zips: readonly (readonly string[])[]): Axis[][] {
  const groupOf = new Map<string, readonly string[]>();
  for (const keys of zips)
    for (const key of keys) {
      if (groupOf.has(key)) throw new UsageError(`"${key}" is zipped twice`);
      if (!axes.some((axis) => axis.key === key)) throw new UsageError(`"${key}" is zipped but has no values; give them: ${key}=a,b`);
      groupOf.set(key, keys);
    }
  const groups: Axis[][] = [];
  for (const axis of axes) {
    const keys = groupOf.get(axis.key);
    if (keys && keys.indexOf(axis.key) >= 0 && groups.some((group) => keys.includes(group[0].key))) continue;
    groups.push(keys ? axes.filter(({ key }) => keys.includes(key)) : [axis]);
  }
  for (const [first, ...others] of groups)
    for (const { key, overrides } of others)
      if (overrides.length !== first.overrides.length)
        throw new UsageError(
          `zipped keys need equally many values: ${first.key} has ${first.overrides.length}, ${key} has ${overrides.length}`,
        );
  return groups;
}
