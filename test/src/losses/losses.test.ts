import { losses, type WeightedLists } from '../../../src/losses/index.ts';
import { createRng } from '../../../src/random/rng.ts';

const { log, log1p, exp } = Math;
const sigmoid = (x: number) => 1 / (1 + exp(-x));
const lists = (offsets: number[], weights: number[], sessions: number[]): WeightedLists => ({
  offsets: Uint32Array.from(offsets),
  weights: Float64Array.from(weights),
  sessions: Float64Array.from(sessions),
});

describe.each(Object.entries(losses))('%s', (_, { loss }) => {
  const rng = createRng('losses');
  const batch = lists(
    [0, 3, 3, 4, 9],
    Array.from({ length: 9 }, (_, i) => (i % 3 === 1 ? 0 : 5 * rng.next())),
    [4, 1, 7, 6],
  );
  const scores = Float32Array.from({ length: 9 }, () => 4 * rng.next() - 2);

  test('its gradient is the slope of its value', () => {
    const gradient = new Float32Array(9);
    loss.value(scores, batch, gradient);
    for (let i = 0; i < 9; i++) {
      const [up, down] = [scores.slice(), scores.slice()];
      up[i] += 1 / 64;
      down[i] -= 1 / 64;
      const slope = (loss.value(up, batch, new Float32Array(9)) - loss.value(down, batch, new Float32Array(9))) * 32;
      expect(Math.abs(slope - gradient[i])).toBeLessThan(2e-3 * (1 + Math.abs(slope)));
    }
  });

  test('its curvature is the bend of its value, without its sign', () => {
    const step = 1 / 32;
    for (const sign of [1, -1]) {
      const signed = { ...batch, weights: batch.weights.map((w) => sign * w) };
      const curvature = new Float32Array(9).fill(NaN);
      loss.value(scores, signed, new Float32Array(9), curvature);
      const at = (i: number, by: number) =>
        loss.value(
          scores.map((s, j) => (i === j ? s + by : s)),
          signed,
          new Float32Array(9),
        );
      for (let i = 0; i < 9; i++) {
        const bend = Math.abs(at(i, step) - 2 * at(i, 0) + at(i, -step)) / step ** 2;
        expect(Math.abs(bend - curvature[i])).toBeLessThan(2e-3 * (1 + bend));
      }
    }
  });

  test('it is linear in the weights', () => {
    const doubled = { ...batch, weights: batch.weights.map((w) => 2 * w), sessions: batch.sessions.map((n) => 2 * n) };
    const [one, two] = [new Float32Array(9), new Float32Array(9)];
    expect(loss.value(scores, doubled, two)).toBeCloseTo(2 * loss.value(scores, batch, one), 8);
    expect([...two].every((g, i) => Math.abs(g - 2 * one[i]) < 1e-4)).toBe(true);
  });

  test('so are its value and gradient where some weights are below 0', () => {
    const [signed, positive, negative] = [batch.weights.map((w, i) => w - (i % 2)), batch.weights, batch.weights.map((_, i) => i % 2)];
    const of = (weights: Float64Array, sessions: Float64Array) => {
      const gradient = new Float32Array(9);
      return [loss.value(scores, { ...batch, weights, sessions }, gradient), ...gradient];
    };
    const [sum, down] = [of(positive, batch.sessions), of(negative, new Float64Array(4))];
    of(signed, batch.sessions).forEach((value, i) => {
      expect(value).toBeCloseTo(sum[i] - down[i], 4);
    });
  });

  test('extreme scores give a finite loss', () => {
    const [gradient, curvature] = [new Float32Array(3), new Float32Array(3)];
    expect(Number.isFinite(loss.value(Float32Array.of(1e4, -1e4, 0), lists([0, 3], [1, 1, 0], [1]), gradient, curvature))).toBe(true);
    expect([...gradient, ...curvature].every(Number.isFinite)).toBe(true);
  });

  test('at its minimum, differences of log relevance are log ratios of weights', () => {
    const two = lists([0, 2], [3, 1], [5]);
    const s = new Float32Array(2);
    const gradient = new Float32Array(2);
    for (let step = 0; step < 20_000; step++) {
      loss.value(s, two, gradient);
      for (let i = 0; i < 2; i++) s[i] -= 0.05 * gradient[i];
    }
    expect(loss.logRelevance(s[0]) - loss.logRelevance(s[1])).toBeCloseTo(log(3), 3);
  });
});

describe('values written out', () => {
  const value = (name: string, scores: number[], weights: number[], n = 1) =>
    (losses[name] as (typeof losses)[string]).loss.value(
      Float32Array.from(scores),
      lists([0, scores.length], weights, [n]),
      new Float32Array(scores.length),
    );

  test('listwise softmax', () => {
    const partition = exp(2) + exp(1) + exp(3);
    expect(value('listwise-softmax', [2, 1, 3], [1, 0, 0.5])).toBeCloseTo(-log(exp(2) / partition) - 0.5 * log(exp(3) / partition), 12);
  });

  test('pairwise logistic', () => {
    const expected = 2 * (log1p(exp(1 - 2)) + log1p(exp(3 - 2))) + 0.5 * (log1p(exp(2 - 3)) + log1p(exp(1 - 3)));
    expect(value('pairwise-logistic', [2, 1, 3], [2, 0, 0.5])).toBeCloseTo(expected, 12);
  });

  test('pairwise logistic with weights of pairs, and its slope', () => {
    const pairs = { offsets: Uint32Array.of(0, 9), weights: Float64Array.of(9, 1, 2, 0, 9, 3, 0.5, 0, 9) }; // the 9s are of no pair
    const { loss } = losses['pairwise-logistic'] as (typeof losses)[string];
    const of = (scores: number[], gradient = new Float32Array(3)) =>
      loss.value(Float32Array.from(scores), { ...lists([0, 3], [3, 3, 0.5], [1]), pairs }, gradient);
    const above = (by: number) => log1p(exp(-by));
    const written = ([a, b, c]: number[]) => above(a - b) + 2 * above(a - c) + 3 * above(b - c) + 0.5 * above(c - a);
    expect(of([2, 1, 3])).toBeCloseTo(written([2, 1, 3]), 12);
    const gradient = new Float32Array(3);
    of([2, 1, 3], gradient);
    [0, 1, 2].forEach((i) => {
      const moved = (by: number) => [2, 1, 3].map((s, j) => (j === i ? s + by : s));
      expect(gradient[i]).toBeCloseTo((written(moved(1e-4)) - written(moved(-1e-4))) / 2e-4, 5);
    });
  });

  test('pointwise sigmoid counts the sessions without the click', () => {
    const expected = -3 * log(sigmoid(2)) - 1 * log(1 - sigmoid(2)) - 4 * log(1 - sigmoid(1));
    expect(value('pointwise-sigmoid', [2, 1], [3, 0], 4)).toBeCloseTo(expected, 12);
  });
});
