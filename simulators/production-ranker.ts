import { filledFeatures, presentMeans } from '../src/data/missing-values.ts';
import type { QuerySet } from '../src/data/query-set.ts';
import { UsageError } from '../src/errors.ts';
import { type GainRule, gainScale } from '../src/label-gains.ts';
import { adam } from '../src/learners/adam.ts';
import { listBatches } from '../src/learners/batches.ts';
import { rankingLearner } from '../src/learners/ranking-learner.ts';
import type { TrainingRecord } from '../src/learners/train.ts';
import { trainToConvergence } from '../src/learners/train-to-convergence.ts';
import { listwiseSoftmax } from '../src/losses/listwise-softmax.ts';
import { linear } from '../src/models/linear.ts';
import { permutation } from '../src/random/permutation.ts';
import type { Rng } from '../src/random/rng.ts';

const steps = 200;
const l2 = 0.05;

/** Queries in random order whose labels a ranker can learn from: some documents are better than others. */
function labelledQueries({ offsets, labels }: QuerySet, gain: (label: number) => number, rng: Rng): Uint32Array {
  return permutation(offsets.length - 1, rng).filter((q) => {
    const own = labels.subarray(offsets[q], offsets[q + 1]);
    return own.some((label) => gain(label) !== gain(own[0]));
  });
}

/** Scores of all documents of a query set, and how its training ended; null where it was not trained. */
export type ProductionRanker = ((set: QuerySet) => Float32Array) & { readonly record: TrainingRecord | null };

/**
 * The ranker that ordered the lists of a simulated log: a linear model (listwise softmax, L2 0.05, Adam to convergence) trained on the labels of a
 * random share of the training queries, at least one. A share of 0 gives random scores. Joachims et al., WSDM 2017, use 1 %.
 * Documents count by g(y)/g(Y) of their label, g(y) = 2^y − 1 unless `gains` say otherwise.
 * A feature that is missing counts as its mean in training, whatever learns from the clicks.
 * @returns the scores of all documents of a query set
 * @throws UsageError as `gainScale`, for a share outside [0, 1], or when no training query has documents of different labels
 */
export function productionRanker(
  train: QuerySet,
  { share, highestGrade, gains = 'exponential' }: { share: number; highestGrade: number; gains?: GainRule },
  rng: Rng,
): ProductionRanker {
  if (!(share >= 0 && share <= 1)) throw new UsageError(`production share must be in [0, 1], got ${share}`);
  if (share === 0) {
    const randomScores = (set: QuerySet) => {
      const stream = rng.fork('scores');
      return Float32Array.from(set.labels, () => stream.next());
    };
    return Object.assign(randomScores, { record: null });
  }
  const { gain, highest } = gainScale(gains, highestGrade);
  const usable = labelledQueries(train, gain, rng);
  if (usable.length === 0)
    throw new UsageError('no training query has documents of different labels: a production ranker has nothing to learn');
  const chosen = usable.subarray(0, Math.max(1, Math.round(share * (train.offsets.length - 1))));
  const offsets = new Uint32Array(chosen.length + 1);
  const docs: number[] = [];
  for (let c = 0; c < chosen.length; c++) {
    for (let d = train.offsets[chosen[c]]; d < train.offsets[chosen[c] + 1]; d++) docs.push(d);
    offsets[c + 1] = docs.length;
  }
  const weights = Float64Array.from(docs, (d) => ((train.weights?.[d] ?? 1) * gain(train.labels[d])) / highest);
  const lists = { offsets, docs: Uint32Array.from(docs), weights, sessions: new Float64Array(chosen.length).fill(1) };
  const scorer = linear(train.featureCount);
  const optimiser = adam.create({ learningRate: 0.05, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 }, scorer.parameters.length);
  const learner = rankingLearner({ scorer, loss: listwiseSoftmax, optimiser, normaliser: 'sessions', maximumGradientNorm: null, l2 }, null);
  const means = presentMeans(train);
  const batches = listBatches({ ...train, features: filledFeatures(train, means) }, lists, 'all', rng);
  const record = trainToConvergence(learner, batches, { steps, evaluateEvery: steps / 10 }, 1);
  return Object.assign((set: QuerySet) => scorer.score(filledFeatures(set, means)), { record });
}
