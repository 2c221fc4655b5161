import { UsageError } from '../../src/errors.ts';
import { type Choice, isSweep, parseChoices, parseValue } from '../config/choices.ts';
import { splitOverride } from '../config/overrides.ts';
import type { SweepConfig } from '../config/sweep-config.ts';
import { type Axis, axisOf, type Choices, narrowZip } from './narrow-zip.ts';

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
 * The space of a config's `sweep` section and of typed words. A typed word replaces the section's values of its key; of keys that the section zips with it, those stay that it has beside that value.
 * @throws UsageError for broken values, zipped keys of unequal lengths or without values, a value that has none zipped with it, a key named twice
 */
export function sweepSpace(section: SweepConfig, { overrides, zip }: SweepWords): SweepSpace {
  const typed = new Map(overrides.map((word) => [keyOf(word), word]));
  const choicesOf = (group: SweepConfig['grid'], path: string) =>
    Object.entries(group).map(([key, values]) => sectionChoices(key, values, path));
  const grid = choicesOf(section.grid, 'sweep.grid')
    .filter(({ key }) => !typed.has(key))
    .map(axisOf);
  const zipped = section.zip.map((group, i) =>
    narrowZip(choicesOf(group, `sweep.zip.${i}`), (key) => (typed.has(key) ? typedChoices(typed.get(key) as string).choices : undefined)),
  );
  const narrowed = new Map(zipped.flatMap((group) => group.typed).map((axis) => [axis.key, axis]));
  const together = zipped.map((group) => [...group.axes, ...group.typed].map(({ key }) => key));
  const typedSlots = overrides.map((word) => typedSlot(word, narrowed));
  const slots = [...grid, ...zipped.flatMap(({ axes }) => axes.map(singleAsWord)), ...typedSlots];
  const axes = slots.filter((slot) => typeof slot !== 'string');
  const twice = axes.find(({ key }, i) => axes.findIndex((axis) => axis.key === key) < i);
  if (twice) throw new UsageError(`"${twice.key}" is swept twice; give all its values at once: ${twice.key}=a,b`);
  const isAxis = (key: string) => axes.some((axis) => axis.key === key);
  const ofFile = together.map((keys) => keys.filter(isAxis)).filter((keys) => keys.length > 0);
  return { slots, groups: groupAxes(axes, joined(ofFile, zip.map(zipKeys))) };
}

/** What never changes is a word, not an axis. */
const singleAsWord = (axis: Axis): string | Axis => (axis.overrides.length === 1 ? axis.overrides[0] : axis);

/** Groups of the file, and typed ones, which take up those of the file that they share a key with. */
function joined(ofFile: readonly (readonly string[])[], typed: readonly (readonly string[])[]): (readonly string[])[] {
  const meet = (one: readonly string[], other: readonly string[]) => one.some((key) => other.includes(key));
  const widened = typed.map((keys) => [...new Set([...keys, ...ofFile.filter((group) => meet(group, keys)).flat()])]);
  return [...ofFile.filter((group) => !typed.some((keys) => meet(group, keys))), ...widened];
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

function typedChoices(word: string): Choices {
  const { path, source } = splitOverride(word);
  const choices = isSweep(source, word) ? parseChoices(source, word) : [{ value: parseValue(source, word), text: source }];
  return { key: path.join('.'), choices };
}

/** @param narrowed axes of keys that the file zips with others */
function typedSlot(word: string, narrowed: ReadonlyMap<string, Axis>): string | Axis {
  const { path, source } = splitOverride(word);
  if (!isSweep(source, word)) return word;
  return narrowed.get(path.join('.')) ?? axisOf(typedChoices(word));
}

function sectionChoices(key: string, values: SweepConfig['grid'][string], path: string): Choices {
  return { key, choices: typeof values === 'string' ? parseChoices(values, `${path}.${key}: ${values}`) : values.map(asTyped) };
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
