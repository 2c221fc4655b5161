import { DataError } from '../../errors.ts';
import type { SearchSession } from '../search-session.ts';

/** Where a fault is, and what the log's scales are. */
export interface SessionRules {
  readonly file: string;
  readonly line?: number;
  readonly highestUsefulness?: number;
  readonly satisfaction?: readonly [lowest: number, highest: number];
}

/**
 * Rules that hold for search sessions of every format.
 * @throws DataError without a query, for times out of order, a click before its query, a label or satisfaction off its scale
 */
export function checkSearchSession(session: SearchSession, rules: SessionRules): SearchSession {
  const { file, line, highestUsefulness = Infinity, satisfaction } = rules;
  const fault = (problem: string) =>
    new DataError(`search session ${session.id}: ${problem}`, line === undefined ? { file } : { file, line });
  const offScale = (value: number | undefined) =>
    satisfaction !== undefined && value !== undefined && !(value >= satisfaction[0] && value <= satisfaction[1]);
  if (session.queries.length === 0) throw fault('it has no query');
  if (offScale(session.satisfaction)) throw fault(`satisfaction ${session.satisfaction} is not in ${satisfaction?.join('–')}`);
  let before = -Infinity;
  session.queries.forEach(({ time = before, results, satisfaction: ofQuery }, j) => {
    if (time < before) throw fault(`query ${j + 1} starts at ${time}, before query ${j} at ${before}: timestamps are out of order`);
    before = time;
    if (offScale(ofQuery)) throw fault(`satisfaction ${ofQuery} with query ${j + 1} is not in ${satisfaction?.join('–')}`);
    for (const { id, clicked, grade = 0, usefulness = 0, clickTime = time } of results) {
      if (grade < 0) throw fault(`grade ${grade} of ${id} is below 0`);
      if (!(usefulness >= 0 && usefulness <= highestUsefulness))
        throw fault(`usefulness ${usefulness} of ${id} is not in 0–${highestUsefulness}`);
      if (clicked && clickTime < time) throw fault(`${id} is clicked at ${clickTime}, before query ${j + 1} at ${time}`);
    }
  });
  return session;
}

/** Numbers from 10¹¹ on are milliseconds since 1970; smaller ones are seconds. */
export const toSeconds = (time: number): number => (time >= 1e11 ? time / 1000 : time);
