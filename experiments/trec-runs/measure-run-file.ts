import type { Accounting } from '../../src/data/accounting.ts';
import { checkJudged } from '../../src/data/trec/check-judged.ts';
import type { Qrels } from '../../src/data/trec/qrels.ts';
import { readRun } from '../../src/data/trec/read-run.ts';
import { chooseTopics, type EmptyQueries, evaluateRun } from '../../src/metrics/index.ts';
import type { TieRule } from './tie-rules.ts';

/** How runs are measured. */
export interface RunMeasuring {
  readonly measures: readonly string[]; // in ir_measures' notation
  readonly complete: boolean; //           judged topics that a run lacks count, with 0
  readonly depth: number; //               only so many documents of a topic count
  readonly emptyQueries: EmptyQueries;
  readonly ties: TieRule;
}

/** What became of one run. */
export interface MeasuredRun {
  readonly topics: Uint32Array; //                numbers of judged topics in the ids of the judgments, in the order of their ids
  readonly values: readonly Float64Array[]; //    per measure: one per topic
  readonly missing: Uint32Array; //               judged topics that the run lacks
  readonly unjudged: readonly string[]; //        ids of topics without judgments
  readonly accounting: readonly Accounting[]; //  of the run's lines
}

/** Reads a run and measures it on the judged topics that it has, or, to be complete, on all. Errors as `readRun`, `checkJudged`, `chooseTopics` and `evaluateRun`. */
export async function measureRunFile(
  qrels: Qrels,
  path: string,
  { measures, complete, depth, emptyQueries, ties }: RunMeasuring,
): Promise<MeasuredRun> {
  const run = await readRun(path, qrels.ids, { ties: ties === 'rank' ? 'rank' : 'id' });
  checkJudged(qrels, run, path);
  const { topics, missing, unjudged } = chooseTopics(qrels, [run], { complete });
  const { values } = evaluateRun(qrels, run, measures, { topics, depth, emptyQueries, expectTies: ties === 'expected' });
  return {
    topics,
    values: measures.map((measure) => values[measure]),
    accounting: run.accounting,
    missing: missing[0],
    unjudged: Array.from(unjudged[0], (topic) => qrels.ids.topics.text(topic)),
  };
}
