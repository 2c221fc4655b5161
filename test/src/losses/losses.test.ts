import { decodeOptions } from '../../../src/decode-options.ts';
import { losses, type RankingLoss, type WeightedLists } from '../../../src/losses/index.ts';
import { createRng } from '../../../src/random/rng.ts';
import { make } from '../../../src/registry.ts';

const { log, log1p, log2, exp } = Math;
const sigmoid = (x: number) => 1 / (1 + exp(-x));
const lists = (offsets: number[], weights: number[], sessions: number[]): WeightedLists => ({
  offsets: Uint32Array.from(offsets),
  weights: Float64Array.from(weights),
  sessions: Float64Array.from(sessions),
});

/** A fresh loss, so that one that draws draws the same every time. */
function loss(name: keyof typeof losses, options: object = {}): RankingLoss {
  const decoded = decodeOptions(name, losses[name].options, options);
  return make('loss', losses, { name, ...(decoded as object) } as never, createRng('loss'));
}

/** How a loss is told apart: linear in the weights; an exact second derivative, or a bound of it. */
interface Kind {
  readonly name: keyof typeof losses;
  readonly options?: object;
  readonly linear?: boolean;
  readonly bound?: boolean;
}
const kinds: readonly Kind[] = [
  { name: 'approx-ndcg' },
  { name: 'approx-ndcg', options: { temperature: 1, normalise: false }, linear: true },
  { name: 'label-difference' },
  { name: 'lambda-loss' },
  { name: 'lambda-loss', options: { mu: 0, normalise: false } },
  { name: 'list-mle' },
  { name: 'listwise-softmax', linear: true },
  { name: 'pairwise-hinge', linear: true, bound: true },
  { name: 'pairwise-logistic', linear: true },
  { name: 'plackett-luce', options: { samples: 10_000 }, linear: true, bound: true },
  { name: 'plackett-luce', options: { samples: 10_000, cutoff: 2 }, linear: true, bound: true },
  { name: 'pointwise-sigmoid', linear: true },
  { name: 'pointwise-squared', linear: true },
  { name: 'prop-dcg', linear: true, bound: true },
  { name: 'reciprocal-rank' },
  { name: 'reciprocal-rank', options: { temperature: 1, first: false }, linear: true },
  { name: 'reciprocal-rank', options: { ranks: 'hinge' } },
  { name: 'reciprocal-rank', options: { ranks: 'hinge', first: false }, linear: true },
  { name: 'unique-softmax' },
];

test('every loss is among them', () => {
  expect(new Set(kinds.map(({ name }) => name))).toEqual(new Set(Object.keys(losses)));
});

