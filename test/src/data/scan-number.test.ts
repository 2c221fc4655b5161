import fc from 'fast-check';
import { NumberScanner } from '../../../src/data/scan-number.ts';

const scanner = new NumberScanner();
/** The value, and how many bytes it took. */
function scan(text: string): [number, number] {
  const value = scanner.scan(Buffer.from(`${text}\n`), 0);
  return [value, scanner.end];
}

test.each([
  '0',
  '-0',
  '+5',
  '007',
  '.5',
  '5.',
  '-.25',
  '1e5',
  '1E-7',
  '2.5e+3',
  '9007199254740993',
  '0.1',
  '1e23',
  '123456789012345678901234567890',
])('%s is what Number says', (text) => expect(scan(text)).toEqual([Number(text), text.length]));

test.each(['1e400', '-1e400', '1e-400', '4.9e-324', '2.2250738585072011e-308', `1e${'9'.repeat(40)}`, `0.${'0'.repeat(400)}1`])(
  '%s beyond or at the edge of the range is what Number says',
  (text) => expect(scan(text)).toEqual([Number(text), text.length]),
);

test.each(['', '-', '+', '.', '-.', 'e5', 'nan', 'Infinity', '1e', '1e+', 'x1', ' 1', '--1'])('%j starts no number', (text) => {
  expect(scan(text)[0]).toBeNaN();
});

test.each([
  ['1 2', 1],
  ['1.5.2', 3],
  ['0x10', 1],
  ['1_000', 1],
  ['12:3', 2],
])('%j ends where the number ends', (text, end) => expect(scan(text)[1]).toBe(end));

test('every double, as printed and to fewer digits, is exactly what Number says', () => {
  const double = fc.double({ noNaN: true, noDefaultInfinity: true });
  fc.assert(
    fc.property(double, fc.integer({ min: 1, max: 25 }), (value, digits) => {
      for (const text of [String(value), value.toPrecision(digits), value.toExponential(digits)])
        if (!Object.is(scan(text)[0], Number(text))) throw new Error(`${text}: ${scan(text)[0]}`);
    }),
    { numRuns: 3000 },
  );
});

test('decimals as they stand in files are exactly what Number says', () => {
  const decimal = fc.tuple(fc.integer({ min: -1e9, max: 1e9 }), fc.nat(999_999_999), fc.integer({ min: -30, max: 30 }));
  fc.assert(
    fc.property(decimal, ([whole, fraction, exponent]) => {
      for (const text of [`${whole}.${fraction}`, `${whole}e${exponent}`, `${whole}.${fraction}e${exponent}`])
        if (!Object.is(scan(text)[0], Number(text))) throw new Error(`${text}: ${scan(text)[0]}`);
    }),
    { numRuns: 3000 },
  );
});
