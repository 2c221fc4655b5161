import { UsageError } from '../errors.ts';
import type { GainRule } from '../label-gains.ts';
import { checkOffsets } from './rank-labels.ts';

/** What a query without a relevant document scores: 0, NaN (which `summarise` skips and counts) or 1. Moves a mean NDCG by tenths: always name it. */
export type EmptyQueries = 'zero' | 'skip' | 'one';

/** What a metric may be told; each reads the options that concern it. */
export interface MetricOptions {
  /** Ranks that count, k ≥ 1: `ndcg@10` has 10. Default: all. */
  readonly cutoff?: number;
  /** dcg, ndcg, err and nerr: gain of a label. Default: exponential. */
  readonly gain?: GainRule;
  /** dcg and ndcg: b of the discount log_b(rank + b − 1), above 1; a larger one is a more patient user. Default 2. */
  readonly base?: number;
  /** Lowest label that is relevant to a metric that knows only relevant or not. Above 0; default 1. */
  readonly threshold?: number;
  /** err and nerr: the highest grade of the label scale, over all data and not only these queries. Default 4. */
  readonly highestGrade?: number;
  /** rank-biased-precision and expected exposure: probability p in (0, 1) of going on to the next document. Default 0.8. */
  readonly persistence?: number;
  /** Default: zero. */
  readonly emptyQueries?: EmptyQueries;
  /** Uint32[Q]: only so many of a query's documents were retrieved; those behind them count as judged, not as ranked. Default: all. */
  readonly retrieved?: Uint32Array;
  /**
   * Uint32[D]: of every place, one past the last place of its group of equal scores, as `rankLabels` gives it. The value is then the
   * expectation over uniformly random order within groups. Default: no ties.
   */
  readonly ties?: Uint32Array;
}

/** One value per query, length Q. @param ranked labels in ranked order, by `rankLabels`, and its `ties` among the options @param offsets Uint32[Q + 1] */
export type Metric = (ranked: Float32Array, offsets: Uint32Array, options?: MetricOptions) => Float64Array;

const emptyValue: Readonly<Record<EmptyQueries, number>> = { zero: 0, skip: Number.NaN, one: 1 };

/**
 * The value of each query that has a relevant document, one whose label (or gain) is at least `relevantFrom`; the rule's value for the others.
 * `value` gets the query's first place, one past its last place, and one past the last retrieved place that the cutoff lets count.
 * @throws UsageError on a cutoff that is not a whole number ≥ 1, an unknown empty-query rule, or a length mismatch
 */
export function perQuery(
  ranked: Float32Array | Float64Array,
  offsets: Uint32Array,
  options: MetricOptions,
  relevantFrom: number,
  value: (start: number, end: number, last: number) => number,
): Float64Array {
  const { retrieved, ties } = options;
  const cutoff = checkCutoff(options.cutoff ?? Infinity);
  checkOffsets('ranked labels', ranked.length, offsets);
  const values = new Float64Array(offsets.length - 1).fill(emptyScore(options));
  if (retrieved && retrieved.length !== values.length)
    throw new UsageError(`expected ${values.length} numbers of retrieved documents, one per query, got ${retrieved.length}`);
  if (ties) checkOffsets('ends of ties', ties.length, offsets);
  for (let q = 0; q < values.length; q++) {
    const [start, end] = [offsets[q], offsets[q + 1]];
    let i = start;
    while (i < end && !(ranked[i] >= relevantFrom)) i++;
    if (i < end) values[q] = value(start, end, Math.min(end, start + cutoff, start + (retrieved ? retrieved[q] : Infinity)));
  }
  return values;
}

/** What an empty query scores. @throws UsageError on an unknown rule */
export function emptyScore({ emptyQueries = 'zero' }: MetricOptions): number {
  if (Object.hasOwn(emptyValue, emptyQueries)) return emptyValue[emptyQueries];
  throw new UsageError(`unknown rule for empty queries "${emptyQueries}"; known: ${Object.keys(emptyValue).join(', ')}`);
}

/** @throws UsageError unless the cutoff is a whole number ≥ 1, or Infinity */
export function checkCutoff(cutoff: number, name = 'a metric'): number {
  if (cutoff === Infinity || (Number.isSafeInteger(cutoff) && cutoff >= 1)) return cutoff;
  throw new UsageError(`the cutoff of ${name} must be a whole number of at least 1, got ${cutoff}`);
}

/** @throws UsageError unless the threshold is above 0 */
export function relevanceThreshold({ threshold = 1 }: MetricOptions): number {
  if (threshold > 0) return threshold;
  throw new UsageError(`the relevance threshold must be above 0, got ${threshold}; label 0 is judged not relevant, below 0 is unjudged`);
}

/** Every query that has documents at all. */
export const ANY_LABEL = -Infinity;

/** Any label above 0: what has a gain. */
export const SMALLEST_GRADE = Number.MIN_VALUE;
