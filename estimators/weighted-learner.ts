import { type ClickLog, clickSums, sessionsOf } from '../src/data/click-log.ts';
import { UsageError } from '../src/errors.ts';
import { type RankingLists, selectLists, wholeBatch } from '../src/learners/batches.ts';
import { chooseL2, l2Candidates } from '../src/learners/choose-l2.ts';
import { type Normaliser, rankingLearner } from '../src/learners/ranking-learner.ts';
import { type TrainingRecord, train } from '../src/learners/train.ts';
import { trainToConvergence } from '../src/learners/train-to-convergence.ts';
import { defaultLosses, type RankingLoss } from '../src/losses/index.ts';
import { isEmbedding } from '../src/models/embedding.ts';
import { scoreSet } from '../src/models/score-set.ts';
import type { Scorer } from '../src/models/scorer.ts';
import type { Learned, LearningInput, LoggedClicks, Ranker } from './estimator.ts';
import { sessionsLearntFrom, trainingBatches } from './training-batches.ts';
import { lossFault } from './weightings/loss-fault.ts';
import type { Weighted } from './weightings/weighting.ts';

/** Estimated relevance per shown document, summed over sessions: a correction of `clicks` (same length) that is linear in them. */
export type Weigh = (logged: LoggedClicks, clicks: Float64Array, sessionsPerShown: () => Float64Array) => Float64Array;

/** @throws UsageError for a log without a click */
export function checkClicks(log: ClickLog): void {
  if (!log.clicks.includes(1))
    throw new UsageError(
      `the log has no click in its ${sessionsOf(log)} sessions: nothing to learn from; it takes a log with clicks (of a simulated one: more sessions, or users who examine and click more)`,
    );
}

/** Lists that some session saw, with the weights of their documents. @throws UsageError when no weight is left to learn from */
export function weightedLists(logged: LoggedClicks, weigh: Weigh): RankingLists {
  checkClicks(logged.log);
  return shownLists(logged, weigh);
}

/** The same of a piece of a log, which may be without a click. */
export function shownLists(logged: LoggedClicks, weigh: Weigh): RankingLists {
  const { log } = logged;
  const { clicks, sessions } = clickSums(log);
  const spread = () => {
    const perDocument = new Float64Array(log.docs.length);
    for (let l = 0; l < sessions.length; l++) perDocument.fill(sessions[l], log.offsets[l], log.offsets[l + 1]);
    return perDocument;
  };
  const all = { offsets: log.offsets, docs: log.docs, weights: weigh(logged, clicks, spread), sessions };
  return selectLists(
    all,
    Uint32Array.from(sessions.keys()).filter((l) => sessions[l] > 0),
  );
}

/** @throws UsageError where the loss does not take such weights */
function checkLoss(loss: RankingLoss, { weights, pairs }: RankingLists): void {
  const kind = pairs ? 'pairs' : weights.some((weight) => weight < 0) ? 'signed' : undefined;
  const problem = lossFault(loss, kind, defaultLosses());
  if (problem !== null) throw new UsageError(`this weighting ${problem}`);
}

/** A ranker from a trained model. */
export const scorerRanker =
  (scorer: Scorer): Ranker =>
  (set) =>
    scoreSet(scorer, set);

/** Fits a fresh ranker with the configured l2, or with each of several, and keeps that of the lowest held-out loss. */
export function fitWithL2<T extends Pick<Learned, 'record'> & { readonly record: TrainingRecord }>(
  input: LearningInput,
  train: (scorer: Scorer, l2: number) => T,
): T {
  const { train: logged, heldOut, training } = input;
  const untrained = input.newScorer();
  const { architecture, featureCount, boosting } = untrained;
  if (boosting) return train(input.newScorer(), 0); // it has a penalty of its own
  const queries = new Set(logged.log.queries).size;
  const penalties = l2Candidates(training.l2, {
    linear: architecture.name === 'linear',
    features: featureCount,
    queries,
    heldOut: heldOut !== null,
    idSessions: isEmbedding(untrained) && untrained.architecture.hidden.length === 0 ? sessionsLearntFrom(input) : null,
  });
  return chooseL2(penalties, (l2) => {
    const scorer = input.newScorer();
    const trained = train(scorer, l2);
    scorer.settle?.();
    return trained;
  });
}

/**
 * Trains a fresh ranker on lists whose weights are fixed beforehand; held out: the same loss on the held-out lists.
 * @param until 'held-out': early stopping; 'converged': to the end, whatever the held-out loss does, as references are,
 * but for trees, which have no end before each document has a leaf of its own
 * @param listsOf weighs lists of other sessions alike: of a log in pieces, all are learnt from where it is given
 */
export function learnFromLists(
  input: LearningInput,
  lists: RankingLists,
  heldOut: RankingLists | null,
  normaliser: Normaliser,
  until: 'held-out' | 'converged' = 'held-out',
  listsOf?: Weighted['listsOf'],
): Pick<Learned, 'rank' | 'scorer' | 'record' | 'passes'> {
  const { training, loss } = input;
  checkLoss(loss, lists);
  const held = heldOut && input.heldOut && wholeBatch(input.heldOut.querySet, heldOut);
  return fitWithL2(input, (scorer, l2) => {
    const optimiser = input.newOptimiser(scorer.parameters.length);
    const learner = rankingLearner({ scorer, loss, normaliser, optimiser, ...training, l2 }, held);
    const { batches, epoch, passes } = trainingBatches(input, lists, scorer.boosting ? undefined : listsOf);
    const record =
      until === 'held-out' || scorer.boosting ? train(learner, batches, training) : trainToConvergence(learner, batches, training, epoch);
    return { rank: scorerRanker(scorer), scorer, record, ...passes() };
  });
}

/** Trains a fresh ranker on corrected clicks; early stopping on the held-out clicks, corrected the same way. */
export function learnWeighted(input: LearningInput, weigh: Weigh, normaliser: Normaliser): Pick<Learned, 'rank' | 'scorer' | 'record'> {
  return learnFromLists(input, weightedLists(input.train, weigh), input.heldOut && weightedLists(input.heldOut, weigh), normaliser);
}
