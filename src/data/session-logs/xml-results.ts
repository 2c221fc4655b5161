import { DataError } from '../../errors.ts';
import type { Ledger } from '../accounting.ts';
import { shownText } from '../decimal.ts';
import { countGaps, unlisted } from './session-log-format.ts';
import { childId, childrenOf, childText, type XmlElement } from './xml-tree.ts';

/** A result as both XML formats list it. */
export interface RankedDocument {
  readonly id: string;
  readonly rank: number;
  readonly named: boolean; // by an id of its own, not for want of one
  readonly place: number; //  among those of the interaction in the file, from 0
  readonly line: number;
}

/** A whole number of at least 1, or NaN. */
const rankOf = (text: string | undefined): number => (/^\s*[1-9]\d*\s*$/.test(text ?? '') ? Number(text) : Number.NaN);

/**
 * The results of an interaction, by rank; a further list of them goes on with the ranks of the first.
 * @param idNames children that may hold the document's id @param otherwise children whose text is its id for want of one
 * @throws DataError on a result without a rank or an id, or with two that differ, and on a rank that is there twice
 */
export function rankedDocuments(
  interaction: XmlElement,
  idNames: readonly string[],
  otherwise: readonly string[],
  file: string,
): RankedDocument[] {
  const results = childrenOf(interaction, 'results').flatMap((list) => childrenOf(list, 'result'));
  const ranked = results.map((result, place) => {
    const { line } = result;
    const rank = rankOf(result.attributes.rank);
    if (Number.isNaN(rank))
      throw new DataError(`a result needs a rank from 1 on, got ${JSON.stringify(result.attributes.rank ?? null)}`, { file, line });
    const own = childId(result, idNames, file);
    const id = own ?? childId(result, otherwise, file);
    if (id === undefined)
      throw new DataError(`the result of rank ${rank} has no ${[...idNames, ...otherwise].join(' or ')}`, { file, line });
    return { id, rank, named: own !== undefined, place, line };
  });
  ranked.sort((a, b) => a.rank - b.rank);
  const twice = ranked.find(({ rank }, i) => i > 0 && ranked[i - 1].rank === rank);
  if (twice !== undefined) throw new DataError(`rank ${twice.rank} is there twice`, { file, line: twice.line });
  return ranked;
}

/**
 * The clicks of an interaction, with their ranks.
 * @throws DataError on a click without one, or with the id of another document than the one of its rank
 */
export function rankedClicks(
  interaction: XmlElement,
  documents: readonly RankedDocument[],
  file: string,
): { click: XmlElement; rank: number }[] {
  const clicks = childrenOf(interaction, 'clicked').flatMap((clicked) => childrenOf(clicked, 'click'));
  const byRank = new Map(documents.map((document) => [document.rank, document]));
  return clicks.map((click) => {
    const rank = rankOf(childText(click, 'rank'));
    if (Number.isNaN(rank)) throw new DataError('a click needs the rank of its result', { file, line: click.line });
    const named = childId(click, ['docno', 'docid'], file);
    const listed = byRank.get(rank);
    if (named !== undefined && listed?.named === true && named !== listed.id)
      throw new DataError(`a click on rank ${rank} names ${shownText(named)}, but that rank lists ${shownText(listed.id)}`, {
        file,
        line: click.line,
      });
    return { click, rank };
  });
}

/** Counts results and clicks: of several clicks on a result the further are merged into the first. @param first rank of the list */
export function countClicks(
  ledger: Ledger,
  first: number,
  documents: readonly RankedDocument[],
  clicks: readonly { readonly rank: number }[],
): void {
  const unclicked = new Set(documents.map(({ rank }) => rank));
  const ranks = new Set(unclicked);
  ledger.keep('results', documents.length);
  countGaps(
    ledger,
    first,
    documents.map(({ rank }) => rank),
  );
  for (const { rank } of clicks)
    if (!ranks.has(rank)) ledger.reject('clicks', unlisted);
    else if (unclicked.delete(rank)) ledger.keep('clicks');
    else ledger.merge('clicks');
}
