import type { Ledger } from '../accounting.ts';
import type { SearchQuery, SearchSession } from '../search-session.ts';
import { checkSearchSession } from './check-search-session.ts';
import { Fields } from './fields.ts';
import { jsonSessions } from './json-sessions.ts';
import type { PlacedSession, SessionLogContext } from './session-log-format.ts';

/** A query of a TianGong log: its fields, those of its result pages, and where it is, for messages. */
export interface TiangongQuery {
  readonly fields: Fields;
  readonly pages: readonly Fields[]; // at least one
  readonly number: number; // from 1
  readonly where: string;
  readonly place: { readonly file: string; readonly line: number };
  readonly ledger: Ledger;
}

/**
 * The search sessions of the TianGong logs in JSON: user_id, session_id, satisfaction 1–5 and queries, each with its result pages in SERPs.
 * @param highestUsefulness of the log's scale, which starts at 0
 */
export function tiangongSessions(
  path: string,
  context: SessionLogContext,
  highestUsefulness: number,
  toQuery: (query: TiangongQuery) => SearchQuery,
): AsyncGenerator<PlacedSession> {
  return jsonSessions(path, context, (value, number, line, ledger) => {
    const place = { file: path, line };
    const fields = new Fields(value, `search session ${number} in the file`, place);
    fields.reads(['user_id', 'session_id', 'satisfaction', 'queries'], ledger);
    const id = `${fields.has('user_id') ? `${fields.id('user_id')}/` : ''}${fields.id('session_id')}`;
    const session: SearchSession = {
      id,
      ...(fields.has('user_id') && { user: fields.id('user_id') }),
      ...(fields.has('satisfaction') && { satisfaction: fields.number('satisfaction') }),
      queries: fields.list('queries').map((query, j) => {
        const where = `search session ${id}, query ${j + 1}`;
        const ofQuery = new Fields(query, where, place);
        const [first = null, ...further] = ofQuery.list('SERPs');
        const pages = [first, ...further].map((page, p) => new Fields(page, `${where}, SERPs[${p}]`, place));
        return { ...queryFields(ofQuery, ledger), ...toQuery({ fields: ofQuery, pages, number: j + 1, where, place, ledger }) };
      }),
    };
    ledger.keep('queries', session.queries.length);
    return checkSearchSession(session, { ...place, highestUsefulness, satisfaction: [1, 5] });
  });
}

/** Of results without an id of their own: query, rank, and of a further page also that. */
export const placeOf = (number: number, page: number, rank: number): string =>
  page === 0 ? `${number}/${rank}` : `${number}/${page + 1}/${rank}`;

function queryFields(fields: Fields, ledger: Ledger): Omit<SearchQuery, 'results'> {
  fields.reads(['query_id', 'query_string', 'satisfaction', 'start_timestamp', 'SERPs'], ledger);
  return {
    ...(fields.has('query_id') && { id: fields.id('query_id') }),
    ...(fields.has('query_string') && { text: fields.text('query_string') }),
    ...(fields.has('satisfaction') && { satisfaction: fields.number('satisfaction') }),
  };
}
