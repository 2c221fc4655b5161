import type { SearchQuery, SearchResult, SearchSession } from '../search-session.ts';
import { checkSearchSession, toSeconds } from './check-search-session.ts';
import { Fields } from './fields.ts';
import { jsonSessions } from './json-sessions.ts';
import type { SessionLogFormat } from './session-log-format.ts';

/**
 * TianGong-SS-FSD (field study): sessions with user_id, session_id, queries; a query with query_id, query_string, start_timestamp and
 * SERPs[0].results: rank, usefulness 0–4, clicked, click_timestamp. Satisfaction 1–5, of the search session or a query, is read where it is there.
 * Results are told apart by their url or id where there is one, else by query and rank: click-through enhancement cannot act then.
 */
export const tiangongSsFsd: SessionLogFormat = {
  description: 'TianGong-SS-FSD, JSON: usefulness 0–4, clicks and times of a field study',
  highestGrade: 4,
  labels: 'usefulness',
  read: (path, context) =>
    jsonSessions(path, context, (value, number) => {
      const fields = new Fields(value, `search session ${number} in the file`, { file: path });
      const id = `${fields.has('user_id') ? `${fields.id('user_id')}/` : ''}${fields.id('session_id')}`;
      const session: SearchSession = {
        id,
        ...(fields.has('user_id') && { user: fields.id('user_id') }),
        ...(fields.has('satisfaction') && { satisfaction: fields.number('satisfaction') }),
        queries: fields.list('queries').map((query, j) => toQuery(query, j, id, path)),
      };
      return checkSearchSession(session, { file: path, highestUsefulness: 4, satisfaction: [1, 5] });
    }),
};

function toQuery(value: unknown, j: number, session: string, file: string): SearchQuery {
  const where = `search session ${session}, query ${j + 1}`;
  const fields = new Fields(value, where, { file });
  const [page] = fields.list('SERPs');
  const serp = new Fields(page ?? null, `${where}, SERPs[0]`, { file });
  const ranked = serp.list('results').map((result, i) => toResult(result, `${where}, result ${i + 1}`, j, file));
  ranked.sort((a, b) => a.rank - b.rank);
  const twice = ranked.find(({ rank }, i) => i > 0 && ranked[i - 1].rank === rank);
  if (twice !== undefined) throw serp.fault(`rank ${twice.rank} is there twice`);
  return {
    ...(fields.has('query_id') && { id: fields.id('query_id') }),
    ...(fields.has('query_string') && { text: fields.text('query_string') }),
    time: toSeconds(fields.number('start_timestamp')),
    ...(fields.has('satisfaction') && { satisfaction: fields.number('satisfaction') }),
    results: ranked.map(({ result }) => result),
  };
}

function toResult(value: unknown, where: string, j: number, file: string): { rank: number; result: SearchResult } {
  const fields = new Fields(value, where, { file });
  const rank = fields.number('rank', 0);
  const name = ['url', 'id'].find((key) => fields.has(key));
  const clicked = fields.flag('clicked');
  return {
    rank,
    result: {
      id: name === undefined ? `${j + 1}/${rank}` : fields.id(name),
      clicked,
      usefulness: fields.number('usefulness'),
      ...(clicked && fields.has('click_timestamp') && { clickTime: toSeconds(fields.number('click_timestamp')) }),
    },
  };
}
