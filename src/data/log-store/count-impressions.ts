import type { Ledger } from '../accounting.ts';
import { sqlName } from '../duckdb.ts';
import type { ImpressionColumns } from './log-columns.ts';
import { keepsRules, type LogRows, reasonOf } from './log-rows.ts';
import { besideFaulty, ledgerRejects, type RowFaults } from './row-faults.ts';
import type { WorkDatabase } from './work-database.ts';

/** Ranks that a whole number of 64 bits tells apart, one a bit. */
const ranksOfMask = 63;
/** Memory that an impression takes while lists are put together, which cannot lie on the disk: so many bytes, at most. */
const bytesOfShown = 600;

/**
 * Counts rows of one shown document each, in any order: sessions are put together by adding up two 64-bit hashes of what they show at which
 * rank, which takes room in proportion to the sessions and is spilled to the disk; then only one session of each
 * distinct list is read again, for its documents. Two lists that differ count as one with probability 2⁻¹²⁸.
 * Makes the tables raw_lists (l, the columns of a list, docs) and raw_rows (l, clicks, time, count), and bad_sessions.
 */
export async function countImpressions(
  db: WorkDatabase,
  rows: LogRows,
  columns: ImpressionColumns,
  ledger: Ledger,
): Promise<Omit<RowFaults, 'lines'>> {
  const masks = await gatherSessions(db, rows, 2);
  const [{ bad, low }] = await db.rows<{ bad: bigint | null; low: number | null }>(
    'SELECT CAST(sum(bad) AS BIGINT) AS bad, min(low) AS low FROM sessions',
  );
  const badRows = !bad ? 0 : await ledgerRejects(db, ledger, 'impressions', badRowsByReason(rows));
  const base = columns.firstRank ?? (low === 0 ? 0 : 1);
  await countRows(db, rows, columns, base, masks);
  await readLists(db, rows, base);
  const badSessions = await refuseSessions(db, rows, columns, base, ledger);
  const [kept] = await db.rows<{ n: bigint | null; sessions: bigint | null }>(
    'SELECT CAST(sum(n * "count") AS BIGINT) AS n, CAST(sum("count") AS BIGINT) AS sessions FROM counted JOIN raw_lists USING (l)',
  );
  ledger.keep('impressions', Number(kept.n ?? 0));
  ledger.keep('sessions', Number(kept.sessions ?? 0));
  await makeRows(db, rows, base, masks);
  return { rows: badRows, sessions: badSessions, firstRank: base };
}

const badRowsByReason = (rows: LogRows) =>
  `SELECT reason, count(*) AS n FROM (SELECT ${reasonOf(rows)} AS reason FROM (${rows.fields()})) WHERE reason IS NOT NULL GROUP BY reason`;

/** One row a session, and one, without a key, of all rows without a session. @returns how many masks of clicks there are */
async function gatherSessions(db: WorkDatabase, rows: LogRows, masks: number): Promise<number> {
  const ofList = rows.ofList.map(sqlName).join(', ');
  const shown = `document, rank${rows.hasPropensity ? ', propensity' : ''}`;
  const bits = Array.from({ length: masks }, (_, m) => {
    const within = `rank BETWEEN ${m * ranksOfMask} AND ${(m + 1) * ranksOfMask - 1}`;
    return `bit_or(CASE WHEN click = 1 AND ${within} THEN 1::BIGINT << (rank - ${m * ranksOfMask}) ELSE 0 END) AS mask${m}`;
  });
  const keys = rows.keys.map((key) => `CASE WHEN ${rows.hasSession} THEN ${key} END AS ${key}`);
  await db.run(`CREATE TABLE sessions AS
    SELECT ${rows.keys.join(', ')}, count(*) AS n, count(*) FILTER (WHERE NOT valid) AS bad, min(rank) AS low, max(rank) AS high, sum(h1) AS h1, sum(h2) AS h2,
      min(shown_in) AS m0, max(shown_in) AS m1, ${bits.join(', ')}${rows.ofRow.map((name) => `, min(${name}) AS ${name}`).join('')}${hasUser(rows) ? ', max("user") AS u1' : ''}
    FROM (SELECT ${keys.join(', ')}, valid, CASE WHEN valid THEN rank END AS rank, click, hash(${ofList}) AS shown_in,
        hash(${shown}) AS h1, hash(concat_ws(chr(31), ${shown}, ${ofList})) AS h2${rows.ofRow.map((name) => `, ${name}`).join('')}
      FROM (SELECT *, ${keepsRules(rows)} AS valid FROM (${rows.fields()})))
    GROUP BY ${rows.keys.join(', ')}`);
  const [{ high }] = await db.rows<{ high: number | null }>('SELECT max(high) AS high FROM sessions');
  const needed = Math.ceil(((high ?? 0) + 1) / ranksOfMask);
  if (needed <= masks) return masks;
  await db.run('DROP TABLE sessions');
  return gatherSessions(db, rows, needed);
}

const hasUser = ({ ofRow }: LogRows) => ofRow.includes('"user"');

const masksOf = (masks: number) => Array.from({ length: masks }, (_, m) => `mask${m}`);

/** What is wrong with a session as a whole. */
const sessionReason = ({ session, user }: ImpressionColumns, base: number) => {
  const names = session.join(',').replaceAll("'", "''");
  return `CASE WHEN bad > 0 THEN '${besideFaulty}' WHEN m0 <> m1 THEN 'rows of one session are of several queries, contexts or policies; name the columns that tell sessions apart, with commas between: --session ${names},…'
    ${user === null ? '' : `WHEN "user" <> u1 THEN 'rows of one session are of several users'`}
    WHEN low <> ${base} OR high - low + 1 <> n THEN 'the ranks of the session are not ${base}, ${base + 1}, ${base + 2} …, each once' END`;
};

