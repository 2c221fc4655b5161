import { DataError } from '../../errors.ts';
import { shownText } from '../decimal.ts';
import type { SearchSession } from '../search-session.ts';
import { checkSearchSession } from './check-search-session.ts';
import { orFault, type SessionLogFormat } from './session-log-format.ts';
import { xmlElements } from './xml-elements.ts';
import { countClicks, type RankedDocument, rankedClicks, rankedDocuments } from './xml-results.ts';
import { childId, childrenOf, childText, type XmlForm, type XmlRecord } from './xml-tree.ts';

const form: XmlForm = {
  session: { interaction: 'many' },
  interaction: { query_id: 'one', query: 'one', results: 'many', clicked: 'many' },
  results: { result: 'many' },
  result: { docid: 'one' },
  clicked: { click: 'many' },
  click: { rank: 'one', docid: 'one' },
};

/**
 * TianGong-ST: session@num > interaction@num with query_id, results > result@rank with docid, and clicked > click with rank. The weak relevance
 * labels of click models are not read: clicks are the labels. Ranks without a result close up, and are counted. Clicks on ranks without a result are left out and counted.
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
    for await (const record of xmlElements(path, 'session', form, context.ledger)) {
      const session = orFault(context, () => toSession(record, path, intern, context.strict === true));
      if (session !== null) yield { session, line: record.line, ledger: record.ledger };
    }
  },
};

function toSession(record: XmlRecord, file: string, intern: (id: string) => string, strict: boolean): SearchSession {
  const { num } = record.attributes;
  if (record.fault !== null) throw record.fault;
  if (num === undefined) throw new DataError('a session needs its num', { file, line: record.line });
  const queries = childrenOf(record, 'interaction').map((interaction) => {
    const id = childId(interaction, ['query_id'], file);
    if (id === undefined) throw new DataError('an interaction without query_id', { file, line: interaction.line });
    const documents = rankedDocuments(interaction, ['docid'], [], file);
    const clicks = rankedClicks(interaction, documents, file);
    const clicked = new Set(clicks.map(({ rank }) => rank));
    if (strict) checkShown(num, interaction.line, documents, clicks, file);
    countClicks(record.ledger, 1, documents, clicks);
    const text = childText(interaction, 'query');
    return {
      id: intern(id),
      ...(text !== undefined && { text: intern(text) }),
      results: documents.map(({ id: document, rank }) => ({ id: intern(document), clicked: clicked.has(rank) })),
    };
  });
  record.ledger.keep('queries', queries.length);
  return checkSearchSession({ id: num, queries }, { file, line: record.line });
}

/** @throws DataError where a click log could not say what was shown and clicked */
function checkShown(
  session: string,
  line: number,
  documents: readonly RankedDocument[],
  clicks: ReturnType<typeof rankedClicks>,
  file: string,
): void {
  const fault = (problem: string, at: number) => {
    throw new DataError(`search session ${session}: ${problem}`, { file, line: at });
  };
  if (documents.length === 0) fault('an interaction without results', line);
  for (const [k, { rank, place, line: at }] of documents.entries())
    if (rank !== k + 1 || place !== k)
      fault(
        `result ${place + 1} of an interaction has rank ${rank}; results have the ranks 1, 2, 3 … in their order, or a click would not say where`,
        at,
      );
  const ids = new Set<string>();
  for (const { id } of documents) {
    if (ids.has(id)) fault(`an interaction shows document ${shownText(id)} twice, and a click would not say which`, line);
    ids.add(id);
  }
  const ranks = new Set(documents.map(({ rank }) => rank));
  for (const { rank, click } of clicks) if (!ranks.has(rank)) fault(`a click on rank ${rank}, where no result was shown`, click.line);
}
