import { distance } from 'fastest-levenshtein';
import { shownText } from './data/decimal.ts';
import { UsageError } from './errors.ts';
import type { GenericSchema } from './schema.ts';

/** What every registered method carries: its one-line description is what `counterrank list` and the docs print. */
export interface Described {
  readonly description: string;
}

/** Longer names are no slips of the keyboard; measuring them would take time that grows with their square. */
const longestName = 200;

/** The nearest of the known names, where one is near enough to be a slip of the keyboard, else null; case is none. */
export function nearest(name: string, known: readonly string[], mostSlips = Infinity): string | null {
  if (name.length > longestName) return null;
  const typed = name.toLowerCase();
  let best: string | null = null;
  let least = Infinity;
  for (const one of known) {
    const most = Math.min(Math.max(2, Math.floor(one.length / 3)), one.length - 1, least - 1, mostSlips);
    if (Math.abs(one.length - typed.length) > most) continue; // each letter too many or too few is a slip
    const slips = distance(typed, one.toLowerCase());
    if (slips <= most) [best, least] = [one, slips];
  }
  return best;
}

/** A sentence's end that offers the {@link nearest} of the known names, if any. */
export function nearName(name: string, known: readonly string[]): string {
  const near = nearest(name, known);
  return near === null ? '' : `; did you mean "${near}"?`;
}

/** @throws UsageError that lists the known names, and offers the nearest, when `name` is not one of the table's own keys */
export function lookup<T>(kind: string, table: Readonly<Record<string, T>>, name: string): T {
  if (Object.hasOwn(table, name)) return table[name]; // `in` would accept "constructor"
  const known = Object.keys(table).sort();
  throw new UsageError(`unknown ${kind} ${shownText(name)}${nearName(name, known) || ';'} known: ${known.join(', ')}`);
}

/** A registered method: what it is, the strict schema of its options (defaults included), and how to make one from decoded options. */
export interface Registered<S extends GenericSchema, Create> extends Described {
  readonly options: S;
  readonly create: Create;
}

type Creators = Readonly<Record<string, { readonly create: (options: never, ...rest: never) => unknown }>>;
type Rest<Entry> = Entry extends { readonly create: (options: never, ...rest: infer R) => unknown } ? R : never;
type Made<Entry> = Entry extends { readonly create: (...all: never) => infer T } ? T : never;

/**
 * What a decoded choice names, made: `{name, …options}`, as a config has it, from the entry of that name.
 * @param rest what `create` takes beside the options @throws UsageError as {@link lookup}
 */
export function make<T extends Creators, Choice extends { readonly name: string }>(
  kind: string,
  registry: T,
  { name, ...options }: Choice,
  ...rest: Rest<T[keyof T]>
): Made<T[keyof T]> {
  const { create } = lookup<{ readonly create: unknown }>(kind, registry, name);
  return (create as (options: object, ...rest: unknown[]) => Made<T[keyof T]>)(options, ...rest); // the options were decoded by the entry's schema
}
