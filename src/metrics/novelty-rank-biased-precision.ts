import type { NoveltyOptions } from './intent-aware.ts';
import { idealNoveltyGains, noveltyGains } from './novelty-gains.ts';
import { type SubtopicMetric, subtopicMetric } from './subtopic-metric.ts';

/** Options of novelty- and rank-biased precision. */
export interface NoveltyRbpOptions extends NoveltyOptions {
  readonly beta: number; // in (0, 1): patience, the probability of going on to the next document
}

/** Σ gain·β^(rank − 1). */
const decayed = (gains: Float64Array, beta: number) => gains.reduceRight((sum, gain) => gain + beta * sum, 0);

/**
 * Novelty- and rank-biased precision, (1 − (1 − α)β)/S · Σ novelty gain · β^(rank − 1), S = subtopics with a relevant document. In [0, 1].
 * Clarke, Kolla & Vechtomova, ICTIR 2009, as ndeval has it.
 */
export const noveltyRankBiasedPrecision = ({ alpha, beta, ...rule }: NoveltyRbpOptions): SubtopicMetric =>
  subtopicMetric(rule, ({ ranked, counts }) => ((1 - (1 - alpha) * beta) * decayed(noveltyGains(ranked, alpha), beta)) / counts.size);

/** The same over that of the greedy ideal order of the judged documents. */
export const normalisedNoveltyRankBiasedPrecision = ({ alpha, beta, ...rule }: NoveltyRbpOptions): SubtopicMetric =>
  subtopicMetric(rule, (topic) => decayed(noveltyGains(topic.ranked, alpha), beta) / decayed(idealNoveltyGains(topic, alpha), beta));
