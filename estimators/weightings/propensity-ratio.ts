import { type ClickLog, sessionsOf } from '../../src/data/click-log.ts';
import { selectLists } from '../../src/learners/batches.ts';
import type { PairWeights } from '../../src/losses/loss.ts';
import { type Decoded, optional, strictObject } from '../../src/schema.ts';
import type { EstimatedBias } from '../bias/bias-estimator.ts';
import { clippedShare } from '../clipped-share.ts';
import type { LoggedClicks } from '../estimator.ts';
import { shownExamination } from '../shown-bias.ts';
import { sessionsLearntFrom } from '../training-batches.ts';
import { checkClicks } from '../weighted-learner.ts';
import type { ClickSpread } from './click-spread.ts';
import { clipOption, clipValue } from './clip.ts';
import { inversePropensities } from './clipped-ips.ts';
import type { Weighting, WeightingEntry } from './weighting.ts';

/**
 * Pairs of a clicked document i and one j that the same session did not click, each by θ_j / max(θ_i, τ), summed over the sessions of each list:
 * 1/θ_i corrects the click, and θ_j counts what was not clicked as far as it was examined. Wang et al., WSDM 2021 (propensity ratio scoring).
 * Under a position-based model its mean is n γ_i θ_j (1 − θ_j γ_j) = n γ_i θ_j (1 − γ_j) + n γ_i γ_j θ_j (1 − θ_j): relevant documents that were
 * examined by too few still count as worse, so it is not unbiased; what it has against IPS is that such pairs weigh θ_j in place of 1.
 * @param examination θ per shown document
 */
export function ratioPairs(log: ClickLog, examination: Float64Array, clip: number): PairWeights {
  const inverse = inversePropensities(examination, clip);
  const offsets = new Uint32Array(log.queries.length + 1);
  for (let l = 0; l < log.queries.length; l++) offsets[l + 1] = offsets[l] + (log.offsets[l + 1] - log.offsets[l]) ** 2;
  const weights = new Float64Array(offsets[log.queries.length]);
  for (let r = 0; r < log.list.length; r++) {
    const l = log.list[r];
    const [start, first, K] = [log.offsets[l], log.clickOffsets[r], log.offsets[l + 1] - log.offsets[l]];
    for (let i = 0; i < K; i++)
      for (let j = 0; log.clicks[first + i] === 1 && j < K; j++)
        if (log.clicks[first + j] === 0) weights[offsets[l] + i * K + j] += log.count[r] * inverse[start + i] * examination[start + j];
  }
  return { offsets, weights };
}

/** The lists that some session saw; a document weighs as much as the pairs that it wins. */
function pairLists({ log }: LoggedClicks, examination: Float64Array, clip: number) {
  const pairs = ratioPairs(log, examination, clip);
  const sessions = new Float64Array(log.queries.length);
  log.list.forEach((l, r) => {
    sessions[l] += log.count[r];
  });
  const weights = new Float64Array(log.docs.length);
  for (let l = 0; l < log.queries.length; l++) {
    const K = log.offsets[l + 1] - log.offsets[l];
    for (let p = pairs.offsets[l]; p < pairs.offsets[l + 1]; p++)
      weights[log.offsets[l] + Math.floor((p - pairs.offsets[l]) / K)] += pairs.weights[p];
  }
  const { offsets, docs } = log;
  return selectLists(
    { offsets, docs, weights, sessions, pairs },
    Uint32Array.from(sessions.keys()).filter((l) => sessions[l] > 0),
  );
}

/** Of the pairs; the clipped share is of clicks. */
function pairSpread(log: ClickLog, examination: Float64Array, clip: number): ClickSpread {
  const inverse = inversePropensities(examination, clip);
  let [pairs, sum, squares] = [0, 0, 0];
  for (let r = 0; r < log.list.length; r++) {
    const start = log.offsets[log.list[r]] - log.clickOffsets[r];
    let [seen, seenSquared, without, won, wonSquared, clicks] = [0, 0, 0, 0, 0, 0]; // θ_j of what was not clicked, 1/θ_i of what was
    for (let i = log.clickOffsets[r]; i < log.clickOffsets[r + 1]; i++) {
      const [theta, weight] = [examination[start + i], inverse[start + i]];
      if (log.clicks[i] === 1) {
        clicks++;
        won += weight;
        wonSquared += weight * weight;
      } else {
        without++;
        seen += theta;
        seenSquared += theta * theta;
      }
    }
    pairs += log.count[r] * clicks * without;
    sum += log.count[r] * won * seen;
    squares += log.count[r] * wonSquared * seenSquared;
  }
  return {
    ...{ clicks: pairs, effective: squares > 0 ? sum ** 2 / squares : 0 },
    ...(clip > 0 && { clippedShare: clippedShare(log, (i) => examination[i] < clip) }),
  };
}

const options = strictObject({ clip: optional(clipOption, 0) });

export const propensityRatio = {
  description: 'pairs of a clicked and an unclicked document by the ratio of their propensities, for pairwise-logistic (Wang et al. 2021)',
  takes: 'examination',
  weights: 'pairs',
  options,
  create:
    ({ clip }: Decoded<typeof options>): Weighting =>
    (input, bias: EstimatedBias) => {
      const cut = clipValue(clip, sessionsLearntFrom(input));
      const shown = (logged: LoggedClicks) => shownExamination(logged.log, bias.of(logged));
      const lists = (logged: LoggedClicks) => pairLists(logged, shown(logged), cut);
      checkClicks(input.train.log);
      if (input.heldOut) checkClicks(input.heldOut.log);
      const weighted = {
        ...{ train: lists(input.train), heldOut: input.heldOut && lists(input.heldOut), normaliser: 'sessions' as const },
        listsOf: lists,
      };
      const { clippedShare } = pairSpread(input.train.log, shown(input.train), cut);
      return clippedShare === undefined ? weighted : { ...weighted, clippedShare };
    },
  spread:
    ({ clip }: Decoded<typeof options>) =>
    (logged, bias) =>
      pairSpread(logged.log, shownExamination(logged.log, bias.of(logged)), clipValue(clip, sessionsOf(logged.log))),
} as const satisfies WeightingEntry;
