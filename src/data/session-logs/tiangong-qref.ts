import type { SearchQuery } from '../search-session.ts';
import { toSeconds } from './check-search-session.ts';
import { Fields } from './fields.ts';
import type { SessionLogContext, SessionLogFormat } from './session-log-format.ts';
import { type TiangongQuery, tiangongSessions } from './tiangong-json.ts';

/**
 * TianGong-Qref: sessions with user_id, session_id, satisfaction 1–5, queries; a query with query_id, satisfaction and SERPs[0]: top10_usefulness
 * (0–3 by rank) and clicked_results with id (the rank, from 1) and timestamp. Clicks below the results that have a usefulness are left out and
 * counted. Results have no ids, so each is a document of its own: click-through enhancement cannot act.
 */
export const tiangongQref: SessionLogFormat = {
  description: 'TianGong-Qref, JSON: usefulness 0–3 of the first ten results, satisfaction 1–5',
  highestGrade: 3,
  labels: 'usefulness',
  read: (path, context) => tiangongSessions(path, context, 3, (query) => toQuery(query, context)),
};

function toQuery(query: TiangongQuery, context: SessionLogContext): SearchQuery {
  const { fields, page, number } = query;
  const usefulness = page.list('top10_usefulness').map((one, i) => {
    if (typeof one === 'number' && Number.isFinite(one)) return one;
    throw page.fault(`usefulness of result ${i + 1} must be a number, got ${JSON.stringify(one)}`);
  });
  const clickTimes = firstClicks(query, usefulness.length, context);
  return {
    ...(fields.has('start_timestamp') && { time: toSeconds(fields.number('start_timestamp')) }),
    results: usefulness.map((one, i) => {
      const clickTime = clickTimes.get(i + 1);
      return { id: `${number}/${i + 1}`, clicked: clickTime !== undefined, usefulness: one, ...(clickTime != null && { clickTime }) };
    }),
  };
}

/** Time of the first click by rank; null where the log has no time. */
function firstClicks({ page, where, place }: TiangongQuery, ranks: number, context: SessionLogContext): Map<number, number | null> {
  const times = new Map<number, number | null>();
  for (const [c, click] of page.list('clicked_results').entries()) {
    const clicked = new Fields(click, `${where}, click ${c + 1}`, place);
    clicked.noneNear(['id', 'timestamp']);
    const rank = clicked.number('id');
    const time = clicked.has('timestamp') ? toSeconds(clicked.number('timestamp')) : null;
    if (!(Number.isInteger(rank) && rank >= 1 && rank <= ranks)) context.unlistedClicks++;
    else if (!times.has(rank)) times.set(rank, time);
  }
  return times;
}
