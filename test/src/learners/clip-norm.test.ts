import { clipNorm } from '../../../src/learners/clip-norm.ts';

test('a longer gradient is scaled to the maximum and keeps its direction', () => {
  const gradient = Float32Array.of(3, 0, -4);
  expect(clipNorm(gradient, 1)).toBe(5);
  [3 / 5, 0, -4 / 5].forEach((expected, i) => {
    expect(gradient[i]).toBeCloseTo(expected, 6);
  });
});

test.each([5, 5.1])('a gradient of norm 5 is left alone by a maximum of %d', (maximum) => {
  const gradient = Float32Array.of(3, 0, -4);
  expect(clipNorm(gradient, maximum)).toBe(5);
  expect([...gradient]).toEqual([3, 0, -4]);
});

test('a gradient of 0 stays 0', () => {
  const gradient = new Float32Array(3);
  expect(clipNorm(gradient, 1)).toBe(0);
  expect([...gradient]).toEqual([0, 0, 0]);
});
