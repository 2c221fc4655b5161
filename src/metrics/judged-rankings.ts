import type { Qrels } from '../data/trec/qrels.ts';
import type { TrecRun } from '../data/trec/trec-run.ts';
import { NOT_POOLED, POOLED_NOT_JUDGED } from './inferred-average-precision.ts';
import { type JudgedRows, judgedRows } from './judged-rows.ts';

/** The grades of what a run retrieved for Q topics, as every metric here takes them. */
export interface JudgedRankings {
  /** Of every topic: the grades in ranked order, also below the depth, −1 for documents that the judgments do not name and −2 for a grade below 0; then those of the judged documents that the run does not have. */
  readonly ranked: Float32Array;
  readonly offsets: Uint32Array; //   length Q + 1
  readonly retrieved: Uint32Array; // length Q: how many of a topic's grades are of retrieved documents
  readonly ties: Uint32Array; //      length D: of every place, one past the last place of its group of equal scores
}

/** The grades of a run's documents, joined by {@link judgedRows}. Parameters and errors as there. */
export const judgedRankings = (qrels: Qrels, run: TrecRun, topics: Uint32Array, depth = Infinity): JudgedRankings =>
  gradesOf(qrels, judgedRows(qrels, run, topics, depth));

/** The grades at rows of judgments. */
export function gradesOf({ grades }: Qrels, { rows, offsets, retrieved, ties }: JudgedRows): JudgedRankings {
  const told = grades.map((grade) => (grade < 0 ? POOLED_NOT_JUDGED : grade));
  const ranked = new Float32Array(rows.length);
  for (let i = 0; i < ranked.length; i++) ranked[i] = rows[i] < 0 ? NOT_POOLED : told[rows[i]];
  return { ranked, offsets, retrieved, ties };
}
