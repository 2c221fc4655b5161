import { Ledger } from '../accounting.ts';
import type { SearchSession } from '../search-session.ts';
import { jsonElements } from './json-elements.ts';
import { parseJson } from './parse-json.ts';
import { orFault, type PlacedSession, type SessionLogContext } from './session-log-format.ts';

/**
 * The search sessions of a file that is one JSON value, a list of them or an object with the list in `sessions`, one in memory at a time.
 * @param toSession of the value, its number in the file from 1, and the line where it starts; counts what it is made of
 * @throws DataError where it is not, with the line; UsageError where the file cannot be read
 */
export async function* jsonSessions(
  path: string,
  context: SessionLogContext,
  toSession: (value: unknown, number: number, line: number, ledger: Ledger) => SearchSession,
): AsyncGenerator<PlacedSession> {
  let number = 0;
  for await (const { text, line } of jsonElements(path, 'sessions', context.ledger)) {
    number++;
    const ledger = new Ledger();
    const session = orFault(context, () => toSession(parseJson(text, path, line, 'a search session'), number, line, ledger));
    if (session !== null) yield { session, line, ledger };
  }
}
