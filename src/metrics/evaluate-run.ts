import type { Qrels } from '../data/trec/qrels.ts';
import type { TrecRun } from '../data/trec/trec-run.ts';
import { gradesOf } from './judged-rankings.ts';
import { judgedRows } from './judged-rows.ts';
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
  const { ranked, offsets, retrieved, ties } = gradesOf(qrels, joined);
  const columns = named.map(({ compute, computeSubtopic }, m) => [
    measures[m],
    computeSubtopic === null
      ? compute(ranked, offsets, { ...rest, retrieved, ...(expectTies && { ties }) })
      : (expectTies ? subtopicsOverOrders(computeSubtopic) : computeSubtopic)(qrels, joined, rest),
  ]);
  return {
    topics: Array.from(topics, (topic) => qrels.ids.topics.text(topic)),
    values: Object.fromEntries(columns) as Record<Name, Float64Array>,
  };
}