describe.each(kinds)('$name $options', ({ name, options, linear = false, bound = false }) => {
  const fresh = () => loss(name, options);
  const { positiveWeights = false, heldOut, logRelevance } = fresh();
  const drawn = name === 'plackett-luce';
  const rng = createRng('losses');
  const n = 9;
  const batch = lists(
    [0, 3, 3, 4, 9],
    Array.from({ length: n }, (_, i) => (i % 3 === 1 ? 0 : 5 * rng.next())),
    [4, 1, 7, 6],
  );
  const scores = Float32Array.from({ length: n }, () => 4 * rng.next() - 2);
  const signs = positiveWeights ? [1] : [1, -1];
  const signed = (sign: number): WeightedLists => ({ ...batch, weights: batch.weights.map((w) => sign * w) });

  /** Where the loss draws, its expectation. */
  function value(of: Float32Array, weighted: WeightedLists): number {
    const made = fresh();
    return drawn ? (made.heldOut?.(of, weighted) as number) : made.value(of, weighted, new Float32Array(n));
  }
  const movedBy = (i: number, by: number, weighted: WeightedLists) =>
    value(
      scores.map((s, j) => (i === j ? s + by : s)),
      weighted,
    );

  test('its gradient is the slope of its value', () => {
    for (const weighted of signs.map(signed)) {
      const gradient = new Float32Array(n).fill(Number.NaN);
      fresh().value(scores, weighted, gradient);
      for (let i = 0; i < n; i++) {
        const slope = (movedBy(i, 1 / 256, weighted) - movedBy(i, -1 / 256, weighted)) * 128;
        expect(Math.abs(slope - gradient[i])).toBeLessThan(drawn ? 0.12 : 2e-3 * (1 + Math.abs(slope)));
      }
    }
  });

  test('its curvature is the bend of its value, without its sign; or a bound of it', () => {
    const step = 1 / 64;
    for (const weighted of signs.map(signed)) {
      const curvature = new Float32Array(n).fill(Number.NaN);
      fresh().value(scores, weighted, new Float32Array(n), curvature);
      for (let i = 0; i < n; i++) {
        const bend = (movedBy(i, step, weighted) - 2 * movedBy(i, 0, weighted) + movedBy(i, -step, weighted)) / step ** 2;
        expect(curvature[i]).toBeGreaterThanOrEqual(0);
        if (bound) expect(curvature[i]).toBeGreaterThanOrEqual(bend - 1e-3);
        else expect(Math.abs(Math.abs(bend) - curvature[i])).toBeLessThan(5e-3 * (1 + Math.abs(bend)));
      }
    }
  });

  test('twice the sessions and weights cost twice', () => {
    const doubled = { ...batch, weights: batch.weights.map((w) => 2 * w), sessions: batch.sessions.map((count) => 2 * count) };
    const [one, two] = [new Float32Array(n), new Float32Array(n)];
    expect(fresh().value(scores, doubled, two)).toBeCloseTo(2 * fresh().value(scores, batch, one), 6);
    expect([...two].every((g, i) => Math.abs(g - 2 * one[i]) < 1e-4)).toBe(true);
  });

  if (heldOut)
    test('held-out lists: twice the sessions and weights cost twice, and the order of the weights costs less than its reverse', () => {
      const doubled = { ...batch, weights: batch.weights.map((w) => 2 * w), sessions: batch.sessions.map((count) => 2 * count) };
      expect(heldOut(scores, doubled)).toBeCloseTo(2 * heldOut(scores, batch), 6);
      const order = Float32Array.from(batch.weights);
      expect(heldOut(order, batch)).toBeLessThan(
        heldOut(
          order.map((s) => -s),
          batch,
        ) - 0.1,
      );
    });

  if (linear)
    test('it is linear in the weights, also where some are below 0', () => {
      const [mixed, positive, negative] = [batch.weights.map((w, i) => w - (i % 2)), batch.weights, batch.weights.map((_, i) => i % 2)];
      const of = (weights: Float64Array, sessions: Float64Array) => {
        const gradient = new Float32Array(n);
        return [fresh().value(scores, { ...batch, weights, sessions }, gradient), ...gradient];
      };
      const [sum, down] = [of(positive, batch.sessions), of(negative, new Float64Array(4))];
      of(mixed, batch.sessions).forEach((found, i) => {
        expect(found).toBeCloseTo(sum[i] - down[i], 4);
      });
    });

  test('extreme scores, and a list without weights, give finite numbers', () => {
    const [gradient, curvature] = [new Float32Array(3), new Float32Array(3)];
    for (const weights of [
      [1, 1, 0],
      [0, 0, 0],
    ]) {
      const found = fresh().value(Float32Array.of(1e4, -1e4, 0), lists([0, 3], weights, [1]), gradient, curvature);
      expect([found, ...gradient, ...curvature].every(Number.isFinite)).toBe(true);
    }
  });

  if (name !== 'pairwise-hinge')
    test('equal scores learn: the gradient raises the document of the highest weight, however the list lies', () => {
      for (const weights of [
        [3, 0, 0, 0],
        [0, 0, 0, 3],
      ]) {
        const gradient = new Float32Array(4);
        fresh().value(new Float32Array(4), lists([0, 4], weights, [6]), gradient);
        const [relevant, other] = [gradient[weights.indexOf(3)], gradient[weights.lastIndexOf(0)]];
        expect(relevant).toBeLessThan(other - 0.01);
      }
    });

  if (logRelevance)
    test('at its minimum, differences of log relevance are log ratios of weights', () => {
      const two = lists([0, 2], [3, 1], [5]);
      const s = new Float32Array(2);
      const gradient = new Float32Array(2);
      for (let step = 0; step < 20_000; step++) {
        fresh().value(s, two, gradient);
        for (let i = 0; i < 2; i++) s[i] -= 0.05 * gradient[i];
      }
      expect(logRelevance(s[0]) - logRelevance(s[1])).toBeCloseTo(log(3), 3);
    });
});

const worth = (of: RankingLoss, scores: number[], weights: number[], sessions = 1) =>
  of.value(Float32Array.from(scores), lists([0, scores.length], weights, [sessions]), new Float32Array(scores.length));

