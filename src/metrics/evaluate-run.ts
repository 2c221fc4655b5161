import type { Qrels } from '../data/trec/qrels.ts';
import type { TrecRun } from '../data/trec/trec-run.ts';
import { gradesOf, type JudgedRankings } from './judged-rankings.ts';
import { judgedRows } from './judged-rows.ts';
import { keepWork } from './kept-work.ts';
import type { MetricOptions } from './metric-options.ts';
import { parseMeasure } from './parse-measure.ts';
import { subtopicsOverOrders } from './subtopics-over-orders.ts';
import { chooseTopics } from './topic-choice.ts';

/**
 * Measures a run on its judged topics, as trec_eval does: per measure as written, such as `nDCG@10`, one value per topic, in the order of
 * the topic ids. A topic without a relevant document scores 0.
 * @param options.topics numbers of the topics, from `chooseTopics`; by default those that are both judged and in the run
 * @param options.depth only so many documents of a topic count as retrieved, as with trec_eval -M. Default all
 * @param options.expectTies whether documents of equal score count in every order, as learning to rank has it; else in the run's. Default false
 * @param options.emptyQueries what a topic without a relevant document scores. Default zero
 * Measures of diversity need judgments read by subtopic; others then take a document by its highest grade.
 * @throws UsageError as `parseMeasure`, `chooseTopics` and the metrics
 */
export function evaluateRun<Name extends string>(
  qrels: Qrels,
  run: TrecRun,
  measures: readonly Name[],
  options: Pick<MetricOptions, 'emptyQueries'> & {
    readonly topics?: Uint32Array;
    readonly depth?: number;
    readonly expectTies?: boolean;
  } = {},
): { topics: string[]; values: Record<Name, Float64Array> } {
  const { topics = chooseTopics(qrels, [run]).topics, depth = Infinity, expectTies = false, ...rest } = options;
  const named = measures.map(parseMeasure);
  const joined = judgedRows(qrels, run, topics, depth);
  const columns = named.map(({ computeSubtopic }) => {
    if (computeSubtopic === null) return new Float64Array(topics.length);
    return (expectTies ? subtopicsOverOrders(computeSubtopic) : computeSubtopic)(qrels, joined, rest);
  });
  for (const { first, ranked, offsets, retrieved, ties } of blocksOf(gradesOf(qrels, joined), expectTies))
    for (const [m, { compute, computeSubtopic }] of named.entries())
      if (computeSubtopic === null) columns[m].set(compute(ranked, offsets, { ...rest, retrieved, ...(ties && { ties }) }), first);
  return {
    topics: Array.from(topics, (topic) => qrels.ids.topics.text(topic)),
    values: Object.fromEntries(measures.map((measure, m) => [measure, columns[m]])) as Record<Name, Float64Array>,
  };
}

/** So many documents at a time: what all measures make of them stays in a processor's cache. */
const blockSize = 1 << 13;

/** Rankings of a few topics at a time, whose work measures may share; `first` is the place of the first topic. */
function* blocksOf({ ranked, offsets, retrieved, ties }: JudgedRankings, withTies: boolean) {
  for (let first = 0, next = 0; first < retrieved.length; first = next) {
    const start = offsets[first];
    do next++;
    while (next < retrieved.length && offsets[next + 1] - start <= blockSize);
    const end = offsets[next];
    yield {
      first,
      ranked: keepWork(ranked.subarray(start, end)),
      offsets: offsets.subarray(first, next + 1).map((at) => at - start),
      retrieved: retrieved.subarray(first, next),
      ties: withTies ? ties.subarray(start, end).map((at) => at - start) : undefined,
    };
  }
}
