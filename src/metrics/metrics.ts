import type { Described } from '../registry.ts';
import { averagePrecision } from './average-precision.ts';
import { dcg } from './dcg.ts';
import { err } from './err.ts';
import { expectedExposureDisparity, expectedExposureLoss, expectedExposureRelevance } from './expected-exposure.ts';
import type { Metric } from './metric-options.ts';
import { ndcg } from './ndcg.ts';
import { precision } from './precision.ts';
import { rankBiasedPrecision } from './rank-biased-precision.ts';
import { recall } from './recall.ts';
import { reciprocalRank } from './reciprocal-rank.ts';
import { saitoAveragePrecision } from './saito-average-precision.ts';
import { saitoDcg } from './saito-dcg.ts';
import { saitoRecall } from './saito-recall.ts';

/** A metric of a ranking, by name; a config adds the cutoff: `ndcg@10`. */
export interface MetricEntry extends Described {
  readonly compute: Metric;
  readonly lowerIsBetter?: boolean;
  /** `compute` heeds the option `ties`. Of other metrics the mean over orders is taken, see `overOrders`. */
  readonly handlesTies?: boolean;
}

/** A metric that heeds ties. */
const metric = (description: string, compute: Metric) => ({ description, compute, handlesTies: true }) as const;

/** One line per metric. */
export const metrics = {
  'average-precision': metric('mean precision at the ranks of the relevant documents', averagePrecision),
  dcg: metric('discounted cumulative gain', dcg),
  'ee-d': { ...metric('expected exposure: disparity, how unevenly documents are exposed', expectedExposureDisparity), lowerIsBetter: true },
  'ee-l': { ...metric('expected exposure: loss against what documents of each grade are due', expectedExposureLoss), lowerIsBetter: true },
  'ee-r': metric('expected exposure: relevance, how much of it falls to documents that are due it', expectedExposureRelevance),
  err: metric('expected reciprocal rank of a user who stops once satisfied', err),
  ndcg: metric('discounted cumulative gain over that of the ideal order', ndcg),
  precision: metric('share of relevant documents among the first k', precision),
  'rank-biased-precision': metric('rate of relevant documents for a user of persistence p', rankBiasedPrecision),
  recall: metric('share of the relevant documents that are among the first k', recall),
  'reciprocal-rank': metric('one over the rank of the first relevant document', reciprocalRank),
  'saito-average-precision': metric(
    'precision at the ranks of the relevant items, summed and not averaged, as the code of Saito et al. 2020 has it',
    saitoAveragePrecision,
  ),
  'saito-dcg': metric('DCG as the code of Saito et al. 2020 has it: ranks 1 and 2 both weigh 1, linear gains', saitoDcg),
  'saito-recall': metric(
    'recall as the code of Saito et al. 2020 has it: an irrelevant item counts 0.001, so that of none relevant it is k/n',
    saitoRecall,
  ),
} satisfies Record<string, MetricEntry>;
