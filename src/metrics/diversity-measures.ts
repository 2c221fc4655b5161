import { optional, probability } from '../schema.ts';
import {
  intentAwareAveragePrecision,
  intentAwarePrecision,
  logarithmic,
  type NoveltyOptions,
  normalisedNoveltySum,
  noveltySum,
  type RankWorth,
  reciprocal,
  subtopicRecall,
} from './intent-aware.ts';
import { type Measure, subtopicMeasure } from './measure.ts';
import { judged_only, persistence, ranks, rel } from './measure-parts.ts';
import { normalisedNoveltyRankBiasedPrecision, noveltyRankBiasedPrecision } from './novelty-rank-biased-precision.ts';
import type { SubtopicMetric } from './subtopic-metric.ts';

const alpha = optional(probability(), 0.5);
const discounted = { alpha, rel, cutoff: ranks, judged_only };
const cascade = { rel, cutoff: ranks, judged_only };
const rankBiased = { alpha, beta: optional(persistence, 0.5), rel };

interface Parameters {
  alpha?: number;
  rel: number;
  cutoff: number;
  judged_only: boolean;
}

const ofRanks =
  (sum: (worth: RankWorth, cutoff: number, options: NoveltyOptions) => SubtopicMetric, worth: RankWorth) =>
  ({ alpha = 0.5, rel, cutoff, judged_only }: Parameters) =>
    sum(worth, cutoff, { alpha, rel, judgedOnly: judged_only });

/** Measures of novelty and diversity, over judgments by subtopic (the second column of diversity qrels). */
export const diversityMeasures = {
  alpha_DCG: subtopicMeasure(
    'diversity: novelty gain discounted by rank, over the most there could be',
    discounted,
    ofRanks(noveltySum, logarithmic),
  ),
  alpha_nDCG: subtopicMeasure(
    'diversity: novelty gain discounted by rank, over that of the ideal order',
    discounted,
    ofRanks(normalisedNoveltySum, logarithmic),
  ),
  AP_IA: subtopicMeasure('diversity: AP for every subtopic, averaged', { rel, judged_only }, ({ rel, judged_only }) =>
    intentAwareAveragePrecision({ rel, judgedOnly: judged_only }),
  ),
  ERR_IA: subtopicMeasure('diversity: ERR averaged over subtopics, over the most there could be', cascade, ofRanks(noveltySum, reciprocal)),
  nERR_IA: subtopicMeasure(
    'diversity: ERR averaged over subtopics, over that of the ideal order',
    cascade,
    ofRanks(normalisedNoveltySum, reciprocal),
  ),
  NRBP: subtopicMeasure('diversity: RBP of novelty gains, patience beta', rankBiased, noveltyRankBiasedPrecision),
  nNRBP: subtopicMeasure('diversity: NRBP over that of the ideal order', rankBiased, normalisedNoveltyRankBiasedPrecision),
  P_IA: subtopicMeasure('diversity: P for every subtopic, averaged', cascade, ({ rel, cutoff, judged_only }) =>
    intentAwarePrecision(cutoff, { rel, judgedOnly: judged_only }),
  ),
  StRecall: subtopicMeasure('diversity: share of the subtopics met among the first k', { rel, cutoff: ranks }, ({ rel, cutoff }) =>
    subtopicRecall(cutoff, { rel }),
  ),
} satisfies Record<string, Measure>;
