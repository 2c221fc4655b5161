import { UsageError } from '../../errors.ts';
import type { QuerySet } from '../query-set.ts';
import { createTrecIds, type TrecIds } from './id-table.ts';
import type { Qrels } from './qrels.ts';
import { rankInPlace } from './rank-in-place.ts';
import type { TrecRun } from './trec-run.ts';

type Judged = Pick<QuerySet, 'queryIds' | 'docIds' | 'offsets' | 'labels'>;

/** The labels of a query set as judgments, topics and documents under the ids they have there. */
export function qrelsOf(set: Judged, ids: TrecIds = createTrecIds()): Qrels {
  return { ids, ...interned(set, ids), grades: set.labels.slice() };
}

/**
 * The ranking that scores (length D) make of a query set, as a run: what `writeRun` writes, and `evaluateRun` measures.
 * @throws UsageError on a length mismatch or a score that is NaN
 */
export function runOf(set: Judged, scores: Float32Array | Float64Array, tag: string, ids: TrecIds = createTrecIds()): TrecRun {
  if (scores.length !== set.labels.length)
    throw new UsageError(`expected ${set.labels.length} scores, one per document, got ${scores.length}`);
  const bad = scores.findIndex((score) => Number.isNaN(score));
  if (bad >= 0) throw new UsageError(`scores[${bad}] is NaN, which has no rank; did training diverge?`);
  const run = { ids, tag, ...interned(set, ids), scores: Float64Array.from(scores) };
  rankInPlace(run, run.documents, run.scores);
  return run;
}

function interned({ queryIds, docIds, offsets }: Judged, ids: TrecIds) {
  const topics = Uint32Array.from(queryIds, (id) => ids.topics.internText(id));
  const documents = new Uint32Array(docIds.length);
  topics.forEach((topic, q) => {
    const table = ids.documentsOf(topic);
    for (let d = offsets[q]; d < offsets[q + 1]; d++) documents[d] = table.internText(docIds[d]);
  });
  return { topics, offsets: Uint32Array.from(offsets), documents };
}
