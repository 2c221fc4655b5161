import { clickSums, positionsOf } from '../../src/data/click-log.ts';
import { type ListBatch, listBatches, type RankingLists, selectLists, wholeBatch } from '../../src/learners/batches.ts';
import { normaliserOf, scorerStepper } from '../../src/learners/ranking-learner.ts';
import { scoresShown } from '../../src/learners/shown-documents.ts';
import { train } from '../../src/learners/train.ts';
import { listMle } from '../../src/losses/index.ts';
import { exposures, RankingDraws } from '../../src/plackett-luce/index.ts';
import type { Rng } from '../../src/random/rng.ts';
import type { LearnFrom } from '../counterfactual.ts';
import type { LearningInput, LoggedClicks } from '../estimator.ts';
import { fitWithL2, learnFromLists, scorerRanker } from '../weighted-learner.ts';

/** Of exposures as objectives and their slopes take them, from 0 to 1: draws move more. A third of the time that seven digits take. */
const accuracy = 1e-4;

/** Queries of a log with all their documents, and what a policy comes to on them. Lengths: L queries, N documents. */
export interface LoggedPolicy {
  readonly offsets: Uint32Array;
  readonly sessions: Float64Array; // length L
  readonly weights: Float64Array; //  length N: n γ̂; 0 of what the log tells nothing of, which is the least that it can be worth
  readonly exposure: Float64Array; // length N: what the learnt policy comes to, E Σ_k θ_k
  readonly logging: Float64Array; //  length N: of the logging policy what `loggingOf` says; 0: never shown
}

/** What a policy is worth per session, and its derivative by the exposure of each document. */
export interface PolicyObjective {
  readonly value: number;
  readonly gradient: Float64Array;
}

/** How a Plackett–Luce policy is learnt from a log. */
export interface PolicyLearner {
  readonly samples: number; // rankings drawn of each query in each step
  readonly theta: Float64Array; // θ_k by rank, what exposures are of; its length cuts rankings
  readonly loggingOf: (logged: LoggedClicks) => Float64Array; // by document row
  /** @param all sessions of the log that the queries are of */
  readonly objective: (policy: LoggedPolicy, all: number) => PolicyObjective;
}

/** Every query with sessions, with all of its documents. */
function queryLists({ log, querySet }: LoggedClicks, { docs, weights }: RankingLists): RankingLists {
  const byDocument = new Float64Array(querySet.labels.length);
  docs.forEach((d, i) => {
    byDocument[d] = weights[i];
  });
  const sessions = new Float64Array(querySet.offsets.length - 1);
  clickSums(log).sessions.forEach((n, l) => {
    sessions[log.queries[l]] += n;
  });
  return selectLists(
    { offsets: querySet.offsets, docs: Uint32Array.from(byDocument.keys()), weights: byDocument, sessions },
    Uint32Array.from(sessions.keys()).filter((q) => sessions[q] > 0),
  );
}

/** The lists of a log as orders of all documents of their queries: what is shown by its place, what is not below it. */
function shownOrders({ log, querySet: { offsets } }: LoggedClicks): RankingLists {
  const { sessions } = clickSums(log);
  const lists = Uint32Array.from(sessions.keys()).filter((l) => sessions[l] > 0);
  const starts = new Uint32Array(lists.length + 1);
  lists.forEach((l, i) => {
    starts[i + 1] = starts[i] + offsets[log.queries[l] + 1] - offsets[log.queries[l]];
  });
  const docs = new Uint32Array(starts[lists.length]);
  const weights = new Float64Array(docs.length);
  lists.forEach((l, i) => {
    const first = offsets[log.queries[l]];
    for (let place = starts[i]; place < starts[i + 1]; place++) docs[place] = first + place - starts[i];
    for (let shown = log.offsets[l]; shown < log.offsets[l + 1]; shown++)
      weights[starts[i] + log.docs[shown] - first] = log.offsets[l + 1] - shown;
  });
  return { offsets: starts, docs, weights, sessions: Float64Array.from(lists, (l) => sessions[l]) };
}

/** The ranker under which the lists that the log showed are likeliest, as draws of a Plackett–Luce policy. */
function learnLogging(input: LearningInput): Float32Array {
  const { scorer } = learnFromLists(
    { ...input, loss: listMle, rng: input.rng.fork('logging') },
    shownOrders(input.train),
    input.heldOut && shownOrders(input.heldOut),
    'sessions',
  );
  if (scorer === null) throw new Error('a ranker by a loss has a scorer');
  const parameters = scorer.parameters.slice();
  scorer.dispose();
  return parameters;
}

