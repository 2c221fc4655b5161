import type { SearchQuery, SearchSession } from '../search-session.ts';
import { checkSearchSession } from './check-search-session.ts';
import { Fields } from './fields.ts';
import { jsonSessions } from './json-sessions.ts';
import type { PlacedSession, SessionLogContext } from './session-log-format.ts';

/** A query of a TianGong log: its fields, those of its first result page, and where it is, for messages. */
export interface TiangongQuery {
  readonly fields: Fields;
  readonly page: Fields;
  readonly number: number; // from 1
  readonly where: string;
  readonly place: { readonly file: string; readonly line: number };
}

/**
 * The search sessions of the TianGong logs in JSON: user_id, session_id, satisfaction 1–5 and queries, each with its result page in SERPs[0].
 * @param highestUsefulness of the log's scale, which starts at 0
 */
export function tiangongSessions(
  path: string,
  context: SessionLogContext,
  highestUsefulness: number,
  toQuery: (query: TiangongQuery) => SearchQuery,
): AsyncGenerator<PlacedSession> {
  return jsonSessions(path, context, (value, number, line) => {
    const place = { file: path, line };
    const fields = new Fields(value, `search session ${number} in the file`, place);
    fields.noneNear(['user_id', 'session_id', 'satisfaction', 'queries']);
    const id = `${fields.has('user_id') ? `${fields.id('user_id')}/` : ''}${fields.id('session_id')}`;
    const session: SearchSession = {
      id,
      ...(fields.has('user_id') && { user: fields.id('user_id') }),
      ...(fields.has('satisfaction') && { satisfaction: fields.number('satisfaction') }),
      queries: fields.list('queries').map((query, j) => {
        const where = `search session ${id}, query ${j + 1}`;
        const ofQuery = new Fields(query, where, place);
        const page = new Fields(ofQuery.list('SERPs')[0] ?? null, `${where}, SERPs[0]`, place);
        return { ...queryFields(ofQuery), ...toQuery({ fields: ofQuery, page, number: j + 1, where, place }) };
      }),
    };
    return checkSearchSession(session, { ...place, highestUsefulness, satisfaction: [1, 5] });
  });
}

function queryFields(fields: Fields): Omit<SearchQuery, 'results'> {
  fields.noneNear(['query_id', 'query_string', 'satisfaction', 'start_timestamp', 'SERPs']);
  return {
    ...(fields.has('query_id') && { id: fields.id('query_id') }),
    ...(fields.has('query_string') && { text: fields.text('query_string') }),
    ...(fields.has('satisfaction') && { satisfaction: fields.number('satisfaction') }),
  };
}
