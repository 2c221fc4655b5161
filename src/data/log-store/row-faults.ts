import { DataError } from '../../errors.ts';
import type { Ledger } from '../accounting.ts';
import { shownText } from '../decimal.ts';
import { csvRecordLines } from './csv-lines.ts';
import { brokenValueOf, type LogRows, reasonOf } from './log-rows.ts';
import type { LogSource } from './log-source.ts';
import { RowLines } from './row-lines.ts';
import { faultOfSession } from './session-fault.ts';
import type { WorkDatabase } from './work-database.ts';

/** A row that was left out. */
export interface RejectedRow {
  /** Default: the one that is counted. */
  readonly file?: string;
  readonly line: number | null;
  readonly reason: string;
}

/** What breaks the form of a file: lines that are no rows, rows that break a rule, sessions that do. */
export interface RowFaults {
  /** How many lines are no rows at all. */
  readonly lines: number;
  readonly rows: number;
  readonly sessions: number;
  /** Of the rows of impressions: 0 or 1. */
  readonly firstRank?: number;
}

export const isFaulty = ({ lines, rows, sessions }: RowFaults): boolean => lines + rows + sessions > 0;

/** Lines of CSV that are no rows, as the first reading of the file found them. Makes a table of them, `broken_lines`, by the byte where they start, from 1. */
export async function findBrokenLines(db: WorkDatabase, { form }: LogSource): Promise<number> {
  await db.run('CREATE TABLE broken_lines (byte BIGINT, reason VARCHAR)');
  if (form !== 'csv') return 0;
  await db.run(`INSERT INTO broken_lines SELECT line_byte_position, 'a line that is no row: ' || lower(CAST(min(error_type) AS VARCHAR)) FROM reject_errors
    WHERE scan_id = (SELECT min(scan_id) FROM reject_errors) GROUP BY line_byte_position`);
  const [{ n }] = await db.rows<{ n: bigint }>('SELECT count(*) AS n FROM broken_lines');
  return Number(n);
}

interface BrokenLine {
  readonly byte: number;
  readonly reason: string;
}

async function brokenLines(db: WorkDatabase): Promise<BrokenLine[]> {
  const rows = await db.rows<{ byte: bigint; reason: string }>('SELECT byte, reason FROM broken_lines ORDER BY byte');
  return rows.map(({ byte, reason }) => ({ byte: Number(byte), reason }));
}

/** Rows that break a rule, or are of a session of the table `bad_sessions` (the keys, reason), in SQL, with their number in the file. */
function faultyRows(rows: LogRows): string {
  const numbered = `(SELECT *, ${reasonOf(rows)} AS row_reason, ${brokenValueOf(rows)} AS got FROM (${rows.fields(true)}))`;
  if (rows.keys.length === 0) return `SELECT ordinal, row_reason AS reason, true AS own, got FROM ${numbered} WHERE row_reason IS NOT NULL`;
  return `SELECT ordinal, coalesce(row_reason, bad_sessions.reason) AS reason, row_reason IS NOT NULL AS own, got FROM ${numbered} AS numbered
    LEFT JOIN bad_sessions ON ${rows.keys.map((key) => `numbered.${key} = bad_sessions.${key}`).join(' AND ')}
    WHERE row_reason IS NOT NULL OR bad_sessions.reason IS NOT NULL`;
}

/** What is said of rows that break no rule themselves. */
export const besideFaulty = 'of a session with a row that breaks the form';

