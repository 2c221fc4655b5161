import type { Ledger } from '../accounting.ts';
import { sqlName } from '../duckdb.ts';
import { keepsRules, type LogRows, reasonOf } from './log-rows.ts';
import { ledgerRejects, type RowFaults } from './row-faults.ts';
import type { WorkDatabase } from './work-database.ts';

/**
 * Counts rows of a whole list each. Makes the tables raw_lists (l, the columns of a list, docs) and raw_rows (l, clicks, time, count).
 */
export async function countSessions(db: WorkDatabase, rows: LogRows, ledger: Ledger): Promise<Pick<RowFaults, 'rows' | 'sessions'>> {
  const ofList = [...rows.ofList.map(sqlName), 'docs', ...(rows.hasPropensity ? ['propensities'] : [])].join(', ');
  const key = [ofList, 'clicked', ...rows.ofRow].join(', ');
  await db.run(`CREATE TABLE grouped AS SELECT ${key}, CASE WHEN counted THEN CAST(sum("count") AS BIGINT) ELSE 0 END AS "count", count(*) AS n
    FROM (SELECT *, coalesce("count" >= 1, false) AS counted FROM (${rows.fields()})) GROUP BY ${key}, counted`);
  const bad = await ledgerRejects(
    db,
    ledger,
    'rows',
    `SELECT reason, CAST(sum(n) AS BIGINT) AS n FROM (SELECT n, ${reasonOf(rows)} AS reason FROM grouped) WHERE reason IS NOT NULL GROUP BY reason`,
  );
  await db.run(`CREATE TABLE numbered AS SELECT *, row_number() OVER () AS l FROM grouped WHERE ${keepsRules(rows)}`);
  await db.run('DROP TABLE grouped');
  const [kept] = await db.rows<{ n: bigint | null; sessions: bigint | null }>(
    'SELECT CAST(sum(n) AS BIGINT) AS n, CAST(sum("count") AS BIGINT) AS sessions FROM numbered',
  );
  ledger.keep('rows', Number(kept.n ?? 0));
  ledger.keep('sessions', Number(kept.sessions ?? 0));
  await db.run(`CREATE TABLE raw_lists AS SELECT l, ${ofList} FROM numbered`);
  await db.run(
    `CREATE TABLE raw_rows AS SELECT l, clicked AS clicks${rows.ofRow.map((name) => `, ${name}`).join('')}, "count" FROM numbered`,
  );
  await db.run('DROP TABLE numbered');
  return { rows: bad, sessions: 0 };
}
