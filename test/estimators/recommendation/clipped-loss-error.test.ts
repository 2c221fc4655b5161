import { clippedLossError, ipsCoefficients } from '../../../estimators/recommendation/index.ts';
import { simulateImplicitFeedback, syntheticWorld, syntheticWorldOptions } from '../../../simulators/recommendation/index.ts';
import { rowUsers } from '../../../src/data/interactions/interaction-log.ts';
import { decodeOptions } from '../../../src/decode-options.ts';
import { createRng } from '../../../src/random/rng.ts';
import { moments, outcomes } from './enumerate.ts';

const gamma = [0.7, 0.2, 0.9, 0.4];
const theta = [0.5, 0.02, 0.2, 0.9];
const delta1 = [1.2, 0.1, 0.6, 2];
const delta0 = [0.3, 1.9, 0.2, 0.1];

test('bias and variance are those over all outcomes', () => {
  const ideal = gamma.reduce((sum, g, d) => sum + (g * delta1[d] + (1 - g) * delta0[d]) / 4, 0);
  for (const clip of [0, 0.1, 0.3, 1]) {
    const coefficients = ipsCoefficients((_, item) => theta[item], clip);
    const { mean, variance } = moments(outcomes(gamma.map((g, d) => g * theta[d])), (y) =>
      y.reduce((sum, clicked, d) => {
        const [a, b] = coefficients(0, d, clicked);
        return sum + (a * delta1[d] + b * delta0[d]) / 4;
      }, 0),
    );
    const error = clippedLossError(
      gamma,
      theta,
      delta1.map((value, d) => value - delta0[d]),
      clip,
    );
    expect(error.bias).toBeCloseTo(mean - ideal, 12);
    expect(error.variance).toBeCloseTo(variance, 12);
    expect(error.meanSquaredError).toBeCloseTo((mean - ideal) ** 2 + variance, 12);
  }
});

describe('over M in a world of uneven exposure', () => {
  const world = syntheticWorld(
    decodeOptions('world', syntheticWorldOptions, { users: 60, items: 50, power: 3, meanRelevance: 0 }),
    createRng('curve'),
  );
  const differences = Float64Array.from(world.relevance, (g) => (g > 0.5 ? -1.5 : 1.2) * (0.5 + g));
  const grid = [0, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1];
  const curve = grid.map((clip) => clippedLossError(world.relevance, world.exposure, differences, clip));

  test('variance falls, bias starts at 0, and the error is least strictly inside', () => {
    expect(curve[0].bias).toBe(0);
    for (let k = 1; k < grid.length; k++) expect(curve[k].variance).toBeLessThanOrEqual(curve[k - 1].variance);
    const best = curve.reduce((least, { meanSquaredError }, k) => (meanSquaredError < curve[least].meanSquaredError ? k : least), 0);
    expect(best).toBeGreaterThan(0);
    expect(best).toBeLessThan(grid.length - 1);
  });

  test('simulated feedback has the error that the formula says', () => {
    const clip = 0.03;
    const draws = 2000;
    const estimates = Array.from({ length: draws }, (_, seed) => {
      const { log } = simulateImplicitFeedback(world, createRng(`draw/${seed}`));
      return (
        [...rowUsers(log)].reduce((sum, u, row) => {
          const at = u * 50 + log.items[row];
          return sum + differences[at] / Math.max(world.exposure[at], clip);
        }, 0) / 3000
      );
    });
    const ideal = world.relevance.reduce((sum, g, at) => sum + g * differences[at], 0) / 3000;
    const mean = estimates.reduce((a, b) => a + b, 0) / draws;
    const variance = estimates.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (draws - 1);
    const error = clippedLossError(world.relevance, world.exposure, differences, clip);
    expect(Math.abs(mean - ideal - error.bias)).toBeLessThan(4 * Math.sqrt(error.variance / draws));
    expect(Math.abs(variance / error.variance - 1)).toBeLessThan(4 * Math.sqrt(2 / draws));
  });
});
