import { positionsOf } from '../src/data/click-log.ts';
import { type ListBatch, listBatches, wholeBatch } from '../src/learners/batches.ts';
import { normaliserOf, scorerStepper } from '../src/learners/ranking-learner.ts';
import { scoresShown } from '../src/learners/shown-documents.ts';
import { type Learner, train } from '../src/learners/train.ts';
import { discount, rankList } from '../src/losses/rank-list.ts';
import { boolean, type Decoded, optional, probability, real, strictObject } from '../src/schema.ts';
import { type ClickPairs, clickPairs, eachPair } from './click-pairs.ts';
import type { LearningInput, LoggedClicks } from './estimator.ts';
import { fitWithL2, scorerRanker, weightedLists } from './weighted-learner.ts';

const options = strictObject({
  p: optional(real(0), 1), //               of the L_p norm that holds the biases back: the larger, the nearer to 1 they stay
  lambdas: optional(boolean(), false), //   pairs weigh what swapping them changes of NDCG, a click being a gain of 1: with trees that is unbiased LambdaMART
  rate: optional(probability(), 0.05), //   share of the way to their new values that t⁺ and t⁻ go in a step
});

/** How much a swap of the two documents of a pair would change DCG in the order of the scores, by their places in the batch: |1/D_i − 1/D_j|, D = log2(1 + rank). */
function swapWorth({ offsets, weights }: ListBatch, scores: Float32Array): (i: number, j: number) => number {
  const discounts = new Float64Array(scores.length);
  for (let l = 0; l + 1 < offsets.length; l++) {
    const [start, end] = [offsets[l], offsets[l + 1]];
    const own = discounts.subarray(start, end);
    rankList(scores, weights, start, end, own);
    for (let i = 0; i < own.length; i++) own[i] = discount(own[i]);
  }
  return (i, j) => Math.abs(discounts[i] - discounts[j]);
}

/** How pairs are weighed and what their sum is divided by. */
export interface PairRules {
  readonly lambdas: boolean; // times what a swap changes of DCG
  readonly per: 'pairs' | 'sessions';
}

/**
 * Σ n_ij L_ij/(t⁺_i t⁻_j) over Σ n_ij or the sessions, L_ij = log(1 + exp(s_j − s_i)), with lambdas times what a swap changes of DCG, whose own slope is not taken; writes its
 * derivatives by the scores, and Σ_j n_ij L_ij/t⁻_j and Σ_i n_ij L_ij/t⁺_i by rank.
 */
