import { DataError } from '../../errors.ts';
import type { SearchSession } from '../search-session.ts';
import { checkSearchSession } from './check-search-session.ts';
import { orFault, type SessionLogContext, type SessionLogFormat } from './session-log-format.ts';
import { child, childrenOf, childText, type XmlElement, xmlElements } from './xml-elements.ts';
import { rankedDocuments, rankOf } from './xml-results.ts';

const wanted = new Set(['interaction', 'query_id', 'query', 'results', 'result', 'docid', 'clicked', 'click', 'rank']);

/**
 * TianGong-ST: session@num > interaction@num with query_id, results > result@rank with docid, and clicked > click with rank. The weak relevance
 * labels of click models are not read: clicks are the labels. Clicks on ranks without a result are left out and counted.
 */
export const tiangongSt: SessionLogFormat = {
  description: 'TianGong-ST, XML: clicks of 147,155 search sessions',
  highestGrade: 1,
  labels: 'click',
  async *read(path, context) {
    const ids = new Map<string, string>(); // one text per id, however often it is there
    const intern = (id: string) => {
      const known = ids.get(id);
      if (known !== undefined) return known;
      const own = Buffer.from(id).toString(); // a text cut from the file would keep the piece of the file that it was cut from
      ids.set(own, own);
      return own;
    };
    for await (const element of xmlElements(path, 'session', wanted)) {
      const session = orFault(context, () => toSession(element, path, context, intern));
      if (session !== null) yield { session, line: element.line };
    }
  },
};

function toSession(element: XmlElement, file: string, context: SessionLogContext, intern: (id: string) => string): SearchSession {
  const { num } = element.attributes;
  if (num === undefined) throw new DataError('a session needs its num', { file, line: element.line });
  const queries = childrenOf(element, 'interaction').map((interaction) => {
    const id = childText(interaction, 'query_id');
    if (id === undefined) throw new DataError('an interaction without query_id', { file, line: interaction.line });
    const documents = rankedDocuments(child(interaction, 'results'), ['docid'], file);
    const clicked = new Set(clickedRanks(interaction, file));
    const ranks = new Set(documents.map(({ rank }) => rank));
    for (const rank of clicked) if (!ranks.has(rank)) context.unlistedClicks++;
    const text = childText(interaction, 'query');
    return {
      id: intern(id),
      ...(text !== undefined && { text: intern(text) }),
      results: documents.map(({ id: document, rank }) => ({ id: intern(document), clicked: clicked.has(rank) })),
    };
  });
  return checkSearchSession({ id: num, queries }, { file, line: element.line });
}

function clickedRanks(interaction: XmlElement, file: string): number[] {
  const clicked = child(interaction, 'clicked');
  if (clicked === undefined) return [];
  return childrenOf(clicked, 'click').map((click) => {
    const rank = rankOf(childText(click, 'rank'));
    if (Number.isNaN(rank)) throw new DataError('a click needs the rank of its result', { file, line: click.line });
    return rank;
  });
}
