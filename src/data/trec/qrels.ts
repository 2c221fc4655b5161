import type { TrecIds } from './id-table.ts';
import type { SubtopicJudgments } from './subtopics.ts';

/** Relevance judgments of Q topics, in the order in which the topics were first met; D judgments. */
export interface Qrels {
  readonly ids: TrecIds;
  readonly topics: Uint32Array; //    length Q: numbers in ids.topics
  readonly offsets: Uint32Array; //   length Q + 1: topic q has judgments offsets[q] … offsets[q + 1] − 1
  readonly documents: Uint32Array; // length D: numbers in ids.documentsOf(topic); none twice in a topic
  readonly grades: Float32Array; //   length D: whole numbers; below 0: in the pool, but not judged
  /** Where they were asked for; the grade of a document is then the highest over its subtopics. */
  readonly bySubtopic?: SubtopicJudgments;
}