/** Exact exposures of the policy of the scores, list by list. */
function exposuresOf({ offsets }: ListBatch, scores: Float32Array, theta: Float64Array): Float64Array {
  const all = new Float64Array(scores.length);
  if (scores.some(Number.isNaN)) return all.fill(Number.NaN); // training diverged
  for (let l = 0; l + 1 < offsets.length; l++) all.set(exposures(scores.subarray(offsets[l], offsets[l + 1]), theta, accuracy), offsets[l]);
  return all;
}

/** − Σ_d g_d ∂E_d/∂s, estimated without bias from drawn rankings. */
function policySlopes(
  { offsets }: ListBatch,
  scores: Float32Array,
  gradient: Float64Array,
  { theta, samples }: PolicyLearner,
  draws: RankingDraws,
  rng: Rng,
  slopes: Float32Array,
): void {
  for (let l = 0; l + 1 < offsets.length; l++) {
    const ofList = new Float64Array(offsets[l + 1] - offsets[l]);
    draws.begin(scores, offsets[l], offsets[l + 1]);
    for (let s = 0; s < samples; s++) {
      draws.draw(theta.length, rng);
      draws.policyGradient(gradient, theta, -1 / samples, ofList);
    }
    slopes.set(ofList, offsets[l]);
  }
}

/**
 * A ranker whose Plackett–Luce policy has the highest objective on the log; held out: that of the other log. It starts as the logging policy, as the log shows it,
 * and stays there where nothing that it tries is better on held-out clicks.
 */
export const learnPolicy =
  (policyOf: (...of: Parameters<LearnFrom>) => PolicyLearner): LearnFrom =>
  (input, weighted, bias) => {
    const policy = policyOf(input, weighted, bias);
    const prepared = (logged: LoggedClicks, lists: RankingLists) => {
      const all = queryLists(logged, lists);
      const byDocument = policy.loggingOf(logged);
      const sessions = normaliserOf(all, 'sessions');
      return {
        lists: all,
        objective(batch: ListBatch, scores: Float32Array): PolicyObjective {
          const { offsets, weights, sessions: ofQueries } = batch;
          const logging = new Float64Array(weights.length);
          for (let l = 0; l + 1 < offsets.length; l++) {
            const own = all.offsets[batch.lists[l]];
            for (let i = offsets[l]; i < offsets[l + 1]; i++) logging[i] = byDocument[all.docs[own + i - offsets[l]]];
          }
          const exposure = exposuresOf(batch, scores, policy.theta);
          return policy.objective({ offsets, weights, sessions: ofQueries, exposure, logging }, sessions);
        },
      };
    };
    const logged = prepared(input.train, weighted.train);
    const heldOut = input.heldOut && weighted.heldOut && prepared(input.heldOut, weighted.heldOut);
    const held = heldOut && input.heldOut && wholeBatch(input.heldOut.querySet, heldOut.lists);
    const start = learnLogging(input);
    const { training, rng } = input;
    return fitWithL2(input, (scorer, l2) => {
      scorer.parameters.set(start);
      const [draws, stream] = [new RankingDraws(), rng.fork('rankings')];
      const optimiser = input.newOptimiser(scorer.parameters.length);
      const step = scorerStepper({ scorer, optimiser, maximumGradientNorm: training.maximumGradientNorm, l2 });
      const learner = {
        parameters: [scorer.parameters],
        step: (batch: ListBatch) =>
          step(batch, (scores, slopes) => {
            const { value, gradient } = logged.objective(batch, scores);
            policySlopes(batch, scores, gradient, policy, draws, stream, slopes);
            return -value;
          }),
        heldOutLoss: () => held && heldOut && -heldOut.objective(held, scoresShown(scorer, held)).value,
      };
      const batches = listBatches(input.train.querySet, logged.lists, training.batchLists, rng.fork('batches'));
      return { rank: scorerRanker(scorer), scorer, record: train(learner, batches, training) };
    });
  };

/** Ranks that the lists of either log show. */
export const shownRanks = ({ train: { log }, heldOut }: LearningInput): number =>
  Math.max(positionsOf(log), heldOut ? positionsOf(heldOut.log) : 0);
