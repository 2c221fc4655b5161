import { type ClickLog, clickSums, positionsOf } from '../src/data/click-log.ts';
import { type ListBatch, listBatches, wholeBatch } from '../src/learners/batches.ts';
import { scorerStepper } from '../src/learners/ranking-learner.ts';
import { scoresShown } from '../src/learners/shown-documents.ts';
import { type Learner, train } from '../src/learners/train.ts';
import { sigmoid, softplus } from '../src/math/log-space.ts';
import { type Decoded, optional, probability, real, strictObject } from '../src/schema.ts';
import type { LearningInput, LoggedClicks } from './estimator.ts';
import { fitWithL2, scorerRanker, weightedLists } from './weighted-learner.ts';

const options = strictObject({
  p: optional(real(0), 1), //               of the L_p norm that holds the biases back: the larger, the nearer to 1 they stay
  rate: optional(probability(), 0.05), //   share of the way to their new values that t⁺ and t⁻ go in a step
});

/** n_ij of the lists that some session saw: sessions in which position i was clicked and j was not. List l has K_l² of them from starts[l], row i first. */
export interface ClickPairs {
  readonly starts: Uint32Array;
  readonly counts: Float64Array;
}

/** One pass over the rows. */
export function clickPairs(log: ClickLog): ClickPairs {
  const { sessions } = clickSums(log);
  const start = new Uint32Array(sessions.length);
  const starts: number[] = [];
  let size = 0;
  for (let l = 0; l < sessions.length; l++) {
    if (sessions[l] === 0) continue;
    starts.push(size);
    start[l] = size;
    size += (log.offsets[l + 1] - log.offsets[l]) ** 2;
  }
  const counts = new Float64Array(size);
  for (let row = 0; row < log.list.length; row++) {
    const clicks = log.clicks.subarray(log.clickOffsets[row], log.clickOffsets[row + 1]);
    for (let i = 0; i < clicks.length; i++)
      if (clicks[i] === 1)
        for (let j = 0; j < clicks.length; j++) if (clicks[j] === 0) counts[start[log.list[row]] + i * clicks.length + j] += log.count[row];
  }
  return { starts: Uint32Array.from(starts), counts };
}

/** Calls `visit` for every pair of a batch that was seen: places of the clicked and the other document, their ranks, and how often. */
function eachPair(
  { starts, counts }: ClickPairs,
  { offsets, lists }: ListBatch,
  visit: (i: number, j: number, rankI: number, rankJ: number, count: number) => void,
): void {
  for (let l = 0; l < lists.length; l++) {
    const [at, length] = [offsets[l], offsets[l + 1] - offsets[l]];
    for (let a = 0; a < length; a++)
      for (let b = 0; b < length; b++) {
        const count = counts[starts[lists[l]] + a * length + b];
        if (count > 0) visit(at + a, at + b, a, b, count);
      }
  }
}

/** Σ n_ij L_ij/(t⁺_i t⁻_j) over Σ n_ij, L_ij = log(1 + exp(s_j − s_i)); writes its derivatives by the scores, and Σ_j n_ij L_ij/t⁻_j and Σ_i n_ij L_ij/t⁺_i by rank. */
export function debiasedPairLoss(
  pairs: ClickPairs,
  batch: ListBatch,
  scores: Float32Array,
  [clicked, unclicked]: readonly [ArrayLike<number>, ArrayLike<number>],
  slopes: Float32Array,
  sums: readonly [Float64Array, Float64Array],
  curvature?: Float32Array,
): number {
  for (const values of [slopes, curvature]) values?.fill(0);
  for (const byRank of sums) byRank.fill(0);
  let [value, all] = [0, 0];
  eachPair(pairs, batch, (i, j, a, b, count) => {
    const difference = scores[i] - scores[j];
    const loss = count * softplus(-difference);
    const weight = 1 / (clicked[a] * unclicked[b]);
    sums[0][a] += loss / unclicked[b];
    sums[1][b] += loss / clicked[a];
    value += weight * loss;
    all += count;
    const slope = weight * count * sigmoid(-difference);
    slopes[i] -= slope;
    slopes[j] += slope;
    if (curvature === undefined) return;
    const bend = slope * sigmoid(difference);
    curvature[i] += bend;
    curvature[j] += bend;
  });
  const mean = 1 / (all || 1);
  for (const values of [slopes, curvature]) if (values) for (let i = 0; i < values.length; i++) values[i] *= mean;
  return value * mean;
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
  let [value, all] = [0, 0];
  eachPair(pairs, batch, (i, j, a, b, count) => {
    const odds = scores[i] - scores[j] + Math.log((clicked[a] * unclicked[b]) / (clicked[b] * unclicked[a]));
    value += count * softplus(-odds);
    all += count;
  });
  return all > 0 ? value / all : 0;
}

/**
 * Pairwise debiasing (Hu et al., WWW 2019: unbiased LambdaMART, here with the logistic pair loss of any ranker): clicked i, unclicked j of one session,
 * Σ n_ij L_ij/(t⁺_i t⁻_j), with t⁺_i = [Σ_j n_ij L_ij/t⁻_j over the same at rank 1]^{1/(p + 1)}, t⁻ likewise, and steps towards them.
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
    ({ p, rate }: Decoded<typeof options>) =>
    (input: LearningInput) => {
      const clicksOnly = (_: unknown, clicks: Float64Array) => clicks;
      const lists = weightedLists(input.train, clicksOnly);
      const pairs = clickPairs(input.train.log);
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
        const learner: Learner = {
          parameters: [scorer.parameters, ...biases],
          step(batch) {
            const value = stepScorer(batch, (scores, slopes, bends) => debiasedPairLoss(pairs, batch, scores, biases, slopes, sums, bends));
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
