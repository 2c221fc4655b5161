import { sgd } from '../../../src/learners/sgd.ts';
import { featurePairModel } from '../../../src/models/feature-pair-model.ts';
import { linear } from '../../../src/models/linear.ts';
import { matrixFactorisation } from '../../../src/models/matrix-factorisation.ts';
import { type PairModel, scorePair } from '../../../src/models/pair-model.ts';
import { createRng } from '../../../src/random/rng.ts';

const optimiser = { name: 'sgd', learningRate: 1, momentum: 0 } as const;
const factors = (biases: boolean, dimension: number, l2 = 0) =>
  matrixFactorisation(
    { dimension, biases, initialScale: 0.5, initialBias: 0.2 },
    { users: 5, items: 4, optimiser, l2 },
    createRng('model'),
  );
const features = (l2 = 0) =>
  featurePairModel(
    { values: Float32Array.of(1, 0, 2, 1, -1, 3, 0, 1, 1, 1), width: 2 },
    { values: Float32Array.of(1, 2, 3, 4), width: 1 },
    linear,
    (count) => sgd.create({ learningRate: 1, momentum: 0 }, count),
    l2,
  );
/** Users and items repeat within the batch, and one pair is there twice. */
const users = Uint32Array.of(0, 2, 0, 3, 0);
const items = Uint32Array.of(1, 1, 3, 0, 1);
const derivative = Float32Array.of(0.5, -0.3, 0.2, 0, -0.1);
const weighted = (model: PairModel) => {
  const scores = new Float32Array(5);
  model.score(users, items, 5, scores);
  return scores.reduce((sum, s, b) => sum + derivative[b] * s, 0);
};

test.each([
  ['matrix factorisation with biases', () => factors(true, 6)],
  ['matrix factorisation without biases', () => factors(false, 5)],
  ['features', () => features()],
])('%s: a step of rate 1 goes by the gradient of Σ derivative · score, at the parameters before it', (_, create) => {
  const [model, moved] = [create(), create()];
  moved.step(users, items, 5, derivative);
  model.parameters.forEach((values, p) => {
    for (let at = 0; at < values.length; at++) {
      const kept = values[at];
      values[at] = kept + 0.01;
      const above = weighted(model);
      values[at] = kept - 0.01;
      const slope = (above - weighted(model)) / 0.02;
      values[at] = kept;
      expect(moved.parameters[p][at] - kept).toBeCloseTo(-slope, 4);
    }
  });
});

test('scores are p · q + b_u + c_i + a for any dimension', () => {
  for (const dimension of [1, 3, 4, 7]) {
    const model = factors(true, dimension);
    const [P, Q, [a]] = model.parameters;
    const width = dimension + 1;
    let expected = a + P[2 * width + dimension] + Q[3 * width + dimension];
    for (let f = 0; f < dimension; f++) expected += P[2 * width + f] * Q[3 * width + f];
    expect(scorePair(model, 2, 3)).toBeCloseTo(expected, 6);
  }
});

test('L2 shrinks the rows that a batch meets, and no others', () => {
  const [model, start] = [factors(true, 3, 0.1), factors(true, 3)];
  model.step(users.subarray(0, 1), items.subarray(0, 1), 1, Float32Array.of(1e-12));
  const [P, before] = [model.parameters[0], start.parameters[0]];
  for (let at = 0; at < P.length; at++) expect(P[at]).toBeCloseTo(at < 4 ? 0.9 * before[at] : before[at], 6);
});

test('a batch larger than the buffers of all before it', () => {
  const model = matrixFactorisation(
    { dimension: 2, biases: false, initialScale: 1, initialBias: 0 },
    { users: 500, items: 1, optimiser, l2: 0 },
    createRng('big'),
  );
  const before = model.parameters[0].slice();
  const [q0, q1] = model.parameters[1];
  model.step(
    Uint32Array.from({ length: 500 }, (_, u) => u),
    new Uint32Array(500),
    500,
    new Float32Array(500).fill(0.5),
  );
  model.parameters[0].forEach((value, at) => {
    expect(value).toBeCloseTo(before[at] - 0.5 * (at % 2 === 0 ? q0 : q1), 5);
  });
});

test('features of neither side are refused', () => {
  expect(() => featurePairModel(null, null, linear, (count) => sgd.create({ learningRate: 1, momentum: 0 }, count), 0)).toThrow(
    /needs features/,
  );
});

test('a step forgets the gradients of the steps before it', () => {
  const model = factors(false, 4);
  model.step(users, items, 5, derivative);
  const [P, Q] = model.parameters.map((values) => values.slice());
  model.step(Uint32Array.of(0), Uint32Array.of(1), 1, Float32Array.of(0.5));
  for (let f = 0; f < 4; f++) {
    expect(model.parameters[0][f]).toBeCloseTo(P[f] - 0.5 * Q[4 + f], 6);
    expect(model.parameters[1][4 + f]).toBeCloseTo(Q[4 + f] - 0.5 * P[f], 6);
  }
});
