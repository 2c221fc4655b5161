import { type ClickLog, positionsOf } from '../src/data/click-log.ts';
import { UsageError } from '../src/errors.ts';
import { type ListBatch, wholeBatch } from '../src/learners/batches.ts';
import { type Normaliser, normalisedLoss, normaliserFor, scorerStepper } from '../src/learners/ranking-learner.ts';
import { scoresShown } from '../src/learners/shown-documents.ts';
import { type Learner, train } from '../src/learners/train.ts';
import { defaultLosses, listwiseSoftmax, type RankingLoss } from '../src/losses/index.ts';
import { type Decoded, nullable, optional, positive, real, strictObject } from '../src/schema.ts';
import { clippedShare } from './clipped-share.ts';
import type { LearningInput } from './estimator.ts';
import { trainingBatches } from './training-batches.ts';
import { fitWithL2, scorerRanker, shownLists, weightedLists } from './weighted-learner.ts';
import { lossFault } from './weightings/loss-fault.ts';

const options = strictObject({
  relativePropensityRate: optional(positive(), 10), // learning rate of the propensity model over the ranker's
  maximumWeight: optional(nullable(real(1)), null), // of both inverse weights; null: none
  driftFactor: optional(real(1), 2), //               change of a propensity since the best held-out loss that counts as drift when training stops
  maximumRatio: optional(real(1), 1000), //            between two propensities: beyond it they have drifted, held out or not
});

type DualLearningOptions = Decoded<typeof options>;

/** θ_k / θ_0 of propensity logits: softmax(g)_k / softmax(g)_0. */
export const relativePropensities = (logits: Float32Array): Float64Array =>
  Float64Array.from(logits, (logit) => Math.exp(logit - logits[0]));

/** exp(x), at most `maximum`: a ratio of softmax values, capped. */
const cappedExp = (x: number, maximum: number | null): number => (maximum === null ? Math.exp(x) : Math.min(Math.exp(x), maximum));

/** A list of each length up to K, shortest first: that of length n starts at n (n − 1)/2. */
const listsByLength = (K: number): Uint32Array => Uint32Array.from({ length: K + 1 }, (_, n) => (n * (n + 1)) / 2);

/** @throws UsageError of a loss whose scores tell no ratios of relevance */
function logRelevanceOf(loss: RankingLoss): (score: number) => number {
  const problem = lossFault(loss, 'ratios', defaultLosses());
  if (problem !== null) throw new UsageError(`dual-learning ${problem}`);
  return loss.logRelevance as (score: number) => number;
}

/**
 * One step of both models on a batch whose weights are clicks. Returns the sum of the two losses. Propensity logits are those of the rank whatever the
 * list, so lists of one length share a softmax over them: their weights are summed before it is taken.
 */
function dualStep(
  input: LearningInput,
  scorerStep: ReturnType<typeof scorerStepper>,
  logits: Float32Array,
  { relativePropensityRate, maximumWeight }: DualLearningOptions,
  normaliser: Normaliser,
) {
  const K = logits.length;
  const logRelevance = logRelevanceOf(input.loss);
  const optimiser = input.newOptimiser(K, relativePropensityRate);
  const byLength = listsByLength(K);
  const [lengthLogits, lengthGradient] = [new Float32Array(byLength[K]), new Float32Array(byLength[K])];
  const relevanceCorrected = new Float64Array(byLength[K]); // summed over the lists of a length
  const logitGradient = new Float32Array(K);
  const inversePropensity = new Float64Array(K);
  let propensityCorrected = new Float64Array(0); // kept while batches stay as long
  return (batch: ListBatch): number => {
    const { offsets, weights: clicks, sessions } = batch;
    if (propensityCorrected.length !== clicks.length) propensityCorrected = new Float64Array(clicks.length);
    relevanceCorrected.fill(0);
    for (let k = 0; k < K; k++) inversePropensity[k] = cappedExp(logits[0] - logits[k], maximumWeight);
    for (let n = 1; n <= K; n++) lengthLogits.set(logits.subarray(0, n), byLength[n - 1]);
    let examinationLoss = 0;
    const rankingLoss = scorerStep(batch, (scores, ...slopes) => {
      for (let l = 0; l + 1 < offsets.length; l++) {
        const start = offsets[l];
        const length = offsets[l + 1] - start;
        if (length === 0) continue;
        const first = logRelevance(scores[start]);
        const summed = byLength[length - 1];
        for (let k = 0; k < length; k++) {
          const i = start + k;
          const clicked = clicks[i] > 0; // else no weight, however large the ratio: 0 · ∞ is not 0
          propensityCorrected[i] = clicked ? clicks[i] * inversePropensity[k] : 0;
          if (clicked) relevanceCorrected[summed + k] += clicks[i] * cappedExp(first - logRelevance(scores[i]), maximumWeight);
        }
      }
      const forPropensities = { offsets: byLength, sessions, weights: relevanceCorrected };
      examinationLoss = normalisedLoss(listwiseSoftmax, forPropensities, 'weights', lengthLogits, lengthGradient);
      return normalisedLoss(input.loss, { offsets, sessions, weights: propensityCorrected }, normaliser, scores, ...slopes);
    });
    logitGradient.fill(0);
    for (let n = 1; n <= K; n++) for (let k = 0; k < n; k++) logitGradient[k] += lengthGradient[byLength[n - 1] + k];
    optimiser.step(logits, logitGradient);
    return rankingLoss + examinationLoss;
  };
}

