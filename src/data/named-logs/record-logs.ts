import type { DataError } from '../../errors.ts';
import { type RecordOptions, recordContexts, type StoredLogFormat, unlessFaulty } from '../click-log-format.ts';
import { checkRecord, clickLogRecords } from '../click-log-records.ts';
import { checkOnEveryLine } from '../list-columns.ts';
import { checkIds } from './add-session.ts';
import { leaveOut, type NamedLogFormat, type NamedLogReading } from './named-log-format.ts';

/** A form of click log file in which a record is a list, the clicks on it and how many sessions had both. */
export const recordLog = (format: StoredLogFormat, description: string): NamedLogFormat => ({
  description,
  contexts: recordContexts(format),
  read: (reading) => readRecords(format, reading),
});

async function readRecords(format: StoredLogFormat, reading: NamedLogReading): Promise<void> {
  const { path, builder, context, names, ledger, accounts } = reading;
  const { codes } = builder;
  const onFault = (fault: DataError) => leaveOut(reading, 'rows', 'that break the form', () => fault);
  const options: RecordOptions = { accounts, listColumns: ['policy'], onFault, ...(context !== null && { context }) };
  ledger.keep('rows', 0); // comes first
  let withPolicies: boolean | null = null; // as the first row has it
  let lastIds: readonly string[] = []; // rows of one list often follow each other
  let documents = new Float64Array(0);
  for await (const record of clickLogRecords[format](path, options)) {
    const { query, docs, clicks, count, line } = record;
    const policy = unlessFaulty(() => {
      const place = { file: path, line };
      checkRecord(record, place);
      if (docs !== lastIds) checkIds(record, place); // rows of one list of a store share its documents
      checkOnEveryLine('policy', record.policy, withPolicies ?? record.policy !== undefined, place);
      return record.policy === undefined ? undefined : names.numberOf('policy', record.policy, place);
    }, onFault);
    if (policy === null) continue;
    withPolicies = policy !== undefined;
    if (docs !== lastIds) documents = Float64Array.from(docs, (id) => codes.ofText(id));
    lastIds = docs;
    const shownIn = record.context === undefined ? 0 : codes.ofText(record.context);
    builder.add(codes.ofText(query), shownIn, documents, clicks, 0, documents.length, count, policy);
    ledger.keep('rows');
  }
}
