import { type EstimateBias, noBias } from './bias/bias-estimator.ts';
import type { Learn } from './estimator.ts';
import { learnFromLists } from './weighted-learner.ts';
import type { Weighting, WeightingEntry } from './weightings/weighting.ts';

/**
 * What every counterfactual learner is made of: a bias is estimated, the clicks are weighed by it, and the ranker is trained on the weights by a loss
 * that is linear in them. @param estimateBias null for a weighting that takes clicks as they are @param takes what the weighting corrects by
 */
export const counterfactual =
  (estimateBias: EstimateBias | null, weighting: Weighting, takes: WeightingEntry['takes']): Learn =>
  (input) => {
    const bias = estimateBias?.(input) ?? noBias;
    const { train, heldOut, normaliser, clippedShare } = weighting(input, bias);
    return {
      ...(bias.ending && { ending: bias.ending }),
      ...learnFromLists(input, train, heldOut, normaliser),
      examination: takes === 'examination' || (takes === 'either' && !bias.affine) ? bias.examination : null,
      ...(takes !== 'none' && { examinationSource: bias.source, bias }),
      ...((takes === 'affine' || takes === 'either') && bias.affine && { affine: bias.affine }),
      ...(clippedShare !== undefined && { clippedShare }),
    };
  };
