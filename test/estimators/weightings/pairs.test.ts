import {
  type EstimatedBias,
  inverseLoggingPropensities,
  type LearningInput,
  learnFromLists,
  type Weighting,
  weightings,
} from '../../../estimators/index.ts';
import { UsageError } from '../../../src/errors.ts';
import { listBatches } from '../../../src/learners/batches.ts';
import { optimisers } from '../../../src/learners/optimisers.ts';
import { listwiseSoftmax, pairwiseLogistic, pointwiseSigmoid, type RankingLoss } from '../../../src/losses/index.ts';
import { linear } from '../../../src/models/linear.ts';
import { createRng } from '../../../src/random/rng.ts';
import { bias, exactLog, examination, attraction as gamma, share } from '../world.ts';

const n = 1000;
const log = exactLog(n);
const querySet = {
  queryIds: ['1', '2'],
  docIds: ['1', '2', '3', '4', '5', '6'],
  offsets: Uint32Array.of(0, 3, 6),
  features: Float32Array.from({ length: 36 }, (_, i) => Number(i % 7 === 0)),
  featureCount: 6,
  labels: new Float32Array(6),
};
const input = (loss: RankingLoss): LearningInput => ({
  train: { querySet, log, knownBias: null },
  heldOut: null,
  randomised: null,
  production: null,
  highestGrade: 2,
  loss,
  training: { steps: 20, batchLists: 1, maximumGradientNorm: null, l2: 0, evaluateEvery: 10, patience: null, tolerance: 0 },
  rng: createRng('pairs'),
  newScorer: () => linear(6),
  newOptimiser: (count) => optimisers.sgd.create({ learningRate: 0.1, momentum: 0 }, count),
});
const estimated: EstimatedBias = { source: 'given', examination, of: () => bias as never };
const ratio = (clip: number) => weightings['propensity-ratio'].create({ clip })(input(pairwiseLogistic), estimated);

test('propensity ratios: n γ_i θ_j (1 − θ_j γ_j) on expected counts; a clip on θ_i only', () => {
  for (const clip of [0, 0.25]) {
    const { pairs, weights, sessions } = ratio(clip).train;
    expect([...(pairs?.offsets ?? [])]).toEqual([0, 9, 18]);
    for (const l of [0, 1]) {
      expect(sessions[l]).toBeCloseTo(n * share[l], 8);
      for (const i of [0, 1, 2]) {
        let sum = 0;
        for (const j of [0, 1, 2].filter((other) => other !== i)) {
          const [ci, cj] = [i, j].map((k) => examination[k] * gamma[3 * l + k]);
          const expected = (n * share[l] * ci * (1 - cj) * examination[j]) / Math.max(examination[i], clip);
          expect(pairs?.weights[9 * l + 3 * i + j]).toBeCloseTo(expected, 8);
          sum += expected;
        }
        expect(weights[3 * l + i]).toBeCloseTo(sum, 8);
      }
    }
  }
  expect(ratio(0.25).clippedShare).toBeGreaterThan(0);
});

test('batches take the pairs of their lists along', () => {
  const { train } = ratio(0);
  const batches = listBatches(querySet, train, 1, createRng('batches'));
  const two = [batches.next().value, batches.next().value].sort((a, b) => a.sessions[0] - b.sessions[0]);
  two.forEach((batch, l) => {
    expect([...(batch.pairs?.weights ?? [])]).toEqual([...(train.pairs?.weights.subarray(9 * l, 9 * l + 9) ?? [])]);
    expect([...(batch.pairs?.offsets ?? [])]).toEqual([0, 9]);
  });
});

const learn = (weighting: keyof typeof weightings, loss: RankingLoss) => {
  const { train, heldOut, normaliser } = weightings[weighting].create({ clip: 0, folds: 2 } as never)(input(loss), {
    ...estimated,
    affine: { kind: 'affine', alpha: examination.map((theta) => theta / 2), beta: Float64Array.of(0.05, 0.3, 0.05) },
  } as EstimatedBias);
  return learnFromLists(input(loss), train, heldOut, normaliser);
};

describe.each(Object.keys(weightings) as (keyof typeof weightings)[])('%s', (weighting) => {
  test.each([listwiseSoftmax, pairwiseLogistic, pointwiseSigmoid])('with $name: trained, or refused with the reason', (loss) => {
    if (weighting === 'propensity-ratio' && loss !== pairwiseLogistic)
      expect(() => learn(weighting, loss)).toThrow(
        new UsageError(
          `this weighting weighs pairs of documents, and the loss ${loss.name} takes one weight for each: use pairwise-hinge or pairwise-logistic`,
        ),
      );
    else expect(learn(weighting, loss).scorer?.parameters.every(Number.isFinite)).toBe(true);
  });
});

test('a loss that is undefined below 0 is refused where weights are', () => {
  const logarithmic: RankingLoss = { ...listwiseSoftmax, name: 'logarithmic', positiveWeights: true };
  expect(() => learn('affine', logarithmic)).toThrow(/weights below 0 .*which the loss logarithmic does not take/);
  expect(() => learn('ips', logarithmic)).not.toThrow();
});

describe('inverse logging propensities', () => {
  // document 0: three sessions at rank 1, one at rank 2; document 1 the rest; document 2 always at rank 3
  const shown = {
    ...log,
    queries: Uint32Array.of(0, 0),
    docs: Uint32Array.of(0, 1, 2, 1, 0, 2),
    list: Uint32Array.of(0, 1),
    clickOffsets: Uint32Array.of(0, 3, 6),
    clicks: Uint8Array.of(1, 0, 1, 1, 0, 0),
    count: Float64Array.of(3, 1),
  };

  test('1/π̂(k|d), with mean 1 over impressions: a document counts alike at each of its ranks', () => {
    const raw = [4 / 3, 4 / 3, 1, 4, 4, 1];
    const mean = raw.reduce((sum, v, i) => sum + (i < 3 ? 3 : 1) * v, 0) / 12;
    inverseLoggingPropensities(shown, 0).forEach((weight, i) => {
      expect(weight).toBeCloseTo(raw[i] / mean, 12);
    });
  });

  test('are clipped, and multiply the clicks', () => {
    const weights = inverseLoggingPropensities(shown, 0.5);
    expect(weights[3] / weights[0]).toBeCloseTo(2 / (4 / 3), 12);
    const one = input(listwiseSoftmax);
    const weighting: Weighting = weightings['inverse-logging-propensity'].create({ clip: 0.5 });
    const { train } = weighting({ ...one, train: { ...one.train, log: shown } }, estimated);
    [3, 0, 3, 1, 0, 0].forEach((clicks, i) => {
      expect(train.weights[i]).toBeCloseTo(clicks * weights[i], 12);
    });
    expect(() => inverseLoggingPropensities(shown, 2)).toThrow(/clip must be in \[0, 1\], got 2/);
  });
});