/** The first fault of a file, with its line: of lines and rows before that of a session, which may only lack such a one. */
export async function firstFault(db: WorkDatabase, source: LogSource, rows: LogRows, faults: RowFaults): Promise<DataError> {
  const broken = await brokenLines(db);
  const found: RejectedRow[] = [];
  for await (const first of placed(source, broken.slice(0, 1))) found.push(first);
  if (faults.rows + faults.sessions > 0) {
    const [row] = await db.inOrder(() =>
      db.rows<{ ordinal: bigint; reason: string; own: boolean; got: string | null }>(
        `SELECT * FROM (${faultyRows(rows)}) ORDER BY own DESC, reason = '${besideFaulty}', ordinal LIMIT 1`,
      ),
    );
    if (row !== undefined && (row.own || found.length === 0)) {
      const first = { ordinal: Number(row.ordinal), reason: row.reason };
      const own = { ordinal: first.ordinal, detail: row.got === null ? '' : shownText(row.got) };
      const { ordinal, detail } = row.own ? own : await faultOfSession(db, rows, first, faults.firstRank ?? 1);
      const lines = rowLines(source, broken);
      found.push({ line: await lines.lineOf(ordinal), reason: `${row.reason}${detail === '' ? '' : `; got ${detail}`}` });
      await lines.close();
    }
  }
  const [{ line, reason }] = found.sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
  const more = faults.lines + faults.rows + (await ownFaults(db, faults.sessions)) - 1;
  const rest = more > 0 ? `; ${more} more ${more === 1 ? 'fault' : 'faults'}; --on-error skip leaves such out and counts them` : '';
  return new DataError(`${reason}${rest}`, { file: source.path, ...(line !== null && { line }) });
}

/** Of so many sessions that are left out, those with a fault that none of their rows has: not those of a row that breaks the form. */
async function ownFaults(db: WorkDatabase, sessions: number): Promise<number> {
  if (sessions === 0) return 0;
  const [{ n }] = await db.rows<{ n: bigint }>(`SELECT count(*) AS n FROM bad_sessions WHERE reason <> '${besideFaulty}'`);
  return Number(n);
}

const rowLines = (source: LogSource, broken: readonly BrokenLine[]): RowLines =>
  new RowLines(
    source,
    broken.map(({ byte }) => byte),
  );

/** Lines that are no rows with the number of the line where each starts; null within zstd. */
async function* placed(source: LogSource, broken: readonly BrokenLine[]): AsyncGenerator<RejectedRow> {
  if (broken.length === 0) return;
  if (source.packed === 'zstd') return yield* broken.map(({ reason }) => ({ line: null, reason }));
  const bytes = broken.map(({ byte }) => byte);
  const rest = new Set(broken);
  for await (const { line, broken: one } of csvRecordLines(source.path, source.separator ?? ',', bytes)) {
    if (one === undefined) continue;
    rest.delete(broken[one]);
    yield { line, reason: broken[one].reason };
    if (rest.size === 0) return;
  }
  for (const { reason } of rest) yield { line: null, reason }; // of files that change while they are read
}

/** Every row that is left out, with its line, in the order of the file but for lines that are no rows, which come first. */
export async function* rejectedRows(db: WorkDatabase, source: LogSource, rows: LogRows): AsyncGenerator<RejectedRow> {
  const broken = await brokenLines(db);
  yield* placed(source, broken);
  await db.inOrder(() => db.run(`CREATE TABLE rejected AS SELECT ordinal, reason FROM (${faultyRows(rows)}) ORDER BY ordinal`));
  const lines = rowLines(source, broken);
  const result = await db.connection.stream('SELECT ordinal, reason FROM rejected ORDER BY ordinal');
  for (;;) {
    const chunk = await result.fetchChunk();
    if (chunk === null || chunk.rowCount === 0) break;
    for (const [ordinal, reason] of chunk.getRows()) yield { line: await lines.lineOf(Number(ordinal)), reason: String(reason) };
  }
  await lines.close();
}

/** Counts what is left out by reason. @param sql of a SELECT of reason and n */
export async function ledgerRejects(db: WorkDatabase, ledger: Ledger, unit: string, sql: string): Promise<number> {
  let all = 0;
  for (const { reason, n } of await db.rows<{ reason: string; n: bigint }>(`${sql} ORDER BY reason`)) {
    ledger.reject(unit, reason, Number(n));
    all += Number(n);
  }
  return all;
}
