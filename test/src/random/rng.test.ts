import { createRng, rememberingRng } from '../../../src/random/rng.ts';
import { chiSquareZ } from './goodness-of-fit.ts';

const some = (seed: string) => {
  const rng = createRng(seed);
  return Array.from({ length: 5 }, () => rng.next());
};

test('a seed fixes the stream, another seed gives another', () => {
  expect(some('a')).toEqual(some('a'));
  expect(some('a')).not.toEqual(some('b'));
});

test('a fork depends on seed and label only, and leaves its parent where it was', () => {
  const rng = createRng('parent');
  const untouched = rng.fork('child').double();
  const first = rng.next();
  expect(rng.fork('child').double()).toBe(untouched);
  expect(rng.fork('other').double()).not.toBe(untouched);
  expect(first).toBe(createRng('parent').next());
});

test('sibling streams do not correlate: 20,000 pairs, 4.5 standard errors', () => {
  const [a, b] = [createRng('root').fork('a'), createRng('root').fork('b')];
  const n = 20_000;
  let product = 0;
  for (let i = 0; i < n; i++) product += (a.next() - 0.5) * (b.next() - 0.5);
  expect(Math.abs(product / n)).toBeLessThan(4.5 * (1 / 12 / Math.sqrt(n)));
});

test('forks differ by label, from their parent and by the path of labels', () => {
  const rng = createRng('s');
  const streams = [rng, rng.fork('a'), rng.fork('b'), rng.fork('a').fork('b'), rng.fork('b').fork('a'), createRng('other').fork('a')];
  expect(new Set(streams.map((stream) => stream.next())).size).toBe(streams.length);
});

test.each(['next', 'double'] as const)('%s is uniform in [0, 1): 100,000 draws fill 20 equal slices', (method) => {
  const rng = createRng('uniform');
  const slices = new Float64Array(20);
  for (let i = 0; i < 100_000; i++) slices[Math.floor(20 * rng[method]())]++;
  expect(slices.reduce((sum, count) => sum + count, 0)).toBe(100_000);
  expect(Math.abs(chiSquareZ(slices, new Float64Array(20).fill(1 / 20)))).toBeLessThan(4.5);
});

test('double resolves what next, with its 32 bits, cannot', () => {
  const rng = createRng('bits');
  const finer = (draw: () => number) => Array.from({ length: 50 }, draw).filter((u) => (u * 2 ** 32) % 1 !== 0).length;
  expect(finer(() => rng.double())).toBeGreaterThan(45);
  expect(finer(() => rng.next())).toBe(0);
});

test('a stream that remembers its forks draws what one does that makes them anew, however often they are asked for, and beyond its room', () => {
  const [plain, remembering] = [createRng('root'), rememberingRng('root')];
  const draws = (rng: ReturnType<typeof createRng>, path: readonly string[]) => {
    const own = path.reduce((at, label) => at.fork(label), rng);
    return [own.next(), own.double(), own.next()];
  };
  for (const path of [[], ['a'], ['b'], ['a', 'b'], ['b', 'a'], ['a', 'b', 'c']])
    for (let again = 0; again < 3; again++) {
      expect(draws(remembering.fork('x'), path)).toEqual(draws(plain.fork('x'), path));
    }
  for (let i = 0; i < 2 ** 17; i++) remembering.fork(`${i}`);
  for (let again = 0; again < 2; again++) expect(draws(remembering, ['late', 'a'])).toEqual(draws(plain, ['late', 'a']));
});
