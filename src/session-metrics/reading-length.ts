import type { SearchResult } from '../data/search-session.ts';
import { UsageError } from '../errors.ts';
import { optional, positive } from '../schema.ts';

/** How long documents are for metrics that count words. */
export const wordOptions = {
  /** Words of a document whose length is not known. A guess. */
  documentWords: optional(positive(), 500),
  /** Characters per word, the blank included: lengths of logs are in characters. A guess. */
  charactersPerWord: optional(positive(), 6),
};

/** Words of a result's document. @throws UsageError unless a length that is given is above 0 */
export function wordsOf({ id, length }: SearchResult, documentWords: number, charactersPerWord: number): number {
  if (length === undefined) return documentWords;
  if (length > 0 && length < Infinity) return length / charactersPerWord;
  throw new UsageError(`length ${length} of ${id} must be above 0`);
}
