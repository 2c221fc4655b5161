import type { SearchResult } from '../data/search-session.ts';
import { optional, picklist, positive } from '../schema.ts';

/** What every session metric takes a result's label from, and how high labels go. */
export const labelOptions = {
  /** H, of the label scale; 1 where clicks are the labels. A label above it is refused. */
  highestGrade: optional(positive(), 1),
  /** A result's label: its grade or usefulness where it has one, and 1 or 0 for clicked or not elsewhere; or always its click. */
  labels: optional(picklist(['grade', 'usefulness', 'click']), 'grade'),
} as const;
export type LabelSource = 'grade' | 'usefulness' | 'click';

/** Own label of a result, before anything is known of its other appearances. */
export function ownLabel(result: SearchResult, labels: LabelSource): number {
  const label = labels === 'click' ? undefined : labels === 'grade' ? result.grade : result.usefulness;
  return label ?? (result.clicked ? 1 : 0);
}
