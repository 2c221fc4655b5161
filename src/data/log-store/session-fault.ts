import { shownText } from '../decimal.ts';
import type { LogRows } from './log-rows.ts';
import type { WorkDatabase } from './work-database.ts';

/** A row of a session that breaks the form as a whole. */
interface SessionRow {
  readonly ordinal: number;
  readonly rank: number;
  readonly document: string;
}

/** Rows of a session that are looked at to find which is at fault: more are no list. */
const mostRows = 10_000;

/** The row that puts a session at fault, and what of it, in words; that of its first row, and nothing, where the reason is none of ranks and documents. @param ordinal of its first row @param base the first rank */
export async function faultOfSession(
  db: WorkDatabase,
  rows: LogRows,
  { ordinal, reason }: { readonly ordinal: number; readonly reason: string },
  base: number,
): Promise<{ readonly ordinal: number; readonly detail: string }> {
  const keys = rows.keys.join(', ');
  const found = await db.inOrder(() =>
    db.rows<{ ordinal: bigint; rank: number; document: string }>(
      `SELECT ordinal, rank, document FROM (${rows.fields(true)}) AS shown
        SEMI JOIN (SELECT ${keys} FROM (${rows.fields(true)}) WHERE ordinal = ${ordinal}) AS one USING (${keys}) ORDER BY ordinal LIMIT ${mostRows}`,
    ),
  );
  const session = found.map((row) => ({ ...row, ordinal: Number(row.ordinal) }));
  const culprit = /\branks?\b/.test(reason) ? oddRank(session, base) : /document is twice/.test(reason) ? secondDocument(session) : null;
  return culprit ?? { ordinal, detail: '' };
}

/** The first row in the order of the file with a rank that is there before it, or that does not follow the ranks of the others. */
function oddRank(session: readonly SessionRow[], base: number) {
  const met = new Set<number>();
  const twice = session.find(({ rank }) => met.size === met.add(rank).size);
  const ranks = [...met].sort((a, b) => a - b);
  const gap = ranks.find((rank, i) => rank !== base + i);
  const row = twice ?? session.find(({ rank }) => rank === gap);
  if (row === undefined) return null;
  const shown = session.slice(0, 12).map(({ rank }) => rank);
  return { ordinal: row.ordinal, detail: `rank ${row.rank} of ranks ${shown.join(', ')}${session.length > shown.length ? ', …' : ''}` };
}

function secondDocument(session: readonly SessionRow[]) {
  const met = new Set<string>();
  const row = session.find(({ document }) => met.size === met.add(document).size);
  return row === undefined ? null : { ordinal: row.ordinal, detail: shownText(row.document) };
}
