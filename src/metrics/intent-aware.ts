import { idealNoveltyGains, noveltyGains } from './novelty-gains.ts';
import { type SubtopicMetric, type SubtopicRule, subtopicMetric } from './subtopic-metric.ts';

/** What a rank is worth in a sum of novelty gains. */
export type RankWorth = (rank: number) => number;
/** α-nDCG. */
export const logarithmic: RankWorth = (rank) => 1 / Math.log2(rank + 1);
/** ERR-IA. */
export const reciprocal: RankWorth = (rank) => 1 / rank;

/** Options of sums of novelty gains. */
export interface NoveltyOptions extends SubtopicRule {
  readonly alpha: number; // in [0, 1]: how much a subtopic loses each time it is met
}

/** Σ_{rank ≤ k} gain·worth. */
const total = (gains: Float64Array, cutoff: number, worth: RankWorth) =>
  gains.subarray(0, cutoff).reduce((sum, gain, i) => sum + gain * worth(i + 1), 0);

/**
 * Σ_{rank ≤ k} novelty gain · worth, over that of a collection which at every rank has a document relevant to all S subtopics,
 * Σ S(1 − α)^(rank − 1) · worth. In [0, 1]. α-DCG (Clarke et al., SIGIR 2008) and ERR-IA (Chapelle et al., CIKM 2009) as ndeval has them;
 * at k = 1, which ndeval does not divide, divided too.
 */
export const noveltySum = (worth: RankWorth, cutoff: number, { alpha, ...rule }: NoveltyOptions): SubtopicMetric =>
  subtopicMetric(rule, ({ ranked, counts }) => {
    const best = Float64Array.from({ length: cutoff }, (_, i) => counts.size * (1 - alpha) ** i);
    return total(noveltyGains(ranked, alpha), cutoff, worth) / total(best, cutoff, worth);
  });

/** Σ_{rank ≤ k} novelty gain · worth, over that of the greedy ideal order of the judged documents: α-nDCG, nERR-IA. At most about 1. */
export const normalisedNoveltySum = (worth: RankWorth, cutoff: number, { alpha, ...rule }: NoveltyOptions): SubtopicMetric =>
  subtopicMetric(
    rule,
    (topic) => total(noveltyGains(topic.ranked, alpha), cutoff, worth) / total(idealNoveltyGains(topic, alpha, cutoff), cutoff, worth),
  );

/** (1/k) Σ_{rank ≤ k} share of the subtopics that the document is relevant to: precision, averaged over subtopics. In [0, 1]. */
export const intentAwarePrecision = (cutoff: number, rule: SubtopicRule): SubtopicMetric =>
  subtopicMetric(rule, ({ ranked, counts }) => {
    const hits = ranked.slice(0, cutoff).reduce((sum, subtopics) => sum + subtopics.length, 0);
    return hits / (cutoff * counts.size);
  });

/** Average precision for every subtopic that has a relevant document, averaged. In [0, 1]. */
export const intentAwareAveragePrecision = (rule: SubtopicRule): SubtopicMetric =>
  subtopicMetric(rule, ({ ranked, counts }) => {
    const found = new Map<number, number>();
    let sum = 0;
    ranked.forEach((subtopics, i) => {
      for (const subtopic of subtopics) {
        const count = (found.get(subtopic) ?? 0) + 1;
        found.set(subtopic, count);
        sum += count / (i + 1) / (counts.get(subtopic) ?? 1);
      }
    });
    return sum / counts.size;
  });

/** Share of the subtopics with a relevant document that have one among the first k. In [0, 1]. Zhai, Cohen & Lafferty, SIGIR 2003. */
export const subtopicRecall = (cutoff: number, rule: SubtopicRule): SubtopicMetric =>
  subtopicMetric(rule, ({ ranked, counts }) => new Set(ranked.slice(0, cutoff).flat()).size / counts.size);
