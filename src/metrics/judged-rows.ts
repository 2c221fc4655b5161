import type { Qrels } from '../data/trec/qrels.ts';
import { mostDocuments } from '../data/trec/topic-rows.ts';
import type { TrecRun } from '../data/trec/trec-run.ts';
import { UsageError } from '../errors.ts';

/** Where the judgments are of what a run retrieved for Q topics. */
export interface JudgedRows {
  /** Of every topic: the rows in the judgments of its documents in ranked order, also below the depth, −1 for one without; then those that the run does not have. */
  readonly rows: Int32Array;
  readonly offsets: Uint32Array; //   length Q + 1
  readonly retrieved: Uint32Array; // length Q: how many of a topic's rows are of retrieved documents
  readonly ties: Uint32Array; //      length D: of every place, one past the last place of its group of equal scores
}

/**
 * Joins a run with judgments, topic by topic. A topic that the run does not have has retrieved nothing.
 * @param topics numbers in ids.topics, such as `chooseTopics` gives
 * @param depth only so many documents of a topic count as retrieved
 * @throws UsageError on judgments and a run that were not read with the same ids, or a depth that is not a whole number ≥ 1
 */
export function judgedRows(qrels: Qrels, run: TrecRun, topics: Uint32Array, depth = Infinity): JudgedRows {
  if (!(depth === Infinity || (Number.isSafeInteger(depth) && depth >= 1)))
    throw new UsageError(`the depth must be a whole number of at least 1, got ${depth}`);
  if (qrels.ids !== run.ids) throw new UsageError('judgments and run must share their ids: readRun(path, qrels.ids)');
  const [judgments, results] = [segments(qrels), segments(run)];
  let most = 0;
  for (const topic of topics) most += judgments.end(topic) - judgments.start(topic) + results.end(topic) - results.start(topic);
  const rows = new Int32Array(most);
  const offsets = new Uint32Array(topics.length + 1);
  const retrieved = new Uint32Array(topics.length);
  const ties = new Uint32Array(most);
  const waiting = new Uint32Array(mostDocuments(qrels.ids, topics)); // row + 1 while the document was not met in the run
  let next = 0;
  for (let t = 0; t < topics.length; t++) {
    const [first, last] = [judgments.start(topics[t]), judgments.end(topics[t])];
    for (let row = first; row < last; row++) waiting[qrels.documents[row]] = row + 1;
    const top = results.start(topics[t]);
    const end = results.end(topics[t]);
    for (let i = top; i < end; i++) {
      const document = run.documents[i];
      rows[next++] = waiting[document] - 1;
      waiting[document] = 0;
    }
    retrieved[t] = Math.min(depth, end - top);
    for (let i = end - 1, place = next - 1; i >= top; i--, place--)
      ties[place] = i + 1 < end && run.scores[i] === run.scores[i + 1] ? ties[place + 1] : place + 1;
    for (let row = first; row < last; row++)
      if (waiting[qrels.documents[row]] !== 0) {
        rows[next++] = row;
        ties[next - 1] = next;
        waiting[qrels.documents[row]] = 0; // the next topic starts from zeros
      }
    offsets[t + 1] = next;
  }
  return { rows: rows.subarray(0, next), offsets, retrieved, ties: ties.subarray(0, next) };
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
