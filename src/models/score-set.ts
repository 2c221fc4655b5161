import type { QuerySet } from '../data/query-set.ts';
import type { Scorer } from './scorer.ts';

/** Scores of all documents of a query set, length D, by their features, or what else the scorer knows them by. */
export const scoreSet = (scorer: Scorer, set: QuerySet): Float32Array => scorer.score(set.features, set.offsets, scorer.numbers?.(set));
