import { isGroup } from '../config/merge-layers.ts';

/**
 * What a value of a plugin must be: a strictObject with these options, an object with these keys, typed numbers, or a function of what gives, at
 * once or later, what must be. Types say the same, but JavaScript has none, and running strips them unread.
 */
export type Shape =
  | { readonly options: readonly string[] }
  | {
      readonly keys: readonly string[];
      /** What is wrong with the object beyond that, and with what its functions give; null: nothing. */
      readonly fault?: (value: Readonly<Record<string, unknown>>) => string | null;
      readonly results?: Readonly<Record<string, (given: unknown, words: readonly never[]) => string | null>>;
    }
  | 'Float64Array'
  | { readonly gives: Shape }
  | { readonly promises: Shape };

/** What is thrown: of a value that is not as it must be, and for what a function throws. */
export interface Faults {
  of(problem: string): Error;
  for(error: unknown): Error;
}

/**
 * The value; a function checks what it gives whenever it is called.
 * @param where what the value is called in messages: create, create() for what that gives
 * @throws as `faults` has it
 */
export function checked(value: unknown, shape: Shape, where: string, faults: Faults): unknown {
  const refuse = (rule: string): never => {
    throw faults.of(`${where} must be ${rule}${value === undefined ? '; there is none' : `, got ${told(value)}`}`);
  };
  if (shape === 'Float64Array') return value instanceof Float64Array ? value : refuse('a Float64Array');
  if ('options' in shape) {
    const entries = isGroup(value) && value.entries;
    if (!hasKeys(entries, shape.options)) return refuse(optionsRule(shape.options));
    const taken = ['name', 'label'].find((key) => Object.hasOwn(entries as object, key));
    if (taken !== undefined) throw faults.of(`${where} must not have "${taken}", which configs call every choice by`);
    return value;
  }
  if ('keys' in shape) {
    if (!hasKeys(value, shape.keys)) return refuse(`an object with ${shape.keys.join(', ')}`);
    const fault = shape.fault?.(value as Readonly<Record<string, unknown>>) ?? null;
    if (fault !== null) throw faults.of(`${where}.${fault}`);
    return shape.results === undefined ? value : withResults(value as Readonly<Record<string, unknown>>, shape.results, where, faults);
  }
  if (typeof value !== 'function') return refuse('a function');
  const check = (given: unknown) => checked(given, 'gives' in shape ? shape.gives : shape.promises, `${where}()`, faults);
  const fail = (error: unknown): never => {
    throw faults.for(error);
  };
  return (...words: unknown[]) => {
    let given: unknown;
    try {
      given = value(...words);
    } catch (error) {
      fail(error);
    }
    return 'gives' in shape ? check(given) : Promise.resolve(given).then(check, fail);
  };
}

/** The object with what some of its functions give checked whenever they are called. */
function withResults(
  value: Readonly<Record<string, unknown>>,
  results: NonNullable<Extract<Shape, { readonly keys: unknown }>['results']>,
  where: string,
  faults: Faults,
): unknown {
  const wrapped = Object.entries(results).flatMap(([key, faultOf]) => {
    const inner = value[key];
    if (typeof inner !== 'function') return [];
    const outer = (...words: never[]) => {
      const given: unknown = inner.apply(value, words);
      const fault = faultOf(given, words);
      if (fault !== null) throw faults.of(`${where}.${key}() ${fault}`);
      return given;
    };
    return [[key, outer]];
  });
  const bound = (key: string) => (typeof value[key] === 'function' ? value[key].bind(value) : value[key]);
  const all = new Set<string>(); // of classes, what their instances inherit too
  for (const key in value) all.add(key);
  for (let of = Object.getPrototypeOf(value); of !== null && of !== Object.prototype; of = Object.getPrototypeOf(of))
    for (const key of Object.getOwnPropertyNames(of)) all.add(key);
  return { ...Object.fromEntries([...all].map((key) => [key, bound(key)])), ...Object.fromEntries(wrapped) };
}

const hasKeys = (value: unknown, keys: readonly string[]): boolean => isGroup(value) && keys.every((key) => value[key] !== undefined);

const optionsRule = (keys: readonly string[]): string =>
  `a strictObject ${keys.length === 0 ? 'of its options, perhaps empty' : `with the option ${keys.join(', ')}`}`;

function told(value: unknown): string {
  if (typeof value === 'function') return 'a function';
  if (value instanceof Promise) return 'a promise; it must give that at once, not async';
  if (!isGroup(value)) return String(JSON.stringify(value));
  return `one with ${Object.keys(isGroup(value.entries) ? value.entries : value).join(', ') || 'nothing'}`;
}
