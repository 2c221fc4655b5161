/** What was made of ranked labels, by what it is. */
const kept = new WeakMap<object, Map<unknown, unknown>>();

/** Says that these labels, or what was made of them, never change again, so that metrics may share what they make of them. */
export function keepWork<T extends object>(values: T): T {
  if (!kept.has(values)) kept.set(values, new Map());
  return values;
}

/**
 * What `make` makes of values: once for all who ask, where they are said never to change, else every time.
 * @param what names it
 */
export function sharedWork<T>(values: object, what: unknown, make: () => T): T {
  const known = kept.get(values);
  if (known === undefined) return make();
  if (!known.has(what)) known.set(what, make());
  return known.get(what) as T;
}
