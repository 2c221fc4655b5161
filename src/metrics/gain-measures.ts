import { boolean, optional } from '../schema.ts';
import { compatibility } from './compatibility.ts';
import { dcg } from './dcg.ts';
import { idealDcg } from './ideal-dcg.ts';
import { type Measure, measure } from './measure.ts';
import { bind, dcgParameters, discounted, gainParameters, graded, persistence } from './measure-parts.ts';
import { ndcg } from './ndcg.ts';
import { ndcgAtGrades } from './ndcg-at-grades.ts';
import { ndcgAtRelevant } from './ndcg-at-relevant.ts';
import { normalisedGain } from './normalised-gain.ts';

/** Measures of graded gain against the ideal order. */
export const gainMeasures = {
  Compat: measure(
    'compatibility: rank-biased overlap with the nearest ideal ranking',
    { p: optional(persistence, 0.95), normalize: optional(boolean(), true) },
    ({ p, normalize }) =>
      bind((ranked, offsets, options) => compatibility(ranked, offsets, { ...options, normalise: normalize }), { persistence: p }),
  ),
  DCG: measure("discounted cumulative gain; dcg='exp-log2' for gain 2^grade − 1", dcgParameters, discounted(dcg)),
  G: measure('normalised gain: grades discounted by what they cost beyond the ideal order', gainParameters, graded(normalisedGain)),
  IDCG: measure('DCG of the ideal order', dcgParameters, discounted(idealDcg)),
  nDCG: measure("DCG over that of the ideal order; dcg='exp-log2' for gain 2^grade − 1", dcgParameters, discounted(ndcg)),
  ndcg_rel: measure('mean of nDCG at the ranks of the relevant documents', gainParameters, graded(ndcgAtRelevant)),
  Rndcg: measure('mean of nDCG at the ranks where the ideal order goes on to a lower grade', gainParameters, graded(ndcgAtGrades)),
} satisfies Record<string, Measure>;
