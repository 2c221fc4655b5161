import { UsageError } from '../../../src/errors.ts';
import type { Scorer } from '../../../src/models/scorer.ts';
import { scorers } from '../../../src/models/scorers.ts';
import { type TransformerOptions, transformer } from '../../../src/models/transformer.ts';
import { createRng } from '../../../src/random/rng.ts';
import { openBackend } from '../../../src/tensor/backend.ts';
import { numericGradient, someFeatures, waveLoss } from './numeric-gradient.ts';

const F = 3;
const offsets = Uint32Array.of(0, 4, 5, 5, 9); // of four, one, no and four documents
const features = someFeatures(9 * F);
const small: TransformerOptions = { layers: 2, heads: 2, width: 4, feedForward: 5, activation: 'tanh' };

beforeAll(() => openBackend('cpu'));

/** With biases and gains that are neither 0 nor 1. */
function newOne(options: Partial<TransformerOptions> = {}, seed = 'transformer'): Scorer {
  const scorer = scorers.transformer.create({ ...small, ...options }, F, createRng(seed));
  for (let p = 0; p < scorer.parameters.length; p++) scorer.parameters[p] += 0.2 * Math.sin(p);
  return scorer;
}

/** Of one query, by the formulas in double precision. */
function plainScores({ parameters }: Scorer, x: number[][], { layers, heads, width, feedForward }: TransformerOptions): number[] {
  let at = 0;
  const take = (n: number) => {
    at += n;
    return Array.from(parameters.subarray(at - n, at));
  };
  const dense = (rows: number[][], outputs: number) => {
    const [w, b] = [take(rows[0].length * outputs), take(outputs)];
    return rows.map((row) => b.map((bias, j) => row.reduce((sum, value, k) => sum + value * w[k * outputs + j], bias)));
  };
  const norm = (rows: number[][]) => {
    const [gain, bias] = [take(width), take(width)];
    return rows.map((row) => {
      const mean = row.reduce((sum, value) => sum + value, 0) / width;
      const variance = row.reduce((sum, value) => sum + (value - mean) ** 2, 0) / width;
      return row.map((value, j) => (gain[j] * (value - mean)) / Math.sqrt(variance + 1e-5) + bias[j]);
    });
  };
  const plus = (a: number[][], b: number[][]) => a.map((row, i) => row.map((value, j) => value + b[i][j]));
  const attention = (qkv: number[][]) =>
    qkv.map((own) =>
      Array.from({ length: width }, (_, c) => {
        const first = Math.floor(c / (width / heads)) * (width / heads);
        const columns = Array.from({ length: width / heads }, (_, k) => first + k);
        const e = qkv.map((other) => Math.exp(columns.reduce((sum, k) => sum + own[k] * other[width + k], 0) / Math.sqrt(width / heads)));
        const all = e.reduce((sum, value) => sum + value, 0);
        return qkv.reduce((sum, other, j) => sum + (e[j] / all) * other[2 * width + c], 0);
      }),
    );
  let h = dense(x, width);
  for (let l = 0; l < layers; l++) {
    h = plus(h, dense(attention(dense(norm(h), 3 * width)), width));
    const units = dense(norm(h), feedForward).map((row) => row.map(Math.tanh));
    h = plus(h, dense(units, width));
  }
  const scores = dense(norm(h), 1).flat();
  expect(at).toBe(parameters.length);
  return scores;
}

const rowsOf = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => [...features.subarray((from + i) * F, (from + i + 1) * F)]);

test('scores are those of the formulas, query by query', () => {
  const scorer = newOne();
  const scores = scorer.score(features, offsets);
  const expected = [0, 1, 3].flatMap((q) => plainScores(scorer, rowsOf(offsets[q], offsets[q + 1]), small));
  for (const [i, score] of scores.entries()) expect(score).toBeCloseTo(expected[i], 5);
});

test.each<Partial<TransformerOptions>>([{}, { activation: 'elu' }, { activation: 'relu', heads: 1 }, { layers: 1, heads: 4 }])(
  'the gradient agrees with central differences: %j',
  (options) => {
    const scorer = newOne(options);
    const gradient = new Float32Array(scorer.parameters.length).fill(9);
    const loss = scorer.lossGradient(features, waveLoss, gradient, offsets);
    expect(loss).toBeCloseTo(waveLoss(scorer.score(features, offsets), new Float32Array(9)), 5);
    for (const [p, slope] of numericGradient(scorer, features, waveLoss, 2e-3, offsets).entries())
      expect(Math.abs(gradient[p] - slope)).toBeLessThan(1e-2 * (1 + Math.abs(slope)));
  },
);

test('documents of a query in another order have the same scores in that order, and other queries do not matter', () => {
  const scorer = newOne();
  const scores = scorer.score(features, offsets);
  const order = [2, 0, 3, 1];
  const permuted = Float32Array.from(order.flatMap((doc) => rowsOf(doc, doc + 1).flat()));
  const alone = scorer.score(permuted, Uint32Array.of(0, 4));
  for (const [i, doc] of order.entries()) expect(alone[i]).toBeCloseTo(scores[doc], 5);
  const changed = features.slice();
  changed[3 * F] += 1; // of the first query
  const other = scorer.score(changed, offsets);
  expect(other.subarray(4)).toEqual(scores.subarray(4));
  expect(Math.abs(other[0] - scores[0])).toBeGreaterThan(1e-4); // its neighbours do
});

test('memory that is kept for many documents leaves nothing in passes over few', () => {
  const scorer = newOne();
  const few = scorer.score(features.subarray(0, 4 * F), offsets.subarray(0, 2));
  scorer.score(someFeatures(50 * F), Uint32Array.of(0, 30, 50));
  expect(scorer.score(features.subarray(0, 4 * F), offsets.subarray(0, 2))).toEqual(few);
  expect(scorer.score(new Float32Array(0), Uint32Array.of(0))).toHaveLength(0);
});

test('queries that do not fit in memory at once are worked off in blocks, with the same scores and gradient', () => {
  const whole = newOne();
  const blocks = transformer({ name: 'transformer', featureCount: F, ...small }, 1);
  blocks.parameters.set(whole.parameters);
  const [one, other] = [whole, blocks].map((scorer) => {
    const gradient = new Float32Array(scorer.parameters.length).fill(9);
    const loss = scorer.lossGradient(features, waveLoss, gradient, offsets);
    return [...scorer.score(features, offsets), loss, ...gradient];
  });
  for (const [i, value] of one.entries()) expect(Math.abs(other[i] - value)).toBeLessThan(1e-4 * (1 + Math.abs(value)));
});

test('what it cannot score is refused in one line', () => {
  const scorer = newOne();
  expect(() => scorer.score(features)).toThrow(
    new UsageError(
      'the ranker transformer scores the documents of whole queries, but no offsets of queries are given; give those of the query set',
    ),
  );
  expect(() => scorer.score(features, Uint32Array.of(0, 4))).toThrow('the offsets end at 4 of 9 documents');
  expect(() => transformer({ name: 'transformer', featureCount: F, ...small, heads: 3 })).toThrow(
    new UsageError('width 4 is not divisible by heads 3, which share it; give a multiple, such as 6'),
  );
});
