import { readSearchSessions } from '../read-search-sessions.ts';
import { repeatIn } from '../repeat-in.ts';
import { type NamedLogFormat, type NamedLogReading, sessionUnit } from './named-log-format.ts';

/**
 * TianGong-ST, XML: each interaction is a session of the click log, its query named by query_id. Interactions without results, with a document twice or with ranks that are not 1, 2, 3 … in their order, and clicks
 * on ranks without a result, stop the reader with their line; where faults are skipped interactions without results or with a document twice and these clicks are left out and counted, and not the search session,
 * and ranks without a result close up, which is counted too.
 */
export const tiangongStClicks: NamedLogFormat = {
  description: 'TianGong-ST, XML: each interaction of a search session is a session',
  contexts: [],
  read: (reading) => readPages(reading),
};

async function readPages({ path, builder, skipFaulty, ledger, accounts }: NamedLogReading): Promise<void> {
  const { codes } = builder;
  const { sessions, accounting } = await readSearchSessions(path, { format: 'tiangong-st', skipFaulty, strict: !skipFaulty });
  accounts.push(...accounting);
  for (const { queries } of sessions)
    for (const { id = '', results } of queries) {
      const documents = Float64Array.from(results, (result) => codes.ofText(result.id));
      if (documents.length === 0) ledger.reject(sessionUnit, 'without documents');
      else if (repeatIn(documents, 0, documents.length) >= 0) ledger.reject(sessionUnit, 'with a document twice');
      else {
        const clicks = results.map(({ clicked }) => Number(clicked));
        builder.add(codes.ofText(id), 0, documents, clicks, 0, documents.length, 1);
        ledger.keep(sessionUnit);
      }
    }
}
