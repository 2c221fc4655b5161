import type { TrecIds } from './id-table.ts';

/** What a system retrieved for Q topics, D documents in all, in ranked order: score descending, ties by document id descending (or by the rank column, where `readRun` was told so). */
export interface TrecRun {
  readonly ids: TrecIds;
  readonly tag: string;
  readonly topics: Uint32Array; //    length Q: numbers in ids.topics
  readonly offsets: Uint32Array; //   length Q + 1: topic q has documents offsets[q] … offsets[q + 1] − 1
  readonly documents: Uint32Array; // length D: numbers in ids.documentsOf(topic); none twice in a topic
  readonly scores: Float64Array; //   length D: never rising within a topic
}
