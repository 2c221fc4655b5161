import { type EstimateBias, noBias } from './bias/bias-estimator.ts';
import type { EstimatedBias } from './bias/estimated-bias.ts';
import type { Learn, Learned, LearningInput } from './estimator.ts';
import { learnFromLists } from './weighted-learner.ts';
import type { Weighted, Weighting, WeightingEntry } from './weightings/weighting.ts';

/** A ranker from weighted lists. @param bias what they were weighed by */
export type LearnFrom = (
  input: LearningInput,
  weighted: Weighted,
  bias: EstimatedBias,
) => Pick<Learned, 'rank' | 'scorer' | 'record' | 'passes'>;

const byLoss: LearnFrom = (input, { train, heldOut, normaliser, listsOf }) =>
  learnFromLists(input, train, heldOut, normaliser, 'held-out', listsOf);

/**
 * What every counterfactual learner is made of: a bias is estimated, the clicks are weighed by it, and the ranker is trained on the weights by a loss
 * that is linear in them. @param estimateBias null for a weighting that takes clicks as they are @param takes what the weighting corrects by
 * @param learnFrom by the loss of the run, unless said otherwise
 */
export const counterfactual =
  (estimateBias: EstimateBias | null, weighting: Weighting, takes: WeightingEntry['takes'], learnFrom: LearnFrom = byLoss): Learn =>
  (input) => {
    const bias = estimateBias?.(input) ?? noBias;
    const weighted = weighting(input, bias);
    const { clippedShare } = weighted;
    return {
      ...(bias.ending && { ending: bias.ending }),
      ...learnFrom(input, weighted, bias),
      examination: takes === 'examination' || (takes === 'either' && !bias.affine) ? bias.examination : null,
      ...(takes !== 'none' && { examinationSource: bias.source, bias }),
      ...((takes === 'affine' || takes === 'either') && bias.affine && { affine: bias.affine }),
      ...(clippedShare !== undefined && { clippedShare }),
    };
  };
