import type { SearchQuery, SearchResult } from '../search-session.ts';
import { toSeconds } from './check-search-session.ts';
import { Fields } from './fields.ts';
import { countGaps, type SessionLogFormat } from './session-log-format.ts';
import { placeOf, type TiangongQuery, tiangongSessions } from './tiangong-json.ts';

/**
 * TianGong-SS-FSD (field study): sessions with user_id, session_id, queries; a query with query_id, query_string, start_timestamp and
 * SERPs[].results: rank, usefulness 0–4, clicked, click_timestamp. Further pages go on with the list; ranks without a result close up, and are counted. Satisfaction 1–5, of the search session or a query, is read where it is there.
 * Results are told apart by their url or id where there is one, else by query and rank: click-through enhancement cannot act then.
 */
export const tiangongSsFsd: SessionLogFormat = {
  description: 'TianGong-SS-FSD, JSON: usefulness 0–4, clicks and times of a field study',
  highestGrade: 4,
  labels: 'usefulness',
  read: (path, context) => tiangongSessions(path, context, 4, toQuery),
};

function toQuery(query: TiangongQuery): SearchQuery {
  const results = query.pages.flatMap((page, p) => resultsOf(page, p, query));
  query.ledger.keep('results', results.length);
  return { time: toSeconds(query.fields.number('start_timestamp')), results };
}

/** @param p place of the page, from 0 */
function resultsOf(page: Fields, p: number, query: TiangongQuery): SearchResult[] {
  page.reads(['results'], query.ledger);
  const ranked = page.list('results').map((result, i) => toResult(result, p, i, query));
  ranked.sort((a, b) => a.rank - b.rank);
  const twice = ranked.find(({ rank }, i) => i > 0 && ranked[i - 1].rank === rank);
  if (twice !== undefined) throw page.fault(`rank ${twice.rank} is there twice`);
  const ranks = ranked.map(({ rank }) => rank);
  countGaps(query.ledger, ranks[0], ranks);
  return ranked.map(({ result }) => result);
}

function toResult(
  value: unknown,
  p: number,
  i: number,
  { number, where, place, ledger }: TiangongQuery,
): { rank: number; result: SearchResult } {
  const fields = new Fields(value, `${where}, ${p === 0 ? '' : `SERPs[${p}], `}result ${i + 1}`, place);
  fields.reads(['rank', 'url', 'id', 'clicked', 'usefulness', 'click_timestamp'], ledger);
  const rank = fields.number('rank', 0);
  const name = ['url', 'id'].find((key) => fields.has(key));
  const clicked = fields.flag('clicked');
  return {
    rank,
    result: {
      id: name === undefined ? placeOf(number, p, rank) : fields.id(name),
      clicked,
      usefulness: fields.number('usefulness'),
      ...(clicked && fields.has('click_timestamp') && { clickTime: toSeconds(fields.number('click_timestamp')) }),
    },
  };
}