export function debiasedPairLoss(
  pairs: ClickPairs,
  batch: ListBatch,
  scores: Float32Array,
  [clicked, unclicked]: readonly [ArrayLike<number>, ArrayLike<number>],
  slopes: Float32Array,
  sums: readonly [Float64Array, Float64Array],
  curvature?: Float32Array,
  { lambdas, per }: PairRules = { lambdas: false, per: 'pairs' },
): number {
  const worth = lambdas ? swapWorth(batch, scores) : null;
  for (const values of [slopes, curvature]) values?.fill(0);
  for (const byRank of sums) byRank.fill(0);
  const [ofClicked, ofUnclicked] = sums;
  const perClicked = Float64Array.from(clicked, inverse);
  const perUnclicked = Float64Array.from(unclicked, inverse);
  const { offsets, lists } = batch;
  const { starts, counts } = pairs;
  const [above, below] = [new Float64Array(perClicked.length), new Float64Array(perClicked.length)]; // e^(s − c) of the documents of a list, c the middle of its scores, and e^(c − s)
  let [value, all] = [0, 0];
  for (let l = 0; l < lists.length; l++) {
    const [at, length, start] = [offsets[l], offsets[l + 1] - offsets[l], starts[lists[l]]];
    const far = exponentials(scores, at, length, above, below);
    for (let a = 0; a < length; a++) {
      const i = at + a;
      let [slopeOfI, bendOfI, clickedAtA, unclickedAtA] = [0, 0, 0, 0];
      for (let b = a + 1; b < length; b++) {
        const first = counts[start + a * length + b];
        const second = counts[start + b * length + a];
        if (!(first > 0 || second > 0)) continue;
        const j = at + b;
        const difference = scores[i] - scores[j];
        const ordered = difference >= 0;
        const e = far ? Math.exp(-Math.abs(difference)) : ordered ? above[b] * below[a] : above[a] * below[b];
        const rest = Math.log1p(e); // losses and slopes of both ways by e and one logarithm
        const likely = 1 / (1 + e);
        const unlikely = e * likely;
        const counted = worth === null ? 1 : worth(i, j);
        const forFirst = first * counted * (ordered ? rest : rest - difference);
        const forSecond = second * counted * (ordered ? rest + difference : rest);
        const byFirst = forFirst * perUnclicked[b];
        const bySecond = forSecond * perUnclicked[a];
        clickedAtA += byFirst;
        ofClicked[b] += bySecond;
        ofUnclicked[b] += forFirst * perClicked[a];
        unclickedAtA += forSecond * perClicked[b];
        value += byFirst * perClicked[a] + bySecond * perClicked[b];
        all += first + second;
        const weightFirst = first * counted * perClicked[a] * perUnclicked[b];
        const weightSecond = second * counted * perClicked[b] * perUnclicked[a];
        const slope = ordered ? weightSecond * likely - weightFirst * unlikely : weightSecond * unlikely - weightFirst * likely;
        slopeOfI += slope;
        slopes[j] -= slope;
        if (curvature === undefined) continue;
        const bend = (weightFirst + weightSecond) * likely * unlikely;
        bendOfI += bend;
        curvature[j] += bend;
      }
      slopes[i] += slopeOfI;
      ofClicked[a] += clickedAtA;
      ofUnclicked[a] += unclickedAtA;
      if (curvature !== undefined) curvature[i] += bendOfI;
    }
  }
  const mean = 1 / (per === 'pairs' ? all || 1 : normaliserOf(batch, 'sessions'));
  for (const values of [slopes, curvature]) if (values) for (let i = 0; i < values.length; i++) values[i] *= mean;
  return value * mean;
}

const inverse = (x: number): number => 1 / x;

/** Writes e^(s − c) and e^(c − s) of a list's scores, c their middle, so that e^(sᵢ − sⱼ) is a product. @returns whether they lie too far apart for that */
function exponentials(scores: Float32Array, at: number, length: number, above: Float64Array, below: Float64Array): boolean {
  let [lowest, highest] = [scores[at], scores[at]];
  for (let i = at + 1; i < at + length; i++) {
    lowest = Math.min(lowest, scores[i]);
    highest = Math.max(highest, scores[i]);
  }
  for (let k = 0; k < length; k++) {
    above[k] = Math.exp(scores[at + k] - (lowest + highest) / 2);
    below[k] = 1 / above[k];
  }
  return !(highest - lowest < 600);
}

/**
 * Mean cross-entropy of which of two documents it was, given that just one of them was clicked: odds t⁺_i t⁻_j e^{s_i} to t⁺_j t⁻_i e^{s_j}, which is what the model says.
 * The criterion for early stopping, as the loss that is trained cannot be compared from step to step: its weights move.
 */
function pairCrossEntropy(
  pairs: ClickPairs,
  batch: ListBatch,
  scores: Float32Array,
  [clicked, unclicked]: readonly [ArrayLike<number>, ArrayLike<number>],
): number {
  const logOdds = Float64Array.from(clicked, (t, k) => Math.log(t / unclicked[k]));
  let [value, all] = [0, 0];
  eachPair(pairs, batch, (i, j, a, b, first, second) => {
    const odds = scores[i] - scores[j] + logOdds[a] - logOdds[b];
    const sure = Math.log1p(Math.exp(-Math.abs(odds)));
    value += first * (sure + Math.max(-odds, 0)) + second * (sure + Math.max(odds, 0));
    all += first + second;
  });
  return all > 0 ? value / all : 0;
}

