import { DataError } from '../../errors.ts';
import { someOfBoth } from '../shared-ids.ts';
import type { Qrels } from './qrels.ts';
import type { TrecRun } from './trec-run.ts';

/**
 * Sees to it that judgments and a run are of the same topics and documents.
 * @throws DataError where no topic of the run is judged, or no document that it has for a judged topic is: every measure would be 0
 */
export function checkJudged(qrels: Qrels, run: TrecRun, file: string): void {
  const places = new Map(Array.from(qrels.topics, (topic, q) => [topic, q]));
  const shared = Array.from(run.topics, (_, t) => t).filter((t) => places.has(run.topics[t]));
  if (shared.length === 0) {
    const some = someOfBoth('the judgments have', topicIds(qrels), 'the run', topicIds(run));
    throw new DataError(`no topic of the run is judged; ${some}`, { file });
  }
  for (const t of shared) {
    const judged = new Set(documentsOf(qrels, places.get(run.topics[t]) as number));
    if (documentsOf(run, t).some((document) => judged.has(document))) return;
  }
  const [t] = shared;
  const name = run.ids.topics.text(run.topics[t]);
  const some = someOfBoth('the judgments have', documentIds(qrels, places.get(run.topics[t]) as number), 'the run', documentIds(run, t));
  throw new DataError(`no document of the run is judged for its topic; for topic ${name} ${some}`, { file });
}

const documentsOf = ({ documents, offsets }: Qrels | TrecRun, t: number): Uint32Array => documents.subarray(offsets[t], offsets[t + 1]);

function* topicIds({ ids, topics }: Qrels | TrecRun): Generator<string> {
  for (const topic of topics) yield ids.topics.text(topic);
}

function* documentIds(of: Qrels | TrecRun, t: number): Generator<string> {
  for (const document of documentsOf(of, t)) yield of.ids.documentsOf(of.topics[t]).text(document);
}
