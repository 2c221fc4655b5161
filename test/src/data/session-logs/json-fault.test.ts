import fc from 'fast-check';
import { jsonFault } from '../../../../src/data/session-logs/json-fault.ts';

const parses = (text: string) => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

test('JSON and all its starts have no fault', () => {
  fc.assert(
    fc.property(fc.json(), fc.nat(), (text, cut) => {
      const start = text.slice(0, cut % (text.length + 1));
      expect(jsonFault(text)).toBe(text.length);
      expect(jsonFault(start)).toBe(start.length);
    }),
  );
});

test('a start up to the fault is one of some JSON, and none goes on from there: what parses has no fault before its end', () => {
  const letters = fc.constantFrom(...'[]{},:" \\u0aeE+-.1"tfn', 'true', '"a"', '\\u00e8', 'null', '\t', '\u0001');
  fc.assert(
    fc.property(fc.array(letters, { maxLength: 12 }), (parts) => {
      const text = parts.join('');
      if (parses(text)) expect(jsonFault(text)).toBe(text.length);
      else if (text !== '') expect(jsonFault(`${text}\u0001`)).toBeLessThanOrEqual(text.length);
    }),
    { numRuns: 3000 },
  );
});

test.each([
  ['[1,]', 3],
  ['{"a":1,}', 7],
  ['01', 1],
  ['1.x', 2],
  ['-x', 1],
  ['1e+x', 3],
  ['[tru1]', 4],
  ['"\\x"', 2],
  ['"\\u00g0"', 5],
  ['"u\\uab!"', 6],
  ['"a\nb"', 2],
  ['{"a" 1}', 5],
  ['[1 2]', 3],
  ['{"a":1}]', 7],
  ['{a:1}', 1],
  ['[}', 1],
])('%j goes wrong at %d', (text, at) => expect(jsonFault(text)).toBe(at));