/** Ideal DCG of so many clicks, each a gain of 1. */
function idealOf(clicks: number): number {
  let ideal = 0;
  for (let rank = 1; rank <= clicks; rank++) ideal += discount(rank);
  return ideal;
}

/**
 * Pairwise debiasing (Hu et al., WWW 2019, here for any ranker; with trees and `lambdas` their unbiased LambdaMART): clicked i, unclicked j of one session,
 * Σ n_ij L_ij/(t⁺_i t⁻_j), with t⁺_i = [Σ_j n_ij L_ij/t⁻_j over the same at rank 1]^{1/(p + 1)}, t⁻ likewise, and steps towards them.
 * With `lambdas` L_ij is times |1/D_i − 1/D_j| over the ideal DCG of the session's clicks, D = log2(1 + rank) by the scores, in t⁺ and t⁻ too.
 * Supposes P(C = 1) = t⁺ P(R = 1) and P(C = 0) = t⁻ P(R = 0), which no position-based user keeps: unexamined documents make P(C = 0) depend on relevance. For p = 0 and
 * lists in random order E[n_ij L_ij] = θ_i (A − θ_j B), a product, and t⁺ = θ/θ_1 whatever the ranker. Else t⁺ is no consistent estimate of θ: p > 0 pulls it towards 1, to about
 * the (p + 1)th root, and where production orders by relevance t⁺ takes what the ranker cannot say of it. The run's loss is not used. Costs K² a distinct list.
 */
export const pairwiseDebiasing = {
  description: 'pairwise debiasing: clicked against unclicked, both with a bias of their rank (Hu et al. 2019, unbiased LambdaMART)',
  source: 'learnt',
  ownLoss: true,
  options,
  create:
    ({ p, lambdas, rate }: Decoded<typeof options>) =>
    (input: LearningInput) => {
      const clicksOnly = (_: unknown, clicks: Float64Array) => clicks;
      const lists = weightedLists(input.train, clicksOnly);
      const pairs = clickPairs(input.train.log, lambdas ? (clicks) => 1 / idealOf(clicks) : undefined);
      const held = (logged: LoggedClicks) => ({
        batch: wholeBatch(logged.querySet, weightedLists(logged, clicksOnly)),
        pairs: clickPairs(logged.log),
      });
      const heldOut = input.heldOut && held(input.heldOut);
      const K = Math.max(positionsOf(lists), heldOut ? positionsOf(heldOut.batch) : 0);
      const { maximumGradientNorm, batchLists } = input.training;
      return fitWithL2(input, (scorer, l2) => {
        const biases = [new Float32Array(K).fill(1), new Float32Array(K).fill(1)] as const;
        const sums = [new Float64Array(K), new Float64Array(K)] as const;
        const stepScorer = scorerStepper({ scorer, optimiser: input.newOptimiser(scorer.parameters.length), maximumGradientNorm, l2 });
        const rules: PairRules = { lambdas, per: scorer.boosting ? 'sessions' : 'pairs' };
        const learner: Learner = {
          parameters: [scorer.parameters, ...biases],
          step(batch) {
            const value = stepScorer(batch, (scores, slopes, bends) =>
              debiasedPairLoss(pairs, batch, scores, biases, slopes, sums, bends, rules),
            );
            for (const [which, bias] of biases.entries())
              for (let k = 1; k < K; k++) {
                const [own, first] = [sums[which][k], sums[which][0]];
                if (own > 0 && first > 0) bias[k] += rate * ((own / first) ** (1 / (p + 1)) - bias[k]);
              }
            return value;
          },
          heldOutLoss: () => heldOut && pairCrossEntropy(heldOut.pairs, heldOut.batch, scoresShown(scorer, heldOut.batch), biases),
        };
        const batches = listBatches(input.train.querySet, lists, batchLists, input.rng.fork('batches'));
        const record = train(learner, batches, input.training);
        return { rank: scorerRanker(scorer), scorer, examination: Float64Array.from(biases[0]), record };
      });
    },
} as const;
