import type { SearchQuery, SearchResult } from '../search-session.ts';
import { toSeconds } from './check-search-session.ts';
import { Fields, shown } from './fields.ts';
import { type SessionLogFormat, unlisted } from './session-log-format.ts';
import { placeOf, type TiangongQuery, tiangongSessions } from './tiangong-json.ts';

/**
 * TianGong-Qref: sessions with user_id, session_id, satisfaction 1–5, queries; a query with query_id, satisfaction and SERPs[]: top10_usefulness
 * (0–3 by rank) and clicked_results with id (the rank on the page, from 1) and timestamp. Further pages go on with the list; one without usefulness
 * is left out. Clicks below the results that have a usefulness are left out too; both are counted. Results have no ids, so each is a document of its own: click-through enhancement cannot act.
 */
export const tiangongQref: SessionLogFormat = {
  description: 'TianGong-Qref, JSON: usefulness 0–3 of the first ten results, satisfaction 1–5',
  highestGrade: 3,
  labels: 'usefulness',
  read: (path, context) => tiangongSessions(path, context, 3, toQuery),
};

function toQuery(query: TiangongQuery): SearchQuery {
  const { fields, pages, ledger } = query;
  const results = pages.flatMap((page, p) => resultsOf(page, p, query));
  ledger.keep('results', results.length);
  return { ...(fields.has('start_timestamp') && { time: toSeconds(fields.number('start_timestamp')) }), results };
}

/** @param p place of the page, from 0 */
function resultsOf(page: Fields, p: number, query: TiangongQuery): SearchResult[] {
  page.reads(['top10_usefulness', 'clicked_results'], query.ledger);
  const judged = p === 0 || page.has('top10_usefulness');
  if (!judged) query.ledger.reject('further result pages', 'without usefulness');
  const usefulness = (judged ? page.list('top10_usefulness') : []).map((one, i) => {
    if (typeof one === 'number' && Number.isFinite(one)) return one;
    throw page.fault(`usefulness of result ${i + 1} must be a number, got ${shown(one)}`);
  });
  const clickTimes = firstClicks(page, p, usefulness.length, query);
  return usefulness.map((one, i) => {
    const clickTime = clickTimes.get(i + 1);
    const id = placeOf(query.number, p, i + 1);
    return { id, clicked: clickTime !== undefined, usefulness: one, ...(clickTime != null && { clickTime }) };
  });
}

/** Time of the first click by rank; null where the log has no time. */
function firstClicks(page: Fields, p: number, ranks: number, { where, place, ledger }: TiangongQuery): Map<number, number | null> {
  const times = new Map<number, number | null>();
  const clicks = p === 0 || page.has('clicked_results') ? page.list('clicked_results') : [];
  for (const [c, click] of clicks.entries()) {
    const clicked = new Fields(click, `${where}, ${p === 0 ? '' : `SERPs[${p}], `}click ${c + 1}`, place);
    clicked.reads(['id', 'timestamp'], ledger);
    const rank = clicked.number('id');
    const time = clicked.has('timestamp') ? toSeconds(clicked.number('timestamp')) : null;
    if (!(Number.isInteger(rank) && rank >= 1 && rank <= ranks)) ledger.reject('clicks', unlisted);
    else if (times.has(rank)) ledger.merge('clicks');
    else {
      times.set(rank, time);
      ledger.keep('clicks');
    }
  }
  return times;
}
