import type { SearchResult } from '../data/search-session.ts';
import { UsageError } from '../errors.ts';
import { integer, literal, optional, picklist, positive, union } from '../schema.ts';

/** Where a result's label comes from: grade or usefulness where it has one, and 1 or 0 for clicked or not elsewhere (0 where clicks were not recorded); or always its click. */
const labels = optional(picklist(['grade', 'usefulness', 'click']), 'grade');
/** What a result's label is taken from; a click where it has neither grade nor usefulness. */
export type LabelSource = 'grade' | 'usefulness' | 'click';

/** For metrics whose gain does not know the scale: any label ≥ 0. */
export const labelSource = { labels } as const;

/** For metrics whose gain is a share of the best: how high labels go, and where they come from. */
export const labelOptions = {
  /** H, of the label scale; 1 where clicks are the labels. A label above it is refused. */
  highestGrade: optional(positive(), 1),
  labels,
} as const;

/** g of a label R: 2^R − 1, or R; where gain is a share of the best, (2^R − 1)/2^H, or R/H. */
export const gainOption = { gain: optional(picklist(['exponential', 'linear']), 'exponential') } as const;

/** What a document earns that an earlier result list of the search session, or this one, showed already: its label again, or nothing. */
export const repeatsOption = (standard: 'count' | 'ignore') => optional(picklist(['count', 'ignore']), standard);

/** How many count, from the first on: a whole number, or all. */
export const cutoffOption = <T extends number | 'all'>(standard: T) =>
  optional(union([integer(1), literal('all')]), standard as number | 'all');
/** The same as a number that may be Infinity. */
export const limitOf = (cutoff: number | 'all'): number => (cutoff === 'all' ? Infinity : cutoff);

/**
 * Own label of a result, before anything is known of its other appearances; 0 where there is none and clicks were not recorded.
 * @throws UsageError where clicks are the labels and were not recorded
 */
export function ownLabel(result: SearchResult, source: LabelSource): number {
  const label = source === 'click' ? undefined : source === 'grade' ? result.grade : result.usefulness;
  if (source === 'click' && result.clicked === undefined)
    throw new UsageError(
      `labels are clicks, but it was not recorded whether "${result.id}" was clicked; take grades or usefulness, where the log has them`,
    );
  return label ?? (result.clicked ? 1 : 0);
}
