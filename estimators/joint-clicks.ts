import { type ClickLog, positionsOf } from '../src/data/click-log.ts';
import { UsageError } from '../src/errors.ts';
import { type ListBatch, listBatches, type RankingLists, wholeBatch } from '../src/learners/batches.ts';
import { normaliserOf, scorerStepper } from '../src/learners/ranking-learner.ts';
import { scoresShown } from '../src/learners/shown-documents.ts';
import { type Learner, type TrainingRecord, train } from '../src/learners/train.ts';
import type { Scorer } from '../src/models/scorer.ts';
import type { LearningInput, LoggedClicks } from './estimator.ts';
import { fitWithL2, weightedLists } from './weighted-learner.ts';

/**
 * −[c log p + (n − c) log(1 − p)] of c clicks in n sessions, p a function of a document's score and of the numbers of its rank. Writes its derivative by the
 * score to `slopes[0]`, by the numbers after it; to `bends` likewise second derivatives, or bounds of them that are ≥ 0: n σ(v)(1 − σ(v)) of log-odds v is what
 * a loss bends by where each session says of all events whether they happened, which bounds what it bends by else.
 */
export type RankClickLoss = (
  score: number,
  numbers: Float64Array,
  clicks: number,
  sessions: number,
  slopes: Float64Array,
  bends: Float64Array,
) => number;

/** A click model of a score and numbers by rank, and how these are learnt beside the scorer. */
export interface JointModel {
  readonly loss: RankClickLoss;
  readonly tables: number; // numbers of each rank
  readonly start: (clickRate: number) => readonly number[]; // those of every rank before training, by clicks over impressions
  readonly relativeRate: number; //      learning rate of the numbers over the scorer's; of one that is boosted they take steps of Newton's instead
  /** Instead of a step of the optimiser: moves the numbers by their slopes, summed over so many sessions of each rank. @param share of all sessions that the batch has */
  readonly maximise?: (numbers: Float32Array, slopes: Float64Array, sessions: Float64Array, share: number) => void;
  /** Numbers as they lie in their one array, K of one table, or more: they stay as they are, in place of a start. */
  readonly frozen?: ArrayLike<number>;
  readonly weigh?: (log: ClickLog) => Float64Array; // how much each shown document of a log counts; all alike when absent
  readonly dropout?: { readonly rate: number; readonly drop: () => boolean }; // of a document's rank numbers, in training
  /** What a step adds to the loss for the scores; adds its derivative to `slopes`. */
  readonly penalty?: (batch: ListBatch, scores: Float32Array, numbers: Float32Array, slopes: Float32Array) => number;
}

export interface JointFit {
  readonly scorer: Scorer;
  readonly numbers: readonly Float64Array[]; // by table and rank
  readonly record: TrainingRecord;
}

/** Sums of a batch by rank, numbers as they lie in their one array. */
interface RankSums {
  readonly slopes: Float64Array;
  readonly bends: Float64Array;
  readonly sessions: Float64Array; // length K
}

/** Mean over sessions of the loss of a batch at its scores; writes its derivatives, those by rank summed over sessions. */
function batchLoss(
  { loss, tables, dropout }: JointModel,
  { offsets, weights: clicks, sessions }: ListBatch,
  weightOf: (l: number, k: number) => number,
  scores: Float32Array,
  numbers: Float32Array,
  into: { readonly scores: Float32Array; readonly curvature?: Float32Array | undefined; readonly ranks: RankSums; readonly drops: boolean },
): number {
  const K = into.ranks.sessions.length;
  const all = normaliserOf({ offsets, weights: clicks, sessions }, 'sessions');
  const own = new Float64Array(tables);
  const [slopes, bends] = [new Float64Array(1 + tables), new Float64Array(1 + tables)];
  into.ranks.slopes.fill(0);
  into.ranks.bends.fill(0);
  into.ranks.sessions.fill(0);
  let sum = 0;
  for (let l = 0; l + 1 < offsets.length; l++)
    for (let i = offsets[l]; i < offsets[l + 1]; i++) {
      const k = i - offsets[l];
      const weight = weightOf(l, k);
      const keeps = !into.drops || dropout === undefined ? 1 : dropout.drop() ? 0 : 1 / (1 - dropout.rate);
      for (let t = 0; t < own.length; t++) own[t] = keeps * numbers[t * K + k];
      sum += loss(scores[i], own, weight * clicks[i], weight * sessions[l], slopes, bends);
      into.scores[i] = slopes[0] / all;
      if (into.curvature) into.curvature[i] = bends[0] / all;
      into.ranks.sessions[k] += weight * sessions[l];
      for (let t = 0; t < own.length; t++) {
        into.ranks.slopes[t * K + k] += keeps * slopes[1 + t];
        into.ranks.bends[t * K + k] += keeps ** 2 * bends[1 + t];
      }
    }
  return sum / all;
}

