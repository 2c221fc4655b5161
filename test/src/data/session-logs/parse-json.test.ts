import fc from 'fast-check';
import { parseJson } from '../../../../src/data/session-logs/parse-json.ts';

test.each([
  ['{"a": 1,}', 1, 9],
  ['{"a" 1}', 1, 6],
  ['[1, 2', 1, 6],
  ['{"a":\n  [1,\n   nul]}', 3, 7],
  ['{"a": "x\ny"}', 1, 9],
  ['', 1, 1],
  ['{"a": 01}', 1, 8],
  ['{"s": "a \\q"}', 1, 11],
])('%j breaks on line %i at character %i', (text, line, character) => {
  const place = new RegExp(`^file:${line + 40}: not JSON \\(.*, at character ${character} of the line\\); expected a thing$`);
  expect(() => parseJson(text, 'file', 41, 'a thing')).toThrow(place);
});

test('what is JSON is read, and a start of it breaks off at its end, with a message on one line', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 3 }), fc.nat(), (text, cut) => {
      expect(parseJson(text, 'file', 1, 'a thing')).toEqual(JSON.parse(text));
      const start = `[${text.slice(0, cut % (text.length + 1))}`;
      const message = new RegExp(`^file:\\d+: not JSON \\([^\\n]*, at character ${start.length - start.lastIndexOf('\n')} of the line\\)`);
      expect(() => parseJson(start, 'file', 1, 'a thing')).toThrow(message);
    }),
  );
});
