import { DataError } from '../../errors.ts';
import { childrenOf, childText, type XmlElement } from './xml-elements.ts';

/** A result as both XML formats list it. */
export interface RankedDocument {
  readonly id: string;
  readonly rank: number;
}

/** A whole number of at least 1, or NaN. */
export const rankOf = (text: string | undefined): number => (/^\s*[1-9]\d*\s*$/.test(text ?? '') ? Number(text) : Number.NaN);

/**
 * The results of an interaction, by rank.
 * @param idNames children that may hold the document's id, the first that does counts
 * @throws DataError on a result without a rank or an id, and on a rank that is there twice
 */
export function rankedDocuments(results: XmlElement | undefined, idNames: readonly string[], file: string): RankedDocument[] {
  if (results === undefined) return [];
  const ranked = childrenOf(results, 'result').map((result) => {
    const place = { file, line: result.line };
    const rank = rankOf(result.attributes.rank);
    if (Number.isNaN(rank))
      throw new DataError(`a result needs a rank from 1 on, got ${JSON.stringify(result.attributes.rank ?? null)}`, place);
    const id = childText(result, ...idNames);
    if (id === undefined) throw new DataError(`the result of rank ${rank} has no ${idNames.join(' or ')}`, place);
    return { id, rank, place };
  });
  ranked.sort((a, b) => a.rank - b.rank);
  const twice = ranked.find(({ rank }, i) => i > 0 && ranked[i - 1].rank === rank);
  if (twice !== undefined) throw new DataError(`rank ${twice.rank} is there twice`, twice.place);
  return ranked;
}
