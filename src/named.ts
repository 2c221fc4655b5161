import {
  type Decoded,
  type GenericSchema,
  literal,
  picklist,
  pipe,
  type Schema,
  strictObject,
  transform,
  union,
  variant,
} from './schema.ts';

/** A registry whose entries have options. */
type Registry = Readonly<Record<string, { readonly options: GenericSchema }>>;

/** One of a registry's methods by name, with that method's decoded options beside the name. */
export type Named<R extends Registry> = { [K in keyof R & string]: { readonly name: K } & Decoded<R[K]['options']> }[keyof R & string];

type ObjectSchema = GenericSchema & { readonly entries: Record<string, GenericSchema> };
type CheckedObject = ObjectSchema & { readonly pipe?: readonly [ObjectSchema, ...never[]] };

/**
 * A group `{name: …, option: …}` whose other keys are the options of the method it names, strict and with their defaults;
 * a bare name stands for the group without options.
 * @param shared keys that every method takes beside its own @param unnamed the method that a group without a name is of, told by a key that it must have
 */
export function named<R extends Registry, E extends Record<string, GenericSchema> = Record<never, never>>(
  registry: R,
  shared: E = {} as E,
  unnamed?: Unnamed,
) {
  const names = Object.keys(registry);
  const options = names.map((name) => withName(name, registry[name].options as CheckedObject, shared));
  const group = variant('name', options as never);
  const bare = unnamed === undefined ? [] : [withoutName(unnamed, registry[unnamed.name].options as CheckedObject, shared)];
  const spelt = pipe(
    union([picklist(names), group, ...bare]),
    transform((value) => (typeof value === 'string' ? { name: value } : value)),
    group,
  );
  return spelt as unknown as Schema<Named<R> & { readonly [K in keyof E]: Decoded<E[K]> }>;
}

/** The options' schema with the name and the shared keys before its own, its checks kept. */
function withName(name: string, options: CheckedObject, shared: Record<string, GenericSchema>): ObjectSchema {
  const [object, ...checks] = options.pipe ?? [options];
  return pipe(strictObject({ name: literal(name), ...shared, ...object.entries }), ...(checks as []));
}

/** The method that a group without a name is of, where it has a key. */
export interface Unnamed {
  readonly name: string;
  readonly key: string;
}

/** The same without a name, which it is given, and with the key that tells it. */
function withoutName({ name, key }: Unnamed, { entries }: CheckedObject, shared: Record<string, GenericSchema>): GenericSchema {
  const telling = entries[key] as GenericSchema & { readonly wrapped?: GenericSchema };
  return pipe(
    strictObject({ ...shared, ...entries, [key]: telling.wrapped ?? telling }),
    transform((value) => ({ name, ...value })),
  );
}
