import type { Described } from '../registry.ts';
import { averagePrecision } from './average-precision.ts';
import { dcg } from './dcg.ts';
import { err } from './err.ts';
import type { Metric } from './metric-options.ts';
import { ndcg } from './ndcg.ts';
import { precision } from './precision.ts';
import { rankBiasedPrecision } from './rank-biased-precision.ts';
import { recall } from './recall.ts';
import { reciprocalRank } from './reciprocal-rank.ts';
import { saitoDcg } from './saito-dcg.ts';

/** A metric of a ranking, by name; a config adds the cutoff: `ndcg@10`. */
export interface MetricEntry extends Described {
  readonly compute: Metric;
  readonly lowerIsBetter?: boolean;
}

/** One line per metric. */
export const metrics = {
  'average-precision': { description: 'mean precision at the ranks of the relevant documents', compute: averagePrecision },
  dcg: { description: 'discounted cumulative gain', compute: dcg },
  err: { description: 'expected reciprocal rank of a user who stops once satisfied', compute: err },
  ndcg: { description: 'discounted cumulative gain over that of the ideal order', compute: ndcg },
  precision: { description: 'share of relevant documents among the first k', compute: precision },
  'rank-biased-precision': { description: 'rate of relevant documents for a user of persistence p', compute: rankBiasedPrecision },
  recall: { description: 'share of the relevant documents that are among the first k', compute: recall },
  'reciprocal-rank': { description: 'one over the rank of the first relevant document', compute: reciprocalRank },
  'saito-dcg': { description: 'DCG as the code of Saito et al. 2020 has it: ranks 1 and 2 both weigh 1, linear gains', compute: saitoDcg },
} satisfies Record<string, MetricEntry>;
