import { DataError, UsageError } from '../errors.ts';
import { lookup } from '../registry.ts';
import { Ledger, type Read } from './accounting.ts';
import { shownText } from './decimal.ts';
import { reading } from './reading.ts';
import type { SearchSession } from './search-session.ts';
import type { JudgmentOptions, SessionLogContext, SessionLogFormat } from './session-logs/session-log-format.ts';
import { detectSessionLogFormat, type SessionLogFormatName, sessionLogFormats } from './session-logs/session-log-formats.ts';

/** The judgments are for a TREC Session log. */
export interface ReadSearchSessionsOptions extends JudgmentOptions {
  /** Default: told from the start of the file. */
  readonly format?: string;
  /** Leave out search sessions that break the format, and count them, instead of stopping at the first. */
  readonly skipFaulty?: boolean;
  /** Refuse interactions without results or with a document twice, and clicks on ranks without a result, which are left out and counted otherwise; of `tiangong-st`. */
  readonly strict?: boolean;
  /** Gets the number of search sessions read so far, every ten thousand. */
  readonly onProgress?: (sessions: number) => void;
}

/** A search-session log in memory. */
export interface SearchSessionLog {
  readonly format: SessionLogFormatName;
  readonly sessions: readonly SearchSession[];
  /** Where labels come from in this form, and the highest on its scale; null: on no scale of its own. */
  readonly labels: SessionLogFormat['labels'];
  readonly highestGrade: number | null;
  /** Messages of search sessions that were left out: the first hundred. */
  readonly faults: readonly string[];
  /** Search sessions of topics that the qrels do not judge: none of their results has a grade. */
  readonly unjudged: number;
  /** Results whose document the same result list showed higher up: they stay, as repeats. */
  readonly repeatedResults: number;
}

/**
 * Reads a log of search sessions, plain or gzip, in one of the forms of `sessionLogFormats`.
 * @throws DataError with file and place for what breaks the form, a search session that is there twice, or a log without any;
 *   UsageError for an unknown form, qrels that the form has no use for, or a file that cannot be read
 */
export function readSearchSessions(path: string, options: ReadSearchSessionsOptions = {}): Promise<Read<SearchSessionLog>> {
  return reading(path, () => collect(path, options));
}

const unit = 'search sessions';
const mostFaults = 100;

async function collect(path: string, options: ReadSearchSessionsOptions): Promise<Read<SearchSessionLog>> {
  const { qrels, topicMap, regrade, skipFaulty = false, strict = false, onProgress } = options;
  if (options.format !== undefined) lookup('search-session log format', sessionLogFormats, options.format);
  const format = (options.format as SessionLogFormatName | undefined) ?? (await detectSessionLogFormat(path));
  const { read, labels, highestGrade }: SessionLogFormat = sessionLogFormats[format];
  if (qrels !== undefined && format !== 'trec-session')
    throw new UsageError(`qrels belong to a TREC Session log, but ${path} is read as ${format}`);
  if (qrels === undefined && (topicMap !== undefined || regrade !== undefined))
    throw new UsageError(`a ${topicMap === undefined ? 'regrading' : 'topic map'} serves to look judgments up: give the qrels too`);
  const faults: string[] = [];
  const ledger = new Ledger();
  ledger.keep(unit, 0); // comes first
  const leaveOut = (message: string, reason: string) => {
    if (faults.length < mostFaults) faults.push(message);
    ledger.reject(unit, reason);
  };
  const context: SessionLogContext = {
    ledger,
    accounts: [],
    strict,
    ...(qrels !== undefined && { qrels }),
    ...(topicMap !== undefined && { topicMap }),
    ...(regrade !== undefined && { regrade }),
    ...(skipFaulty && { onFault: ({ message }) => leaveOut(message, 'that break the form') }),
  };
  const sessions: SearchSession[] = [];
  const ids = new Set<string>();
  let repeatedResults = 0;
  for await (const { session, line, ledger: own } of read(path, context)) {
    if (ids.has(session.id)) {
      const fault = new DataError(`search session ${session.id} is there twice`, { file: path, line });
      if (!skipFaulty) throw fault;
      leaveOut(fault.message, 'that are there twice');
      continue;
    }
    ids.add(session.id);
    ledger.keep(unit);
    ledger.add(own);
    for (const { results } of session.queries) repeatedResults += results.length - new Set(results.map(({ id }) => id)).size;
    if (sessions.push(session) % 10_000 === 0) onProgress?.(sessions.length);
  }
  if (sessions.length === 0)
    throw new DataError(`no search session in it${faults.length > 0 ? ` that keeps to its form: ${faults[0]}` : ''}`, { file: path });
  const unjudged = qrels === undefined ? 0 : sessions.filter(({ judged }) => judged === undefined).length;
  if (qrels !== undefined && unjudged === sessions.length)
    throw new DataError(`no judgment of a topic of ${path}, say ${shownText(sessions[0].topic ?? '')}; does the topic map belong to it?`, {
      file: qrels,
    });
  const accounting = [...ledger.accounting(path), ...context.accounts];
  return { format, sessions, labels, highestGrade, faults, unjudged, repeatedResults, accounting };
}
