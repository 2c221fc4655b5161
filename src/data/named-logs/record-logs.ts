import { DataError } from '../../errors.ts';
import type { ClickLogFormat, ClickLogRecord } from '../click-log-format.ts';
import { checkRecord, clickLogRecords, type RecordPlace } from '../click-log-records.ts';
import { shownText } from '../decimal.ts';
import { idFault } from '../id-fault.ts';
import { checkOnEveryLine } from '../list-columns.ts';
import { leaveOut, type NamedLogFormat, type NamedLogReading } from './named-log-format.ts';

/** A form of click log file in which a record is a list, the clicks on it and how many sessions had both. */
export const recordLog = (format: ClickLogFormat, description: string): NamedLogFormat => ({
  description,
  contexts: format === 'svmlight' ? [] : null,
  read: (reading) => readRecords(format, reading),
});

async function readRecords(format: ClickLogFormat, reading: NamedLogReading): Promise<void> {
  const { path, builder, context, names, ledger, accounts } = reading;
  const { codes } = builder;
  ledger.keep('rows', 0); // comes first
  let withPolicies: boolean | null = null; // as the first row has it
  for await (const record of clickLogRecords[format](path, { accounts, listColumns: ['policy'], ...(context !== null && { context }) })) {
    const place = { file: path, line: record.line };
    let policy: number | undefined;
    const fault = faultOf(() => {
      checkRecord(record, place);
      checkIds(record, place);
      checkOnEveryLine('policy', record.policy, withPolicies ?? record.policy !== undefined, place);
      policy = record.policy === undefined ? undefined : names.numberOf('policy', record.policy, place);
    });
    if (fault !== null) {
      leaveOut(reading, 'rows', 'that break the form', () => fault);
      continue;
    }
    const documents = Float64Array.from(record.docs, (id) => codes.ofText(id));
    const shownIn = record.context === undefined ? 0 : codes.ofText(record.context);
    builder.add(codes.ofText(record.query), shownIn, documents, record.clicks, 0, documents.length, record.count, policy);
    withPolicies = policy !== undefined;
    ledger.keep('rows');
  }
}

function faultOf(check: () => void): DataError | null {
  try {
    check();
    return null;
  } catch (fault) {
    if (fault instanceof DataError) return fault;
    throw fault;
  }
}

function checkIds({ query, docs, context }: ClickLogRecord, place: RecordPlace): void {
  const check = (what: string, id: string) => {
    const problem = idFault(id);
    if (problem !== null) throw new DataError(`the id of ${what} ${problem}; got ${shownText(id)}`, place);
  };
  check('the query', query);
  for (const doc of docs) check('a document', doc);
  if (context !== undefined) check('the context', context);
}