describe('values written out', () => {
  test('listwise softmax', () => {
    const partition = exp(2) + exp(1) + exp(3);
    expect(worth(loss('listwise-softmax'), [2, 1, 3], [1, 0, 0.5])).toBeCloseTo(
      -log(exp(2) / partition) - 0.5 * log(exp(3) / partition),
      12,
    );
  });

  test('pairwise logistic', () => {
    const expected = 2 * (log1p(exp(1 - 2)) + log1p(exp(3 - 2))) + 0.5 * (log1p(exp(2 - 3)) + log1p(exp(1 - 3)));
    expect(worth(loss('pairwise-logistic'), [2, 1, 3], [2, 0, 0.5])).toBeCloseTo(expected, 12);
  });

  test.each([
    ['pairwise-logistic', (by: number) => log1p(exp(-by))],
    ['pairwise-hinge', (by: number) => Math.max(0, 1 - by)],
  ] as const)('%s with weights of pairs, and its slope', (name, above) => {
    const pairs = { offsets: Uint32Array.of(0, 9), weights: Float64Array.of(9, 1, 2, 0, 9, 3, 0.5, 0, 9) }; // the 9s are of no pair
    const of = (scores: number[], gradient = new Float32Array(3)) =>
      loss(name).value(Float32Array.from(scores), { ...lists([0, 3], [3, 3, 0.5], [1]), pairs }, gradient);
    const written = ([a, b, c]: number[]) => above(a - b) + 2 * above(a - c) + 3 * above(b - c) + 0.5 * above(c - a);
    expect(of([2, 1.25, 3.25])).toBeCloseTo(written([2, 1.25, 3.25]), 12);
    const gradient = new Float32Array(3);
    of([2, 1.25, 3.25], gradient);
    [0, 1, 2].forEach((i) => {
      const moved = (by: number) => [2, 1.25, 3.25].map((s, j) => (j === i ? s + by : s));
      expect(gradient[i]).toBeCloseTo((written(moved(1e-4)) - written(moved(-1e-4))) / 2e-4, 5);
    });
  });

  test('pointwise sigmoid counts the sessions without the click', () => {
    const expected = -3 * log(sigmoid(2)) - 1 * log(1 - sigmoid(2)) - 4 * log(1 - sigmoid(1));
    expect(worth(loss('pointwise-sigmoid'), [2, 1], [3, 0], 4)).toBeCloseTo(expected, 12);
  });

  test('pointwise squared is the squared error of every session', () => {
    expect(worth(loss('pointwise-squared'), [2, 0.5], [3, 0], 4)).toBeCloseTo(3 * (1 - 2) ** 2 + 1 * 2 ** 2 + 4 * 0.5 ** 2, 12);
  });

  test('prop-dcg: hinge bounds of the ranks, never above the DCG', () => {
    const [first, third] = [1 + 0.5 + 2, 1 + 0 + 0]; // of scores 2, 1.5, 3
    expect(worth(loss('prop-dcg'), [2, 1.5, 3], [2, 0, 0.5])).toBeCloseTo(-2 / log2(1 + first) - 0.5 / log2(1 + third), 12);
    const ranks = [2, 3, 1];
    const dcg = [2, 0, 0.5].reduce((sum, w, i) => sum + w / log2(1 + ranks[i]), 0);
    expect(-worth(loss('prop-dcg'), [2, 1.5, 3], [2, 0, 0.5])).toBeLessThan(dcg);
  });

  test('unique softmax: only documents of lower weight compete', () => {
    const [a, b, c, d] = [2, 1, 0.5, 3].map(exp);
    const expected = -2 * log(a / (a + b + c + d)) - log(b / (b + c)) - log(d / (d + c));
    expect(worth(loss('unique-softmax'), [2, 1, 0.5, 3], [2, 1, 0, 1])).toBeCloseTo(expected, 12);
  });

  test('ListMLE: the likelihood of the order without ties; ties are chosen from together', () => {
    const inOrder = -log(exp(1) / (exp(1) + exp(3) + exp(2))) - log(exp(3) / (exp(3) + exp(2)));
    expect(worth(loss('list-mle'), [2, 1, 3], [-1, 2, 0.5], 5)).toBeCloseTo(5 * inOrder, 12);
    const all = exp(2) + exp(1) + exp(3);
    expect(worth(loss('list-mle'), [2, 1, 3], [4, 4, 0])).toBeCloseTo(-log(exp(2) / all) - log(exp(1) / all), 12);
    expect(worth(loss('list-mle'), [2, 1, 3], [4, 4, 4])).toBe(0);
  });

  test('lambda-loss compares held-out lists by what they miss of NDCG, ties misordered', () => {
    const { heldOut } = loss('lambda-loss');
    const two = lists([0, 3, 5], [2, 0, 1, 3, 0], [4, 5]);
    const [d2, d3] = [1 / log2(3), 1 / log2(4)];
    const first = (2 * d2 + d3) / (2 + d2); // scores 1, 2, 0
    expect(heldOut?.(Float32Array.of(1, 2, 0, 7, 7), two)).toBeCloseTo(4 * (1 - first) + 5 * (1 - d2), 12);
  });

  test('NDCG-Loss2++ and LambdaRank, ranks and gains by hand', () => {
    const d = (rank: number) => 1 / log2(1 + rank);
    const ideal = 2 * d(1) + 1 * d(2);
    const written = (mu: number) => {
      // scores 0.5, 2, 1: ranks 3, 1, 2; weights 2, 0, 1
      const pair = (difference: number, a: number, b: number, margin: number) =>
        (difference / ideal) * (Math.abs(d(a) - d(b)) + mu * (d(Math.abs(a - b)) - d(Math.abs(a - b) + 1))) * log1p(exp(-margin));
      return pair(2, 3, 1, 0.5 - 2) + pair(1, 3, 2, 0.5 - 1) + pair(1, 2, 1, 1 - 2);
    };
    expect(worth(loss('lambda-loss'), [0.5, 2, 1], [2, 0, 1], 3)).toBeCloseTo(3 * written(10), 12);
    expect(worth(loss('lambda-loss', { mu: 0 }), [0.5, 2, 1], [2, 0, 1], 3)).toBeCloseTo(3 * written(0), 12);
    expect(worth(loss('lambda-loss', { mu: 0, normalise: false }), [0.5, 2, 1], [2, 0, 1], 3)).toBeCloseTo(ideal * written(0), 12);
  });
});

