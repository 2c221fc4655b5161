import type { SearchQuery, SearchSession } from '../search-session.ts';
import { checkSearchSession, toSeconds } from './check-search-session.ts';
import { Fields } from './fields.ts';
import { jsonSessions } from './json-sessions.ts';
import type { SessionLogContext, SessionLogFormat } from './session-log-format.ts';

/**
 * TianGong-Qref: sessions with user_id, session_id, satisfaction 1–5, queries; a query with query_id, satisfaction and SERPs[0]: top10_usefulness
 * (0–3 by rank) and clicked_results with id (the rank, from 1) and timestamp. Clicks below the results that have a usefulness are left out and
 * counted. Results have no ids, so each is a document of its own: click-through enhancement cannot act.
 */
export const tiangongQref: SessionLogFormat = {
  description: 'TianGong-Qref, JSON: usefulness 0–3 of the first ten results, satisfaction 1–5',
  highestGrade: 3,
  labels: 'usefulness',
  read: (path, context) =>
    jsonSessions(path, context, (value, number) => {
      const fields = new Fields(value, `search session ${number} in the file`, { file: path });
      const id = `${fields.has('user_id') ? `${fields.id('user_id')}/` : ''}${fields.id('session_id')}`;
      const session: SearchSession = {
        id,
        ...(fields.has('user_id') && { user: fields.id('user_id') }),
        ...(fields.has('satisfaction') && { satisfaction: fields.number('satisfaction') }),
        queries: fields.list('queries').map((query, j) => toQuery(query, j, id, path, context)),
      };
      return checkSearchSession(session, { file: path, highestUsefulness: 3, satisfaction: [1, 5] });
    }),
};

function toQuery(value: unknown, j: number, session: string, file: string, context: SessionLogContext): SearchQuery {
  const where = `search session ${session}, query ${j + 1}`;
  const fields = new Fields(value, where, { file });
  const [page] = fields.list('SERPs');
  const serp = new Fields(page ?? null, `${where}, SERPs[0]`, { file });
  const usefulness = serp.list('top10_usefulness').map((one, i) => {
    if (typeof one === 'number' && Number.isFinite(one)) return one;
    throw serp.fault(`usefulness of result ${i + 1} must be a number, got ${JSON.stringify(one)}`);
  });
  const clickTimes = new Map<number, number | null>(); // by rank: the first click
  for (const [c, click] of serp.list('clicked_results').entries()) {
    const clicked = new Fields(click, `${where}, click ${c + 1}`, { file });
    const rank = clicked.number('id');
    const time = clicked.has('timestamp') ? toSeconds(clicked.number('timestamp')) : null;
    if (!(Number.isInteger(rank) && rank >= 1 && rank <= usefulness.length)) context.unlistedClicks++;
    else if (!clickTimes.has(rank)) clickTimes.set(rank, time);
  }
  return {
    ...(fields.has('query_id') && { id: fields.id('query_id') }),
    ...(fields.has('query_string') && { text: fields.text('query_string') }),
    ...(fields.has('start_timestamp') && { time: toSeconds(fields.number('start_timestamp')) }),
    ...(fields.has('satisfaction') && { satisfaction: fields.number('satisfaction') }),
    results: usefulness.map((one, i) => {
      const clickTime = clickTimes.get(i + 1);
      return { id: `${j + 1}/${i + 1}`, clicked: clickTime !== undefined, usefulness: one, ...(clickTime != null && { clickTime }) };
    }),
  };
}