/** Below it nothing is known of a rank: LightGBM's. */
const leastBend = 1e-3;

/** As LightGBM moves its position biases, by one step of Newton's a round, shrunk like the trees. */
function newtonStep(numbers: Float32Array, { slopes, bends }: RankSums, rate: number): void {
  for (let k = 0; k < numbers.length; k++) numbers[k] -= (rate * slopes[k]) / (bends[k] + leastBend);
}

/** Clicks over impressions. */
function clickRate({ offsets, weights: clicks, sessions }: RankingLists): number {
  const shown = sessions.reduce((sum, n, l) => sum + n * (offsets[l + 1] - offsets[l]), 0);
  return clicks.reduce((sum, c) => sum + c, 0) / shown;
}

/**
 * Fits a scorer and numbers by rank to counted clicks by the likelihood of a click model, full of lists or in batches; early stopping by the likelihood of
 * held-out clicks. Clicks and sessions of each shown document are all it needs: the cost goes by distinct lists, whatever the number of sessions.
 */
export function fitJointly(input: LearningInput, model: JointModel): JointFit {
  const { training, rng } = input;
  const { weigh } = model;
  const prepared = (logged: LoggedClicks) => {
    const lists = weightedLists(logged, (_, clicks) => clicks);
    const weights = weigh && weightedLists(logged, ({ log }) => weigh(log)).weights;
    const weightOf =
      (batch: ListBatch) =>
      (l: number, k: number): number =>
        weights === undefined ? 1 : weights[lists.offsets[batch.lists[l]] + k];
    return { lists, weightOf };
  };
  const { lists, weightOf } = prepared(input.train);
  const heldOut = input.heldOut && prepared(input.heldOut);
  const held = heldOut && input.heldOut && wholeBatch(input.heldOut.querySet, heldOut.lists);
  const K = Math.max(positionsOf(lists), held === null ? 0 : positionsOf(held));
  const sessionsOfAll = normaliserOf(lists, 'sessions');
  const size = model.tables * K;
  if (model.frozen !== undefined && model.frozen.length < size)
    throw new UsageError(
      `the frozen bias tells of ${model.frozen.length} ranks, but lists have ${K}; estimate it where all of them are shown`,
    );
  const start = model.start(clickRate(lists));
  const ranks = { slopes: new Float64Array(size), bends: new Float64Array(size), sessions: new Float64Array(K) };
  const unused = new Float32Array(held?.rows.length ?? 0);
  return fitWithL2(input, (scorer, l2) => {
    const numbers = Float32Array.from({ length: size }, (_, i) => model.frozen?.[i] ?? start[Math.floor(i / K)]);
    const optimiser = input.newOptimiser(scorer.parameters.length);
    const ofNumbers = input.newOptimiser(size, model.relativeRate);
    const stepScorer = scorerStepper({ scorer, optimiser, maximumGradientNorm: training.maximumGradientNorm, l2 });
    const learner: Learner = {
      parameters: [scorer.parameters, numbers],
      step(batch) {
        const value = stepScorer(batch, (scores, slopes, curvature) => {
          const loss = batchLoss(model, batch, weightOf(batch), scores, numbers, { scores: slopes, curvature, ranks, drops: true });
          return loss + (model.penalty?.(batch, scores, numbers, slopes) ?? 0);
        });
        const sessions = normaliserOf(batch, 'sessions');
        if (model.frozen !== undefined) return value;
        if (model.maximise !== undefined) model.maximise(numbers, ranks.slopes, ranks.sessions, sessions / sessionsOfAll);
        else if (scorer.boosting) newtonStep(numbers, ranks, scorer.boosting.learningRate);
        else
          ofNumbers.step(
            numbers,
            Float32Array.from(ranks.slopes, (slope) => slope / sessions),
          );
        return value;
      },
      heldOutLoss: () =>
        held &&
        heldOut &&
        batchLoss(model, held, heldOut.weightOf(held), scoresShown(scorer, held), numbers, { scores: unused, ranks, drops: false }),
    };
    const record = train(learner, listBatches(input.train.querySet, lists, training.batchLists, rng.fork('batches')), training);
    return { scorer, numbers: start.map((_, t) => Float64Array.from(numbers.subarray(t * K, (t + 1) * K))), record };
  });
}
