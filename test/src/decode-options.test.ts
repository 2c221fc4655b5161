import { decodeOptions } from '../../src/decode-options.ts';
import { UsageError } from '../../src/errors.ts';
import {
  array,
  boolean,
  type GenericSchema,
  integer,
  literal,
  looseObject,
  optional,
  picklist,
  positive,
  record,
  strictObject,
  string,
  union,
  variant,
} from '../../src/schema.ts';

const schema = strictObject({ depth: optional(integer(1), 3), length: optional(positive(), 2.5) });

test('fills in the defaults', () => {
  expect(decodeOptions('a test', schema, { depth: 7 })).toEqual({ depth: 7, length: 2.5 });
});

test('names every fault with its path', () => {
  const decode = () => decodeOptions('a test', schema, { depth: 0, length: 'x', lenght: 1 });
  expect(decode).toThrow(UsageError);
  expect(decode).toThrow(
    'options of a test: lenght: unknown key; did you mean "length"? known: depth, length; depth: must be at least 1, got 0; length: must be a number, got "x"',
  );
});

test.each<[string, GenericSchema]>([
  ['a number', positive()],
  ['text', string()],
  ['true or false', boolean()],
  ['a list', array(string())],
  ['one of a, b', picklist(['a', 'b'])],
  ['a table of keys and values', record(string(), integer())],
  ['a group of keys', strictObject({})],
  ['a group of keys', looseObject({})],
  ['1', literal(1)],
  ['a list, or a table of keys and values', union([array(string()), record(string(), integer())])],
  ['a name, or a group of keys with a name', variant('name', [strictObject({ name: literal('a') })])],
])('what must be %s is told so, in our words', (rule, option) => {
  const given = rule === 'a number' ? 'x' : 5;
  expect(() => decodeOptions('a test', strictObject({ option }), { option: given })).toThrow(
    `options of a test: option: must be ${rule}, got ${JSON.stringify(given)}`,
  );
});

test('a text where a name or a number may stand is told both', () => {
  const decode = (option: unknown) => decodeOptions('a test', strictObject({ option: union([picklist(['all']), integer(1)]) }), { option });
  expect(() => decode('some')).toThrow('option: unknown name "some"; known: all, or a number');
  expect(() => decode(0)).toThrow('option: must be at least 1, got 0');
});
