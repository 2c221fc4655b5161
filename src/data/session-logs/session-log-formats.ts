import { DataError } from '../../errors.ts';
import { startOfText } from '../byte-source.ts';
import { jsonLines } from './json-lines.ts';
import type { SessionLogFormat } from './session-log-format.ts';
import { tiangongQref } from './tiangong-qref.ts';
import { tiangongSsFsd } from './tiangong-ss-fsd.ts';
import { tiangongSt } from './tiangong-st.ts';
import { trecSession } from './trec-session.ts';

/** One entry per form of search-session log. */
export const sessionLogFormats = {
  jsonl: jsonLines,
  'tiangong-ss-fsd': tiangongSsFsd,
  'tiangong-qref': tiangongQref,
  'tiangong-st': tiangongSt,
  'trec-session': trecSession,
} satisfies Record<string, SessionLogFormat>;
/** The name of a form of logs of search sessions. */
export type SessionLogFormatName = keyof typeof sessionLogFormats;

/** Enough of a file to see a whole search session, with what mouse moves it may carry. */
const looked = 1 << 20;

/**
 * The form of a log, from the names that only this form has near the start of the file.
 * @throws DataError where none is there, or nothing at all; UsageError where the file cannot be read
 */
export async function detectSessionLogFormat(path: string): Promise<SessionLogFormatName> {
  const start = (await startOfText(path, looked)).trimStart();
  if (start === '') throw new DataError('empty; expected search sessions', { file: path });
  const found = start.startsWith('<') ? xmlFormat(start) : jsonFormat(start);
  if (found !== null) return found;
  const known = Object.keys(sessionLogFormats).join(', ');
  throw new DataError(`no known form of search-session log: ${known}; name the form with --log-format`, { file: path });
}

function xmlFormat(start: string): SessionLogFormatName | null {
  if (/<query_id\b|<docid\b/.test(start)) return 'tiangong-st';
  return /<sessiontrack|<interaction\b/.test(start) ? 'trec-session' : null;
}

function jsonFormat(start: string): SessionLogFormatName | null {
  if (/"top10_usefulness"\s*:/.test(start)) return 'tiangong-qref';
  if (/"SERPs"\s*:/.test(start)) return 'tiangong-ss-fsd';
  return start.startsWith('{') || start.startsWith('[') ? 'jsonl' : null; // whose reader says what is wrong, and where
}
