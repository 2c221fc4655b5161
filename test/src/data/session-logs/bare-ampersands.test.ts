import fc from 'fast-check';
import { BareAmpersands, unmarked } from '../../../../src/data/session-logs/bare-ampersands.ts';

function marked(pieces: readonly string[]): string {
  const ampersands = new BareAmpersands();
  return pieces.map((piece) => ampersands.mark(piece)).join('') + ampersands.end();
}

test.each([
  ['merck & co', 'merck \uFDD0 co'],
  ['R&D &amp; &lt;a&gt; &quot;&apos;', 'R\uFDD0D &amp; &lt;a&gt; &quot;&apos;'],
  ['?a=1&b=2&', '?a=1\uFDD0b=2\uFDD0'],
  ['&#38; &#x26; &#xZ; &#;', '&#38; &#x26; \uFDD0#xZ; \uFDD0#;'],
  ['&nbsp; &ampx; &&amp;', '\uFDD0nbsp; \uFDD0ampx; \uFDD0&amp;'],
])('%j is %j to the parser', (text, expected) => {
  expect(marked([text])).toBe(expected);
});

test('wherever a piece ends, the marks are the same, and without them the text is as it was', () => {
  const part = fc.constantFrom('&', '&amp;', '&am', 'p;', '&#12', '3;', '&#x1F', '&lt', ';', ' ', 'a', '#', 'é');
  fc.assert(
    fc.property(fc.array(part, { maxLength: 20 }), fc.array(fc.nat(), { maxLength: 6 }), (parts, cuts) => {
      const text = parts.join('');
      const ends = [0, ...cuts.map((cut) => cut % (text.length + 1)).sort((a, b) => a - b), text.length];
      const pieces = ends.slice(1).map((end, k) => text.slice(ends[k], end));
      expect(marked(pieces)).toBe(marked([text]));
      expect(unmarked(marked(pieces))).toBe(text);
    }),
    { numRuns: 500 },
  );
});
