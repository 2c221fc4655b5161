import type { Qrels } from '../data/trec/qrels.ts';
import { mostDocuments } from '../data/trec/topic-rows.ts';
import type { TrecRun } from '../data/trec/trec-run.ts';
import { UsageError } from '../errors.ts';
import { NOT_POOLED, POOLED_NOT_JUDGED } from './inferred-average-precision.ts';

/** The grades of what a run retrieved for Q topics, as every metric here takes them. */
export interface JudgedRankings {
  /** Of every topic: the grades in ranked order, −1 for documents that the judgments do not name and −2 for a grade below 0; then those of the judged documents that were not retrieved. */
  readonly ranked: Float32Array;
  readonly offsets: Uint32Array; //   length Q + 1
  readonly retrieved: Uint32Array; // length Q: how many of a topic's grades are of retrieved documents
}

/**
 * Joins a run with judgments, topic by topic. A topic that the run does not have has retrieved nothing.
 * @param topics numbers in ids.topics, such as `chooseTopics` gives
 * @param depth only so many documents of a topic count as retrieved
 * @throws UsageError on judgments and a run that were not read with the same ids, or a depth that is not a whole number ≥ 1
 */
export function judgedRankings(qrels: Qrels, run: TrecRun, topics: Uint32Array, depth = Infinity): JudgedRankings {
  if (!(depth === Infinity || (Number.isSafeInteger(depth) && depth >= 1)))
    throw new UsageError(`the depth must be a whole number of at least 1, got ${depth}`);
  if (qrels.ids !== run.ids) throw new UsageError('judgments and run must share their ids: readRun(path, qrels.ids)');
  const [judgments, results] = [segments(qrels), segments(run)];
  let most = 0;
  for (const topic of topics) most += judgments.end(topic) - judgments.start(topic) + results.end(topic) - results.start(topic);
  const ranked = new Float32Array(most);
  const offsets = new Uint32Array(topics.length + 1);
  const retrieved = new Uint32Array(topics.length);
  const waiting = new Uint32Array(mostDocuments(qrels.ids, topics)); // topic's place + 1 while the document was not met in the run …
  const gradeOf = new Float32Array(waiting.length); //            … and its grade
  let next = 0;
  for (let t = 0; t < topics.length; t++) {
    const [first, last] = [judgments.start(topics[t]), judgments.end(topics[t])];
    for (let i = first; i < last; i++) {
      waiting[qrels.documents[i]] = t + 1;
      gradeOf[qrels.documents[i]] = qrels.grades[i] < 0 ? POOLED_NOT_JUDGED : qrels.grades[i];
    }
    const top = results.start(topics[t]);
    const end = Math.min(results.end(topics[t]), top + depth);
    for (let i = top; i < end; i++) {
      const document = run.documents[i];
      const known = waiting[document] === t + 1;
      ranked[next++] = known ? gradeOf[document] : NOT_POOLED;
      if (known) waiting[document] = 0;
    }
    retrieved[t] = next - offsets[t];
    for (let i = first; i < last; i++) if (waiting[qrels.documents[i]] === t + 1) ranked[next++] = gradeOf[qrels.documents[i]];
    offsets[t + 1] = next;
  }
  return { ranked: ranked.subarray(0, next), offsets, retrieved };
}

/** Where the rows of a topic start and end; both 0 for a topic that is not there. */
function segments({ topics, offsets, ids }: Qrels | TrecRun) {
  const places = new Int32Array(ids.topics.length).fill(-1);
  for (let place = 0; place < topics.length; place++) places[topics[place]] = place;
  return {
    start: (topic: number) => (places[topic] < 0 ? 0 : offsets[places[topic]]),
    end: (topic: number) => (places[topic] < 0 ? 0 : offsets[places[topic] + 1]),
  };
}
