import type { SearchSession } from './search-session.ts';
import { writeAtomicStream } from './write-atomic.ts';

/**
 * Writes search sessions as JSON Lines, one a line, the keys those of {@link SearchSession}; compressed where the path ends in .gz.
 * @throws UsageError when the place cannot be written
 */
export function writeSearchSessions(path: string, sessions: Iterable<SearchSession>): Promise<void> {
  return writeAtomicStream(path, lines(sessions));
}

function* lines(sessions: Iterable<SearchSession>): Generator<string> {
  for (const session of sessions) yield `${JSON.stringify(session)}\n`;
}
