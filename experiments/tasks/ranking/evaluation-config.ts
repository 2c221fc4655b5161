import { searchSessionOptions } from '../../../simulators/index.ts';
import { parseMetric } from '../../../src/metrics/index.ts';
import { array, nullable, openProbability, optional, picklist, repetitions, strictObject } from '../../../src/schema.ts';
import { numOptions } from '../../../src/session-metrics/index.ts';
import { parsable } from '../../config/text-rules.ts';
import type { Parts } from '../../parts/parts.ts';

/** Of NUM; its gains are those of the data. */
const { gain: _, ...numConstants } = numOptions.entries;

/** δ of the lower bounds of what rankers are worth beyond the lists of the log. */
const safetyConfig = strictObject({
  delta: optional(openProbability(), 0.05),
});

/** What is measured on the test queries. */
export const evaluationConfig = ({ metrics }: Parts) =>
  strictObject({
    metrics: optional(array(parsable((name) => parseMetric(name, metrics))), ['ndcg@1', 'ndcg@3', 'ndcg@5', 'ndcg@10', 'err@10']),
    emptyQueries: optional(picklist(['zero', 'skip', 'one']), 'zero'), // queries without a relevant document
    searchSessions: optional(nullable(strictObject({ count: optional(repetitions(), 10_000), ...searchSessionOptions.entries })), {}), // for NUM; null: none
    policy: optional(picklist(['order', 'plackett-luce']), 'order'), // how lists are made of scores, for ee-d, ee-l, ee-r and safety: in their order, or drawn
    safety: optional(nullable(safetyConfig), null), // whether rankers are safe against the lists of the log, by the held-out clicks; null: not told
    num: optional(strictObject(numConstants), {}), // constants of NUM; by default clicks are labels only where a result has no grade
  });
