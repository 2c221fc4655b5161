import { toJsonSchema } from '@valibot/to-json-schema';
import type { ConfigKind } from './config-kind.ts';

/** JSON Schema of a config file, for editors: `# yaml-language-server: $schema=…`. Rules across keys are left to `counterrank validate`. */
export function configSchema({ name, isDefault, file }: ConfigKind): object {
  return withDefinitions({
    title: `Counterrank ${isDefault ? 'run' : name} config`,
    ...withReferences(toJsonSchema(file, { typeMode: 'input', errorMode: 'ignore' }) as Part),
    $defs: {
      reference: {
        type: 'string',
        pattern: '^\\\\?\\$\\{.+\\}$|^\\?{3}$',
        description: 'a reference to another key or to an environment variable, or ??? for required',
      },
    },
  });
}

/** A JSON Schema, or a schema within one. */
type Part = Readonly<Record<string, unknown>>;

/** The schema with each schema directly within it changed; `key` is the property that it describes, or that the whole does. */
function withParts(node: Part, key: string, change: (part: Part, key: string) => Part): Part {
  const changed = (word: string, value: unknown): unknown => {
    if (word === 'properties') return Object.fromEntries(Object.entries(value as object).map(([name, part]) => [name, change(part, name)]));
    if (word === 'anyOf' || word === 'oneOf') return (value as Part[]).map((part) => change(part, key));
    return ['items', 'additionalProperties', 'propertyNames'].includes(word) && typeof value === 'object'
      ? change(value as Part, key)
      : value;
  };
  return Object.fromEntries(Object.entries(node).map(([word, value]) => [word, changed(word, value)]));
}

/** Where a number, a truth value or a name is expected, a reference to one may stand. */
function withReferences(node: Part): Part {
  const copy = withParts(node, '', withReferences);
  const simple = ['number', 'integer', 'boolean'].includes(copy.type as string) || Array.isArray(copy.enum);
  return simple ? { anyOf: [copy, { $ref: '#/$defs/reference' }] } : copy;
}

/** The same schema, where what stands at several places, as every ranker and loss does in every estimator, is written once, under `$defs`. */
function withDefinitions(root: Part & { readonly $defs: object }): Part {
  const places = new Map<string, number>(); // of a schema's text; within schemas of one text they are the same places
  const count = (part: Part): Part => {
    const text = JSON.stringify(part);
    places.set(text, (places.get(text) ?? 0) + 1);
    return places.get(text) === 1 ? withParts(part, '', count) : part;
  };
  count(root);

  const definitions: Record<string, Part> = { ...root.$defs };
  const names = new Map<string, string>();
  const define = (part: Part, key: string): string => {
    const { name } = (part.properties ?? {}) as { name?: { const?: string } };
    const word = name?.const ?? key;
    let free = word;
    for (let i = 2; free in definitions; i++) free = `${word}-${i}`;
    definitions[free] = {}; // its place, before that of its parts
    definitions[free] = withParts(part, key, placed);
    return free;
  };
  const placed = (part: Part, key: string): Part => {
    const text = JSON.stringify(part);
    if (places.get(text) === 1 || text.length < shortest) return withParts(part, key, placed);
    if (!names.has(text)) names.set(text, define(part, key));
    return { $ref: `#/$defs/${names.get(text)}` };
  };
  return { ...withParts(root, '', placed), $defs: definitions };
}

/** Characters of a schema that is worth a definition. */
const shortest = 200;
