import type { ClickLog } from '../src/data/click-log.ts';
import type { ListBatch } from '../src/learners/batches.ts';
import { logit } from '../src/losses/pair-loss.ts';
import { bothWays } from '../src/math/log-space.ts';
import type { Rng } from '../src/random/rng.ts';
import { boolean, type Decoded, maxValue, optional, pipe, positive, probability, real, strictObject } from '../src/schema.ts';
import type { LearningInput } from './estimator.ts';
import { fitJointly, type JointFit, type RankClickLoss } from './joint-clicks.ts';
import { inverseLoggingPropensities } from './weightings/inverse-logging-propensity.ts';

export const twoTowerEntries = {
  relativePropensityRate: optional(positive(), 10), //                learning rate of the bias tower over the ranker's
  dropout: optional(pipe(real(0), maxValue(0.9)), 0), //              of the bias tower's output
  gradientReversal: optional(real(0), 0), //                          weight of the adversary that foretells the bias from the score
  policyWeights: optional(boolean(), false), // impressions weighted by 1/π̂(rank | document)
  policyClip: optional(probability(), 0.01), // what π̂ is raised to at least
};
export const twoTowerOptions = strictObject(twoTowerEntries);

/** p = σ(θ + f). */
export const addedLogits: RankClickLoss = (f, [theta], clicks, sessions, slopes, bends) => {
  const z = theta + f;
  const { yes, no } = bothWays(z);
  slopes[0] = sessions * yes - clicks;
  slopes[1] = slopes[0];
  bends[0] = sessions * yes * no;
  bends[1] = bends[0];
  return sessions * (Math.max(z, 0) - Math.log(Math.max(yes, no))) - clicks * z; // n log(1 + e^z) − c z
};

/**
 * weight · ρ², ρ the correlation over impressions of a document's score and the bias of its rank: what the best linear adversary explains of the bias. Adding its
 * derivative by the scores to `slopes` is gradient reversal through that adversary, solved exactly in each step. 0 where either does not vary.
 */
export function explainedBias(
  { offsets, sessions }: Pick<ListBatch, 'offsets' | 'sessions'>,
  scores: Float32Array,
  bias: Float32Array,
  weight: number,
  slopes: Float32Array,
): number {
  const impressions = (visit: (i: number, theta: number, n: number) => void) => {
    for (let l = 0; l + 1 < offsets.length; l++)
      for (let i = offsets[l]; i < offsets[l + 1]; i++) visit(i, bias[i - offsets[l]], sessions[l]);
  };
  let [all, meanScore, meanBias] = [0, 0, 0];
  impressions((i, theta, n) => {
    all += n;
    meanScore += n * scores[i];
    meanBias += n * theta;
  });
  meanScore /= all;
  meanBias /= all;
  let [ofScore, ofBias, both] = [0, 0, 0];
  impressions((i, theta, n) => {
    ofScore += n * (scores[i] - meanScore) ** 2;
    ofBias += n * (theta - meanBias) ** 2;
    both += n * (scores[i] - meanScore) * (theta - meanBias);
  });
  if (!(ofScore > 0 && ofBias > 0)) return 0;
  const explained = both ** 2 / (ofScore * ofBias);
  impressions((i, theta, n) => {
    slopes[i] += weight * 2 * n * ((both * (theta - meanBias)) / (ofScore * ofBias) - (explained * (scores[i] - meanScore)) / ofScore);
  });
  return weight * explained;
}

const dropper = (rate: number, rng: Rng) => ({ rate, drop: () => rng.next() < rate });

/**
 * The two-tower model, logit P(C_k = 1) = θ_k + f(x), both fitted to clicks by cross-entropy. Not the position-based model but another one: bias is added in log-odds
 * (the two agree where clicks are rare, θ_k − θ_1 being then the log of a propensity). θ and f are told apart up to Δ_k where some f(x) = −Δ_k on all that is shown at k: documents or
 * features must move between ranks. Production adds no bias where the model is right; where it is not, what f cannot say goes into θ as far as it goes with the rank.
 * - `dropout`: what the tower of biases says is left out at random, of each shown document in each step, so that the score must explain clicks too. Zhang et al., KDD 2023, about .3.
 * - `gradientReversal`: the score is kept from foretelling the bias. Likewise.
 * - `policyWeights`: each impression weighs 1/π̂(k | q, d), as if documents had been shown at random; for models that are wrong and logs that overlap. Hager et al. 2025.
 * @param frozen θ_k that stay as they are, while f is fitted
 */
export function fitTwoTower(input: LearningInput, chosen: Decoded<typeof twoTowerOptions>, frozen?: Float64Array): JointFit {
  const { relativePropensityRate, dropout, gradientReversal, policyWeights, policyClip } = chosen;
  return fitJointly(input, {
    loss: addedLogits,
    tables: 1,
    start: (clickRate) => [logit(clickRate)],
    relativeRate: relativePropensityRate,
    ...(frozen && { frozen }),
    ...(policyWeights && { weigh: (log: ClickLog) => inverseLoggingPropensities(log, policyClip) }),
    ...(dropout > 0 && { dropout: dropper(dropout, input.rng.fork('dropout')) }),
    ...(gradientReversal > 0 && {
      penalty: (batch: ListBatch, scores: Float32Array, bias: Float32Array, slopes: Float32Array) =>
        explainedBias(batch, scores, bias, gradientReversal, slopes),
    }),
  });
}