/** Equal sessions with their number, and one session of each distinct list. */
async function countRows(db: WorkDatabase, rows: LogRows, columns: ImpressionColumns, base: number, masks: number): Promise<void> {
  const same = ['h1', 'h2', 'm0', 'n'].join(', ');
  const row = [same, ...masksOf(masks), ...rows.ofRow].join(', ');
  await db.run(`CREATE TABLE bad_sessions AS SELECT ${rows.keys.join(', ')}, n - bad AS n, reason
    FROM (SELECT *, ${sessionReason(columns, base)} AS reason FROM sessions WHERE s0 IS NOT NULL) WHERE reason IS NOT NULL`);
  await db.run(`CREATE TABLE distinct_rows AS SELECT ${row}, count(*) AS "count", min(rowid) AS one
    FROM sessions WHERE s0 IS NOT NULL AND (${sessionReason(columns, base)}) IS NULL GROUP BY ${row}`);
  await db.run(`CREATE TABLE listed AS SELECT *, row_number() OVER () AS l
    FROM (SELECT ${same}, min(one) AS one FROM distinct_rows GROUP BY ${same})`);
  await db.run(`CREATE TABLE counted AS SELECT * EXCLUDE (one, h1, h2, m0) FROM (
    SELECT distinct_rows.*, listed.l FROM distinct_rows JOIN listed USING (${same}))`);
  await db.run('DROP TABLE distinct_rows');
  await db.run(`CREATE TABLE chosen AS SELECT listed.l, ${rows.keys.map((key) => `sessions.${key}`).join(', ')}
    FROM sessions JOIN listed ON sessions.rowid = listed.one`);
}

/** The documents of one session of each list, in the order of their ranks. */
async function readLists(db: WorkDatabase, rows: LogRows, base: number): Promise<void> {
  const ofList = rows.ofList.map(sqlName);
  await db.run(
    `CREATE TABLE shown AS SELECT l, rank, document${rows.hasPropensity ? ', propensity' : ''}, ${ofList.join(', ')} FROM (${rows.fieldsOf('chosen')})`,
  );
  const [{ n }] = await db.rows<{ n: bigint }>('SELECT count(*) AS n FROM shown');
  const pieces = Math.max(1, Math.ceil((Number(n) * bytesOfShown) / db.memoryBytes));
  const wrong = `CASE WHEN ranks <> range(${base}, ${base} + len(ranks)) THEN 'a rank is twice in the session'
    WHEN list_unique(docs) <> len(docs) THEN 'a document is twice in the session'
    WHEN list_contains(docs, NULL) OR contains(array_to_string(docs, ''), chr(0)) THEN 'an id has a NUL in it' END`;
  for (let piece = 0; piece < pieces; piece++)
    await db.run(`${piece === 0 ? 'CREATE TABLE all_lists AS' : 'INSERT INTO all_lists'}
      SELECT *, ${wrong} AS reason FROM (
        SELECT l, ${ofList.map((name) => `any_value(${name}) AS ${name}`).join(', ')},
          list(document ORDER BY rank) AS docs, list(rank::BIGINT ORDER BY rank) AS ranks${rows.hasPropensity ? ', list(propensity ORDER BY rank) AS propensities' : ''}
        FROM shown WHERE l % ${pieces} = ${piece} GROUP BY l)`);
  await db.run('DROP TABLE shown');
  await db.run('CREATE TABLE raw_lists AS SELECT * EXCLUDE (ranks, reason) FROM all_lists WHERE reason IS NULL');
}

/** Sessions of lists that cannot be are bad too. @returns how many are */
async function refuseSessions(db: WorkDatabase, rows: LogRows, columns: ImpressionColumns, base: number, ledger: Ledger): Promise<number> {
  const [{ lists }] = await db.rows<{ lists: bigint }>('SELECT count(*) AS lists FROM all_lists WHERE reason IS NOT NULL');
  if (lists > 0n)
    await db.run(`INSERT INTO bad_sessions SELECT ${rows.keys.map((key) => `sessions.${key}`).join(', ')}, sessions.n, all_lists.reason
      FROM sessions JOIN listed USING (h1, h2, m0, n) JOIN all_lists USING (l)
      WHERE all_lists.reason IS NOT NULL AND sessions.s0 IS NOT NULL AND (${sessionReason(columns, base)}) IS NULL`);
  await db.run('DROP TABLE sessions');
  await db.run('DROP TABLE listed; DROP TABLE chosen');
  await ledgerRejects(
    db,
    ledger,
    'impressions',
    'SELECT reason, CAST(sum(n) AS BIGINT) AS n FROM bad_sessions GROUP BY reason HAVING sum(n) > 0',
  );
  return ledgerRejects(db, ledger, 'sessions', 'SELECT reason, count(*) AS n FROM bad_sessions GROUP BY reason');
}

async function makeRows(db: WorkDatabase, rows: LogRows, base: number, masks: number): Promise<void> {
  const bit = `CASE ${masksOf(masks)
    .map((mask, m) => `WHEN i < ${(m + 1) * ranksOfMask} THEN (${mask} >> (i - ${m * ranksOfMask})) & 1`)
    .join(' ')} END`;
  await db.run(`CREATE TABLE raw_rows AS
    SELECT l, list_transform(range(${base}, ${base} + n), lambda i: CAST(${bit} AS UTINYINT)) AS clicks${rows.ofRow.map((name) => `, ${name}`).join('')}, "count"
    FROM counted SEMI JOIN raw_lists USING (l)`);
  await db.run('DROP TABLE counted');
}
