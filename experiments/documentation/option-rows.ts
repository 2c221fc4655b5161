import { stringify } from 'yaml';
import type { GenericSchema } from '../../src/schema.ts';

/** An option of a method, as its schema has it. */
export interface OptionRow {
  readonly name: string;
  readonly values: string; //          what it may be, in words
  readonly standard: string | null; // its default as a config writes it; null: it must be said
}

/** What is looked at of a schema, whichever library it is of. */
interface Part {
  readonly type?: string;
  readonly requirement?: unknown;
  readonly default?: unknown;
  readonly wrapped?: Part;
  readonly item?: Part;
  readonly literal?: unknown;
  readonly options?: readonly unknown[];
  readonly entries?: Readonly<Record<string, Part>>;
  readonly pipe?: readonly Part[];
}

/** Options of a strict object, in its order. */
export function optionRows(schema: GenericSchema): OptionRow[] {
  const { entries = {} } = schema as Part;
  return Object.entries(entries).map(([name, part]) => ({ name, values: valuesOf(part), standard: standardOf(part) }));
}

function standardOf({ type, default: standard }: Part): string | null {
  if (type !== 'optional' && type !== 'exact_optional') return null;
  const value = typeof standard === 'function' ? standard() : standard;
  if (value === undefined) return 'none';
  return stringify(value, { collectionStyle: 'flow', flowCollectionPadding: false, lineWidth: 0 }).trim();
}

/** What a value may be, in words: `number in [0, 1]`, `one of a, b`. */
export function valuesOf(part: Part): string {
  const { type, wrapped, item, options = [], entries, pipe = [] } = part;
  switch (type) {
    case 'optional':
    case 'exact_optional':
      return valuesOf(wrapped as Part);
    case 'nullable':
      return `${valuesOf(wrapped as Part)}, or null`;
    case 'number':
      return numbers(pipe);
    case 'boolean':
      return 'true or false';
    case 'string':
      return 'text';
    case 'literal':
      return String(part.literal);
    case 'picklist':
      return options.join(', ');
    case 'array':
      return `list of ${valuesOf(item as Part)}`;
    case 'record':
      return 'group by key';
    case 'variant':
      return 'a name, or a group with its options';
    case 'strict_object':
      return `group of ${Object.keys(entries ?? {}).join(', ')}`;
    case 'union':
      return unions(options as readonly Part[]);
    default:
      return 'any value';
  }
}

/** A union that begins with the names of a registry is a choice of one. */
function unions(options: readonly Part[]): string {
  const told = options.map((option) =>
    option.options?.some((one) => (one as Part)?.type === 'strict_object') ? valuesOf({ type: 'variant' }) : valuesOf(option),
  );
  if (told.includes(valuesOf({ type: 'variant' }))) return valuesOf({ type: 'variant' });
  return [...new Set(told)].join('; or ');
}

function numbers(pipe: readonly Part[]): string {
  const of = (type: string): number | undefined => pipe.find((part) => part.type === type)?.requirement as number | undefined;
  const shown = (bound: number | undefined) => (bound === undefined || Math.abs(bound) >= Number.MAX_SAFE_INTEGER ? undefined : bound);
  const noun = pipe.some(({ type }) => type === 'integer') ? 'whole number' : 'number';
  const [least, most, above, below] = [of('min_value'), of('max_value'), of('gt_value'), of('lt_value')].map(shown);
  const [low, high] = [least ?? above, most ?? below];
  if (low !== undefined && high !== undefined)
    return `${noun} in ${least === undefined ? '(' : '['}${low}, ${high}${most === undefined ? ')' : ']'}`;
  if (low !== undefined) return `${noun} ${least === undefined ? 'above' : 'from'} ${low}`;
  return high === undefined ? noun : `${noun} up to ${high}`;
}
