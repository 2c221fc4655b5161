import type { Qrels } from '../data/trec/qrels.ts';
import type { TrecRun } from '../data/trec/trec-run.ts';
import { UsageError } from '../errors.ts';

/** Which topics runs are compared on, and which not; all by their numbers in ids.topics, in the order of their ids. */
export interface TopicChoice {
  readonly topics: Uint32Array;
  /** Per run: judged topics that it lacks. Left out for all runs, unless the choice is complete: then the run scores 0 on them. */
  readonly missing: readonly Uint32Array[];
  /** Per run: topics without judgments, always left out. */
  readonly unjudged: readonly Uint32Array[];
}

/**
 * The topics that are judged and that every run has, so that all means are over the same topics; with `complete` all that are judged.
 * For one run these are trec_eval's rules without and with -c.
 * @throws UsageError on runs that were not read with the ids of the judgments, and where no topic is left
 */
export function chooseTopics(qrels: Qrels, runs: readonly TrecRun[], { complete = false } = {}): TopicChoice {
  if (runs.some(({ ids }) => ids !== qrels.ids)) throw new UsageError('judgments and runs must share their ids: readRun(path, qrels.ids)');
  const order = (topics: Iterable<number>) => Uint32Array.from(topics).sort((a, b) => qrels.ids.topics.compare(a, b));
  const judged = new Set(qrels.topics);
  const retrieved = runs.map(({ topics }) => new Set(topics));
  const missing = retrieved.map((of) => order(qrels.topics.filter((topic) => !of.has(topic))));
  const unjudged = runs.map(({ topics }) => order(topics.filter((topic) => !judged.has(topic))));
  const topics = complete ? qrels.topics : qrels.topics.filter((topic) => retrieved.every((of) => of.has(topic)));
  if (topics.length === 0 || unjudged.some((of, r) => of.length === runs[r].topics.length)) noTopic(qrels, runs, unjudged);
  return { topics: order(topics), missing, unjudged };
}

function noTopic(qrels: Qrels, runs: readonly TrecRun[], unjudged: readonly Uint32Array[]): never {
  const first = ({ topics, ids }: Qrels | TrecRun) => `"${ids.topics.text(topics[0])}"`;
  const stray = runs.find((run, r) => unjudged[r].length === run.topics.length);
  if (stray === undefined) refuseNoCommonTopic();
  throw new UsageError(
    `no topic of the run with the tag "${stray.tag}" is judged; do the ids match? The judgments start with topic ${first(qrels)}, the run with ${first(stray)}`,
  );
}

/** @throws UsageError */
export function refuseNoCommonTopic(): never {
  throw new UsageError('no judged topic is in every run; evaluate with complete topics, where a missing topic scores 0');
}
