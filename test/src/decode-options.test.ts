import { decodeOptions } from '../../src/decode-options.ts';
import { UsageError } from '../../src/errors.ts';
import { integer, optional, positive, strictObject } from '../../src/schema.ts';

const schema = strictObject({ depth: optional(integer(1), 3), length: optional(positive(), 2.5) });

test('fills in the defaults', () => {
  expect(decodeOptions('a test', schema, { depth: 7 })).toEqual({ depth: 7, length: 2.5 });
});

test('names every fault with its path', () => {
  const decode = () => decodeOptions('a test', schema, { depth: 0, length: 'x', lenght: 1 });
  expect(decode).toThrow(UsageError);
  expect(decode).toThrow(/^options of a test: .*depth: .*length: .*lenght: /);
});