/**
 * The click cross-entropy of both models together, − Σ c log softmax(log relevance + propensity logits) / Σ c over the list: the criterion for
 * early stopping. A proper score of where in its list a click falls, so lowest in expectation where relevance · propensity is right
 * (the two separate losses cannot serve: each one's weights move with the other model).
 */
export function jointClickLoss(input: LearningInput, batch: ListBatch, scores: Float32Array, logits: Float32Array): number {
  const joint = new Float32Array(scores.length);
  const logRelevance = logRelevanceOf(input.loss);
  for (let l = 0; l + 1 < batch.offsets.length; l++)
    for (let i = batch.offsets[l]; i < batch.offsets[l + 1]; i++) joint[i] = logRelevance(scores[i]) + logits[i - batch.offsets[l]];
  return normalisedLoss(listwiseSoftmax, batch, 'weights', joint, new Float32Array(joint.length));
}

/** How far a propensity ratio may go, and how far it may have moved since held-out clicks were predicted best, before it counts as drift. */
function propensityDrift(
  logits: Float32Array,
  best: Float32Array | null,
  { driftFactor, maximumRatio }: DualLearningOptions,
): string | null {
  for (let k = 1; k < logits.length; k++) {
    const now = logits[k] - logits[0];
    const moved = best === null ? 1 : Math.exp(Math.abs(now - (best[k] - best[0])));
    const what = `propensity of rank ${k + 1} over that of rank 1`;
    if (Math.abs(now) > Math.log(maximumRatio))
      return `${what} reached ${Math.exp(now).toPrecision(3)}, beyond a factor of ${maximumRatio}`;
    if (moved > driftFactor) return `${what} moved by a factor of ${moved.toPrecision(3)} while held-out clicks were predicted no better`;
  }
  return null;
}

/**
 * The Dual Learning Algorithm (Ai et al., SIGIR 2018): ranker f and propensity logits g learnt jointly from the log alone.
 * Ranking loss: ℓ(f, c · w), w_k = softmax(g)_0 / softmax(g)_k. Propensity loss: ℓ(g, c · v), v_i = softmax(f)_0 / softmax(f)_i over the list
 * (position 0 first). ℓ(s, u) = − Σ u_i log softmax(s)_i / Σ u_i; both weights are constants of the step, both optimisers keep their state.
 * θ_k / θ_0 is found only as well as the ranker can express relevance ratios: an over-flexible ranker leaves it undetermined, and it drifts.
 */
export const dualLearning = {
  description: 'Dual Learning Algorithm: ranker and propensities learnt together from the log alone (Ai et al. 2018)',
  weights: 'ratios',
  options,
  create: (chosen: DualLearningOptions) => (input: LearningInput) => {
    const clicksOnly = (_: unknown, clicks: Float64Array) => clicks;
    const lists = weightedLists(input.train, clicksOnly);
    const heldOut = input.heldOut && wholeBatch(input.heldOut.querySet, weightedLists(input.heldOut, clicksOnly));
    const positions = Math.max(
      input.pieces?.positions ?? 0,
      positionsOf(input.train.log),
      heldOut ? positionsOf(heldOut as Pick<ClickLog, 'offsets'>) : 0,
    );
    const { maximumGradientNorm } = input.training;
    const { maximumWeight } = chosen;
    return fitWithL2(input, (scorer, l2) => {
      const logits = new Float32Array(positions);
      const scorerStep = scorerStepper({ scorer, optimiser: input.newOptimiser(scorer.parameters.length), maximumGradientNorm, l2 });
      const learner: Learner = {
        parameters: [scorer.parameters, logits],
        step: dualStep(input, scorerStep, logits, chosen, normaliserFor(scorer, 'weights')),
        heldOutLoss: () => heldOut && jointClickLoss(input, heldOut, scoresShown(scorer, heldOut), logits),
        drift: (best) => propensityDrift(logits, best?.[1] ?? null, chosen),
      };
      const { batches, passes } = trainingBatches(input, lists, scorer.boosting ? undefined : (logged) => shownLists(logged, clicksOnly));
      const { curve, status } = train(learner, batches, input.training);
      const message = heldOut
        ? status.message
        : `${status.message}; without held-out clicks, drift short of ${chosen.maximumRatio} goes unseen`;
      return {
        rank: scorerRanker(scorer),
        scorer,
        examination: relativePropensities(logits),
        examinationSource: 'learnt' as const,
        ...(maximumWeight === null
          ? {}
          : { clippedShare: clippedShare(input.train.log, (_, k) => logits[0] - logits[k] > Math.log(maximumWeight)) }),
        record: { curve, status: { ...status, message } },
        ...passes(),
      };
    });
  },
} as const;
