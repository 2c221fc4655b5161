import { nearName } from './registry.ts';
import type { GenericSchema } from './schema.ts';
import type { Fault } from './schema-faults.ts';

/** The parts of a schema that lead to the schemas inside it. */
interface SchemaNode extends GenericSchema {
  readonly entries?: Readonly<Record<string, SchemaNode>>;
  readonly item?: SchemaNode;
  readonly wrapped?: SchemaNode;
  readonly options?: readonly SchemaNode[] | readonly string[];
  readonly pipe?: readonly SchemaNode[];
  readonly literal?: unknown;
}

/** Every key of the input that the schema does not know, at any depth, each with the nearest known one. */
export function unknownKeys(schema: GenericSchema, input: unknown, path: Fault['path'] = []): Fault[] {
  const node = objectNode(schema as SchemaNode, input);
  if (Array.isArray(input))
    return node?.item ? input.flatMap((element, i) => unknownKeys(node.item as SchemaNode, element, [...path, i])) : [];
  const entries = node?.entries;
  if (typeof input !== 'object' || input === null || !entries) return [];
  const known = Object.keys(entries);
  return Object.entries(input).flatMap(([key, value]) => {
    if (Object.hasOwn(entries, key)) return unknownKeys(entries[key], value, [...path, key]);
    return [{ path: [...path, key], problem: `unknown key${nearName(key, known) || ';'} known: ${known.join(', ')}` }];
  });
}

/** The schema behind wrappers, pipes and alternatives that fits the input's shape. */
function objectNode(schema: SchemaNode, input: unknown): SchemaNode | undefined {
  if (schema.type === 'variant') {
    const named = input as { readonly name?: unknown } | null;
    const options = schema.options as readonly SchemaNode[];
    return options.find((option) => option.entries?.name.literal === named?.name);
  }
  if (schema.type === 'union') {
    const options = (schema.options as readonly SchemaNode[]).map((option) => objectNode(option, input));
    return Array.isArray(input) ? options.find((option) => option?.item) : bestKnown(options, input);
  }
  if (schema.wrapped) return objectNode(schema.wrapped, input);
  return schema.pipe && schema.pipe[0] !== schema && !schema.entries && !schema.item ? objectNode(schema.pipe[0], input) : schema;
}

/** Of alternatives that are objects the one that knows the most keys of the input; of none known the first, unless a group with a name was meant. */
function bestKnown(options: readonly (SchemaNode | undefined)[], input: unknown): SchemaNode | undefined {
  const keys = Object.keys(input ?? {});
  const knows = (option: SchemaNode | undefined) => keys.filter((key) => Object.hasOwn(option?.entries ?? {}, key)).length;
  const most = Math.max(...options.map(knows));
  const isOther = options.includes(undefined) && (most === 0 || keys.includes('name'));
  return isOther ? undefined : options.find((option) => option?.entries && knows(option) === most);
}
