import { DataError } from '../../errors.ts';
import { type ClickLogRecord, unlessFaulty } from '../click-log-format.ts';
import { checkRecord, type RecordPlace } from '../click-log-records.ts';
import { shownText } from '../decimal.ts';
import { idFault } from '../id-fault.ts';
import { leaveOut, type NamedLogReading, sessionUnit } from './named-log-format.ts';

/** Adds a session, or leaves it out where it breaks a rule that holds for all forms: no documents, one twice, an id that is none. @returns whether it was added */
export function addSession(reading: NamedLogReading, session: Omit<ClickLogRecord, 'count' | 'policy'>): boolean {
  const { path, builder, ledger } = reading;
  const place = { file: path, line: session.line };
  const checked = unlessFaulty(
    () => {
      checkRecord({ ...session, count: 1 }, place);
      checkIds(session, place);
      return true;
    },
    (fault) => leaveOut(reading, sessionUnit, fault.problem, () => fault),
  );
  if (checked === null) return false;
  const documents = Float64Array.from(session.docs, (id) => builder.codes.ofText(id));
  const context = session.context === undefined ? 0 : builder.codes.ofText(session.context);
  builder.add(builder.codes.ofText(session.query), context, documents, session.clicks, 0, documents.length, 1);
  ledger.keep(sessionUnit);
  return true;
}

/** @throws DataError for an id that no file of text can hold */
export function checkIds({ query, docs, context }: Pick<ClickLogRecord, 'query' | 'docs' | 'context'>, place: RecordPlace): void {
  const check = (what: string, id: string) => {
    const problem = idFault(id);
    if (problem !== null) throw new DataError(`the id of ${what} ${problem}; got ${shownText(id)}`, place);
  };
  check('the query', query);
  for (const doc of docs) check('a document', doc);
  if (context !== undefined) check('the context', context);
}
