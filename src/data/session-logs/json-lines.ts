import { DataError } from '../../errors.ts';
import { Ledger } from '../accounting.ts';
import { trimBlanks } from '../blanks.ts';
import { shownText } from '../decimal.ts';
import { textLines } from '../line-blocks.ts';
import type { SearchQuery, SearchResult, SearchSession } from '../search-session.ts';
import { checkSearchSession } from './check-search-session.ts';
import { Fields, shown } from './fields.ts';
import { parseJson } from './parse-json.ts';
import { orFault, type SessionLogFormat } from './session-log-format.ts';

const sessionKeys = ['id', 'queries', 'user', 'topic', 'satisfaction', 'judged', 'aspectCount'];
const queryKeys = ['id', 'text', 'time', 'satisfaction', 'results'];
const resultKeys = ['id', 'clicked', 'grade', 'usefulness', 'length', 'clickTime', 'dwell', 'aspects'];
type Place = { file: string; line: number };

/**
 * Our own form: a search session on each line, with the keys of `SearchSession`; what it does not have is left out:
 * `{"id": "s1", "satisfaction": 4, "queries": [{"text": "jazz", "time": 0, "results": [{"id": "d1", "clicked": true, "grade": 2}]}]}`
 * Times are seconds, lengths characters; a grade below 0 is 0, as in qrels. Without `clicked` clicks were not recorded, and what needs them is refused. Written by `writeSearchSessions`.
 */
export const jsonLines: SessionLogFormat = {
  description: 'JSON Lines, a search session on each line: the form that Counterrank writes',
  highestGrade: null,
  labels: 'grade',
  async *read(path, context) {
    for await (const { text, line } of textLines(path)) {
      if (trimBlanks(text) === '') continue;
      const session = orFault(context, () => toSession(text, { file: path, line }));
      if (session !== null) yield { session, line, ledger: ledgerOf(session) };
    }
  },
};

/** All is kept: a key that is not read is a fault. */
function ledgerOf({ queries }: SearchSession): Ledger {
  const ledger = new Ledger();
  ledger.keep('queries', queries.length);
  for (const { results } of queries) ledger.keep('results', results.length);
  return ledger;
}

function toSession(text: string, place: Place): SearchSession {
  const value = parseJson(text, place.file, place.line, 'a search session, as an object, on each line');
  if (Array.isArray(value))
    throw new DataError('a list; JSON Lines has a search session, as an object, on each line (jq -c ".[]" makes lines of a list)', place);
  const fields = new Fields(value, 'search session', place);
  fields.only(sessionKeys);
  const id = fields.id('id');
  const session: SearchSession = {
    id,
    queries: fields.list('queries').map((query, j) => toQuery(query, `search session ${id}, query ${j + 1}`, place)),
    ...(fields.has('user') && { user: fields.id('user') }),
    ...(fields.has('topic') && { topic: fields.id('topic') }),
    ...(fields.has('satisfaction') && { satisfaction: fields.number('satisfaction') }),
    ...(fields.has('judged') && { judged: toGrades(fields) }),
    ...(fields.has('aspectCount') && { aspectCount: fields.number('aspectCount', 0) }),
  };
  return checkSearchSession(session, place);
}

function toGrades(fields: Fields): number[] {
  return fields.list('judged').map((grade) => {
    if (typeof grade === 'number' && Math.abs(grade) < Infinity) return Math.max(0, grade);
    throw fields.fault(`"judged" must be a list of grades, got ${shown(grade)} in it`);
  });
}

function toQuery(value: unknown, where: string, place: Place): SearchQuery {
  const fields = new Fields(value, where, place);
  fields.only(queryKeys);
  return {
    ...(fields.has('id') && { id: fields.id('id') }),
    ...(fields.has('text') && { text: fields.text('text') }),
    ...(fields.has('time') && { time: fields.number('time') }),
    ...(fields.has('satisfaction') && { satisfaction: fields.number('satisfaction') }),
    results: fields.list('results').map((result, i) => toResult(result, `${where}, result ${i + 1}`, place)),
  };
}

function toResult(value: unknown, where: string, place: Place): SearchResult {
  const fields = new Fields(value, where, place);
  fields.only(resultKeys);
  const length = fields.has('length') ? fields.number('length', 0) : undefined;
  if (length === 0) throw fields.fault('"length" must be above 0, got 0');
  return {
    id: fields.id('id'),
    ...(fields.has('clicked') && { clicked: fields.flag('clicked') }),
    ...(fields.has('grade') && { grade: Math.max(0, fields.number('grade')) }),
    ...(fields.has('usefulness') && { usefulness: fields.number('usefulness', 0) }),
    ...(length !== undefined && { length }),
    ...(fields.has('clickTime') && { clickTime: fields.number('clickTime') }),
    ...(fields.has('dwell') && { dwell: fields.number('dwell', 0) }),
    ...(fields.has('aspects') && { aspects: toAspects(fields) }),
  };
}

function toAspects(fields: Fields): Record<string, number> {
  const aspects = fields.object('aspects');
  for (const [name, rating] of Object.entries(aspects))
    if (!(typeof rating === 'number' && rating >= 0 && rating < Infinity))
      throw fields.fault(`aspect ${shownText(name)} must have a rating of at least 0, got ${shown(rating)}`);
  return aspects as Record<string, number>;
}
