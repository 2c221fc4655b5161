import { expect as full } from '@jest/globals';

const values = [0, -0, 1, 1 + 1e-9, 1.006, -1, Infinity, -Infinity, NaN, 1n, 'a', true, null, undefined, [1], {}];
const compared = [
  'toBe',
  'toEqual',
  'toStrictEqual',
  'toBeLessThan',
  'toBeLessThanOrEqual',
  'toBeGreaterThan',
  'toBeGreaterThanOrEqual',
  'toBeCloseTo',
];
const alone = ['toBeNull', 'toBeDefined', 'toBeUndefined', 'toBeTruthy', 'toBeNaN'];

type Matchers = Readonly<Record<string, (...values: readonly unknown[]) => void>>;

/** What a matcher says: null where it passes. */
function said(of: unknown, name: string, words: readonly unknown[]): string | null {
  try {
    (of as Matchers)[name](...words);
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}

const calls = [
  ...compared.flatMap((name) => values.map((expected) => [name, [expected]] as const)),
  ...[0, 2, 12].flatMap((digits) => [1, 1.005, Infinity].map((expected) => ['toBeCloseTo', [expected, digits]] as const)),
  ...alone.flatMap((name) => [[name, []] as const, [name, [1]] as const]),
];

test('every comparison passes where that of Jest does, and says the same where it does not', () => {
  expect(expect).not.toBe(full);
  const strays: unknown[] = [];
  const counts = { passed: 0, failed: 0 };
  for (const actual of values)
    for (const [name, words] of calls) {
      const of = said(full(actual), name, words);
      counts[of === null ? 'passed' : 'failed']++;
      if (said(expect(actual), name, words) !== of) strays.push([actual, name, words]);
    }
  full(strays).toEqual([]);
  full(Math.min(counts.passed, counts.failed)).toBeGreaterThan(100);
});

test('a failure points to the line of the test', () => {
  const found: unknown[] = [];
  for (const fails of [() => expect(1).toBe(2), () => expect([1]).toEqual([2]), () => expect(1).not.toBe(1)])
    try {
      fails();
    } catch (error) {
      const [first] = (error as Error).stack?.split('\n').filter((line) => /^\s+at /.test(line)) ?? [];
      found.push(first);
    }
  full(found).toHaveLength(3);
  for (const line of found) full(line).toContain('quick-expect.test.ts');
});

test('what is promised is waited for', async () => {
  await expect(Promise.resolve(1)).resolves.toBe(1);
  await expect(Promise.reject(new Error('no'))).rejects.toThrow('no');
  await full(expect(Promise.resolve(1)).resolves.toBe(2)).rejects.toThrow('toBe');
  expect(1).not.toBe(2);
  full(() => expect(1).not.toBe(1)).toThrow('not');
  expect({ a: [1, 'b'] }).toEqual({ a: [expect.any(Number), expect.stringMatching('b')] });
});
