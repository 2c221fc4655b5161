import fc from 'fast-check';
import { UsageError } from '../../../src/errors.ts';
import { createRng } from '../../../src/random/rng.ts';
import { mantelHaenszel } from '../../../src/stats/mantel-haenszel.ts';

type Table = [number, number, number, number];
const count = fc.integer({ min: 1, max: 50 });
const anyTable: fc.Arbitrary<Table> = fc.tuple(count, count, count, count);

test("of one table it is the odds ratio with Woolf's interval", () => {
  fc.assert(
    fc.property(anyTable, ([a, b, c, d]) => {
      const { ratio, lower, upper } = mantelHaenszel([[a, b, c, d]]);
      const half = 1.959963984540054 * Math.sqrt(1 / a + 1 / b + 1 / c + 1 / d);
      expect(ratio).toBeCloseTo((a * d) / (b * c), 10);
      expect(Math.log(upper / ratio)).toBeCloseTo(half, 10);
      expect(Math.log(ratio / lower)).toBeCloseTo(half, 10);
    }),
  );
});

test('swapped columns turn it over, a repeated table changes nothing but the interval, an empty one nothing', () => {
  fc.assert(
    fc.property(fc.array(anyTable, { minLength: 1, maxLength: 6 }), (tables) => {
      const { ratio, lower, upper } = mantelHaenszel(tables);
      const swapped = mantelHaenszel(tables.map(([a, b, c, d]) => [b, a, d, c]));
      expect(swapped.ratio).toBeCloseTo(1 / ratio, 10);
      expect(swapped.lower).toBeCloseTo(1 / upper, 10);
      const twice = mantelHaenszel([...tables, ...tables]);
      expect(twice.ratio).toBeCloseTo(ratio, 10);
      expect(Math.log(upper / lower) / Math.log(twice.upper / twice.lower)).toBeCloseTo(Math.SQRT2, 8);
      expect(mantelHaenszel([...tables, [0, 0, 0, 0]])).toEqual({ ratio, lower, upper });
    }),
  );
});

test('where the tables differ in all but the ratio, 95 % of the intervals hold it', () => {
  const rng = createRng('mantel-haenszel');
  const repeats = 1500;
  let held = 0;
  for (let r = 0; r < repeats; r++) {
    const tables = Array.from({ length: 12 }, (): Table => {
      const [first, other] = [0.1 + 0.8 * rng.next(), 0.1 + 0.8 * rng.next()]; // P(second | first or not) with odds ratio 2
      const odds = (2 * other) / (1 - other);
      const table: Table = [0, 0, 0, 0];
      for (let i = 0; i < 40; i++) {
        const one = rng.next() < first;
        const two = rng.next() < (one ? odds / (1 + odds) : other);
        table[(one ? 0 : 2) + (two ? 0 : 1)]++;
      }
      return table;
    });
    const { lower, upper } = mantelHaenszel(tables);
    if (lower <= 2 && upper >= 2) held++;
  }
  expect(Math.abs(held / repeats - 0.95)).toBeLessThan(4 * Math.sqrt((0.95 * 0.05) / repeats) + 0.005);
});

test('clicks that never meet: 0, and up to the ratio at which meeting would have been as rare; turned over for those that always do', () => {
  const never = mantelHaenszel([[0, 30, 20, 50]]);
  expect(never).toEqual({ ratio: 0, lower: 0, upper: expect.closeTo(-Math.log(0.025) / ((30 * 20) / 50), 12) });
  const always = mantelHaenszel([[30, 0, 50, 20]]);
  expect(always.lower).toBeCloseTo(1 / never.upper, 12);
  expect(always.upper).toBe(Infinity);
});

test('no table that tells: NaN; refused: counts below 0, a level that is none', () => {
  expect(mantelHaenszel([])).toEqual({ ratio: Number.NaN, lower: Number.NaN, upper: Number.NaN });
  expect(mantelHaenszel([[0, 0, 3, 5]]).ratio).toBeNaN();
  expect(() => mantelHaenszel([[1, -1, 2, 3]])).toThrow(UsageError);
  expect(() => mantelHaenszel([[1, 1, 2, 3]], 95)).toThrow('got 95; try 0.95');
});
