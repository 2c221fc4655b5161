import type { Qrels } from '../data/trec/qrels.ts';
import { UsageError } from '../errors.ts';
import type { JudgedRows } from './judged-rows.ts';
import { emptyScore, type MetricOptions } from './metric-options.ts';

/** A measure of novelty and diversity: one value per topic of the joined rows, length Q. */
export type SubtopicMetric = (qrels: Qrels, joined: JudgedRows, options?: Pick<MetricOptions, 'emptyQueries'>) => Float64Array;

/** A topic as measures of diversity see it: documents as the subtopics that they are relevant to. */
export interface SubtopicTopic {
  /** In ranked order; empty for a document that is relevant to none. */
  readonly ranked: readonly (readonly number[])[];
  /** All documents that are relevant to some subtopic, retrieved or not; of equal gain the one of higher id comes first. */
  readonly relevant: readonly (readonly number[])[];
  /** How many documents are relevant to each subtopic that has any: number of the subtopic → count. */
  readonly counts: ReadonlyMap<number, number>;
}

/** What counts as relevant to a subtopic. */
export interface SubtopicRule {
  readonly rel: number; //          lowest grade that is relevant
  /** Documents without any judgment are taken out before ranks are counted; a grade below 0 is a judgment, as in ir_measures. Default false. */
  readonly judgedOnly?: boolean;
}

const none: readonly number[] = [];

/**
 * A metric from the value of each topic that has a relevant document; the others score what the rule for empty queries says.
 * Errors of the metric: UsageError on judgments that were read without subtopics, or an unknown rule.
 */
export const subtopicMetric =
  ({ rel, judgedOnly = false }: SubtopicRule, value: (topic: SubtopicTopic) => number): SubtopicMetric =>
  (qrels, { rows, offsets, retrieved }, options = {}) => {
    const { bySubtopic, documents, ids, topics } = qrels;
    if (bySubtopic === undefined)
      throw new UsageError('measures of diversity need judgments by subtopic: readQrels(path, ids, { subtopics: true })');
    const empty = emptyScore(options);
    const subtopicsOf = (row: number): readonly number[] => {
      const found: number[] = [];
      for (let j = bySubtopic.offsets[row]; j < bySubtopic.offsets[row + 1]; j++)
        if (bySubtopic.grades[j] >= rel) found.push(bySubtopic.subtopics[j]);
      return found;
    };
    return Float64Array.from(retrieved, (count, t) => {
      const all = rows.subarray(offsets[t], offsets[t + 1]);
      const judged = all.filter((row) => row >= 0);
      if (judged.length === 0) return empty;
      const of = new Map(Array.from(judged, (row) => [row, subtopicsOf(row)]));
      const table = ids.documentsOf(topics[placeOf(qrels, judged[0])]);
      const relevant = judged.filter((row) => (of.get(row) ?? none).length > 0).sort((a, b) => table.compare(documents[b], documents[a]));
      if (relevant.length === 0) return empty;
      const counts = new Map<number, number>();
      for (const row of relevant) for (const subtopic of of.get(row) ?? none) counts.set(subtopic, (counts.get(subtopic) ?? 0) + 1);
      const ranked = Array.from(
        all.subarray(0, count).filter((row) => row >= 0 || !judgedOnly),
        (row) => of.get(row) ?? none,
      );
      return value({ ranked, relevant: Array.from(relevant, (row) => of.get(row) ?? none), counts });
    });
  };

/** The topic that a row of the judgments belongs to: its place in `topics`. */
function placeOf({ offsets }: Qrels, row: number): number {
  let [low, high] = [0, offsets.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (offsets[middle] <= row) low = middle;
    else high = middle;
  }
  return low;
}
