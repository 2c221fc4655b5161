/** What a single key of a config can hold; a list is its JSON text. */
export type Scalar = string | number | boolean | null;
export type FlatConfig = ReadonlyMap<string, Scalar>;

/** A group of keys as one level of dotted keys: `{ranker: {name: mlp, hidden: [8, 4]}}` is `ranker.name` mlp, `ranker.hidden` "[8,4]". */
export function flattenConfig(group: object, prefix = ''): Map<string, Scalar> {
  const flat = new Map<string, Scalar>();
  for (const [key, value] of Object.entries(group) as [string, unknown][]) {
    const path = `${prefix}${key}`;
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      for (const [inner, scalar] of flattenConfig(value, `${path}.`)) flat.set(inner, scalar);
    else flat.set(path, typeof value === 'object' && value !== null ? JSON.stringify(value) : ((value ?? null) as Scalar));
  }
  return flat;
}
