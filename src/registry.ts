import { closest, distance } from 'fastest-levenshtein';
import { UsageError } from './errors.ts';
import type { GenericSchema } from './schema.ts';

/** What every registered method carries: its one-line description is what `counterrank list` and the docs print. */
export interface Described {
  readonly description: string;
}

/** A sentence's end that offers the nearest of the known names, where one is near enough to be a slip of the keyboard; case is none. */
export function nearName(name: string, known: readonly string[]): string {
  if (known.length === 0) return '';
  const typed = name.toLowerCase();
  const lower = known.map((one) => one.toLowerCase());
  const near = known[lower.indexOf(closest(typed, lower))];
  const slips = distance(typed, near.toLowerCase());
  return slips < near.length && slips <= Math.max(2, Math.floor(near.length / 3)) ? `; did you mean "${near}"?` : '';
}

/** @throws UsageError that lists the known names, and offers the nearest, when `name` is not one of the table's own keys */
export function lookup<T>(kind: string, table: Readonly<Record<string, T>>, name: string): T {
  if (Object.hasOwn(table, name)) return table[name]; // `in` would accept "constructor"
  const known = Object.keys(table).sort();
  throw new UsageError(`unknown ${kind} "${name}"${nearName(name, known) || ';'} known: ${known.join(', ')}`);
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
