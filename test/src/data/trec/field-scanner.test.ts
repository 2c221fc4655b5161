import fc from 'fast-check';
import { FieldScanner } from '../../../../src/data/trec/field-scanner.ts';

function scan(text: string, fields: number) {
  const bytes = Buffer.concat([Buffer.from(text), Buffer.alloc(8)]);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const scanner = new FieldScanner(fields);
  const found: { fields: string[]; count: number; stray: number }[] = [];
  for (let at = 0; at < bytes.length - 8; ) {
    at = scanner.scan(view, at);
    const { count, starts, ends, stray } = scanner;
    found.push({
      fields: Array.from({ length: Math.min(count, fields + 1) }, (_, f) => bytes.toString('utf8', starts[f], ends[f])),
      count,
      stray,
    });
  }
  return found;
}

const word = fc.string({ unit: fc.constantFrom('a', '!', '~', '#', 'é', '文', '😀', '0', '"'), minLength: 1, maxLength: 9 });
const blank = fc.string({ unit: fc.constantFrom(' ', '\t', '\v', '\f'), minLength: 1, maxLength: 3 });

test('finds what splitting at white space finds', () =>
  fc.assert(
    fc.property(
      fc.array(fc.array(fc.tuple(word, blank), { maxLength: 9 }), { minLength: 1, maxLength: 5 }),
      fc.boolean(),
      (lines, windows) => {
        const text = lines.map((words) => words.map(([one, after]) => one + after).join('') + (windows ? '\r\n' : '\n')).join('');
        const expected = lines.map((words) => (words[0]?.[0].startsWith('#') ? [] : words.map(([one]) => one)));
        for (const fields of [4, 6]) {
          const found = scan(text, fields);
          expect(found.map(({ fields: some }) => some)).toEqual(expected.map((words) => words.slice(0, fields + 1)));
          expect(found.map(({ stray }) => stray)).toEqual(lines.map(() => -1));
        }
      },
    ),
    { numRuns: 300, seed: 12 },
  ));

test.each<[string, number]>([
  ['a\0b c\n', 0],
  ['\0\n', 0],
  ['a b\u0001\n', 1],
  ['a b\rc d\n', 13],
  ['a b\r \t\r\n', -1],
  ['a\vb\fc\td\n', -1],
])('%j has the stray character %d', (text, stray) => expect(scan(text, 4)[0].stray).toBe(stray));
