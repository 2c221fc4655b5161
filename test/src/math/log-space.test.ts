import fc from 'fast-check';
import { logSigmoid, sigmoid, softplus } from '../../../src/math/log-space.ts';

const real = fc.double({ min: -30, max: 30, noNaN: true });

test('softplus, sigmoid and logSigmoid: formulas, symmetry, tails', () => {
  fc.assert(
    fc.property(real, (x) => {
      expect(softplus(x)).toBeCloseTo(Math.log(1 + Math.exp(x)), 12);
      expect(sigmoid(x)).toBeCloseTo(1 / (1 + Math.exp(-x)), 14);
      expect(sigmoid(x) + sigmoid(-x)).toBeCloseTo(1, 14);
      expect(logSigmoid(x)).toBeCloseTo(Math.log(sigmoid(x)), 10);
    }),
  );
  expect(softplus(1000)).toBe(1000);
  expect(softplus(-100)).toBe(Math.exp(-100));
  expect(sigmoid(-700)).toBe(Math.exp(-700));
  expect(logSigmoid(-1000)).toBe(-1000);
});