/** Values that docstrings of Rax (google/rax, Apache-2.0) print; those with Gumbel noise need JAX's random keys, and are left out. */
describe("Rax's values", () => {
  test('softmax', () => {
    expect(worth(loss('listwise-softmax'), [2, 1, 3], [1, 0, 0])).toBeCloseTo(1.40761, 5);
  });

  test('gradient of softmax, mean over two lists', () => {
    const gradient = new Float32Array(6);
    loss('listwise-softmax').value(Float32Array.of(0, 1, 3, 1, 2, 0), lists([0, 3, 6], [0, 0, 1, 1, 0, 0], [1, 1]), gradient);
    const printed = [0.02100503, 0.0570976, -0.07810265, -0.37763578, 0.33262047, 0.04501529];
    gradient.forEach((slope, i) => {
      expect(slope / 2).toBeCloseTo(printed[i], 7);
    });
  });

  test('pairwise hinge, mean over the three pairs of an unmasked relevant document and another', () => {
    const two = lists([0, 2, 5], [1, 0, 0, 0, 1], [1, 1]);
    expect(loss('pairwise-hinge').value(Float32Array.of(2, 1, 1, 0.5, 1.5), two, new Float32Array(5)) / 3).toBeCloseTo(0.16667, 5);
  });

  test('pairwise logistic of one relevant document', () => {
    expect(worth(loss('pairwise-logistic'), [2, 1, 3], [1, 0, 0])).toBeCloseTo(1.6265235, 6);
  });

  test('pairwise logistic with label differences, mean over three pairs', () => {
    expect(worth(loss('label-difference'), [1.2, 0.4, 1.9], [1, 2, 0]) / 3).toBeCloseTo(1.89237, 5);
  });

  test('approximate NDCG: gains are 2^label − 1 there, its temperature 1', () => {
    const at = { temperature: 1 };
    expect(worth(loss('approx-ndcg', at), [0, 1, 3, 2], [0, 0, 1, 3])).toBeCloseTo(-0.71789, 5);
    expect(worth(loss('approx-ndcg', at), [-1, 1, 0], [0, 0, 1])).toBeCloseTo(-0.63092977, 7);
    const gradient = new Float32Array(3);
    loss('approx-ndcg', at).value(Float32Array.of(-1, 1, 0), lists([0, 3], [0, 0, 1], [1]), gradient);
    [0.03763788, 0.03763788, -0.07527576].forEach((slope, i) => {
      expect(gradient[i]).toBeCloseTo(slope, 7);
    });
  });

  test('approximate MRR, at its temperature 1, and the bound of MRR', () => {
    expect(worth(loss('reciprocal-rank', { temperature: 1 }), [0, 1, 3, 2], [0, 0, 1, 1])).toBeCloseTo(-0.69659, 5);
    expect(worth(loss('reciprocal-rank', { ranks: 'hinge' }), [0, 1, 3, 2], [0, 1, 0, 1])).toBeCloseTo(-0.33333, 5);
  });

  test('pointwise sigmoid and squared', () => {
    expect(worth(loss('pointwise-sigmoid'), [2, 1, 3], [1, 0, 0])).toBeCloseTo(4.488777, 6);
    expect(worth(loss('pointwise-squared'), [2, 1, 3], [1, 0, 0])).toBeCloseTo(11, 12);
  });
});
