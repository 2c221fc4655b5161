import fc from 'fast-check';
import { type OpenDuckDB, openDuckDB, sqlText } from '../../../../src/data/duckdb.ts';

/** A session that was shown: several may be equal but for their name. */
export interface ShownSession {
  readonly name: string;
  readonly query: string;
  readonly docs: readonly string[];
  readonly clicks: readonly number[];
  readonly device: string;
  readonly policy: string;
  readonly day: number; // of May 2024
}

const words = ['a', 'b', 'ä', 'a,b', 'x"y', '007', '7', 'long id that is longer than twelve letters'];

/** A few sessions of few queries and documents, so that lists and rows repeat. */
export const someSessions = fc
  .array(
    fc.record({
      query: fc.constantFrom('q', '7', 'red shoes'),
      docs: fc.uniqueArray(fc.constantFrom(...words), { minLength: 1, maxLength: 4 }),
      pattern: fc.nat(15),
      device: fc.constantFrom('phone', 'desk'),
      policy: fc.constantFrom('old', 'new'),
      day: fc.integer({ min: 1, max: 3 }),
    }),
    { minLength: 1, maxLength: 30 },
  )
  .map((sessions) =>
    sessions.map(
      ({ pattern, ...session }, i): ShownSession => ({
        ...session,
        name: `s${i}`,
        clicks: session.docs.map((_, k) => (pattern >> k) & 1),
      }),
    ),
  );

export interface Impression {
  readonly sid: string;
  readonly qid: string;
  readonly doc: string;
  readonly pos: number;
  readonly clicked: number;
  readonly device: string;
  readonly policy: string;
  readonly ts: string;
}

/** A row for each document shown, in an order that has nothing to do with sessions. */
export const impressionsOf = (sessions: readonly ShownSession[], firstRank = 1): Impression[] =>
  sessions
    .flatMap(({ name, query, docs, clicks, device, policy, day }) =>
      docs.map((doc, k) => ({
        ...{ sid: name, qid: query, doc, pos: k + firstRank, clicked: clicks[k], device, policy },
        ts: `2024-05-0${day} 0${k}:30:00`,
      })),
    )
    .sort((a, b) => (a.doc + a.sid < b.doc + b.sid ? -1 : 1));

const cell = (value: string | number) => (/[",\t\n]/.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : String(value));

export const separated = (rows: readonly object[], separator = ','): string =>
  `${Object.keys(rows[0]).map(cell).join(separator)}\n${rows.map((row) => `${Object.values(row).map(cell).join(separator)}\n`).join('')}`;

export const jsonLines = (rows: readonly object[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join('');

/** A Parquet file of what a JSON Lines file holds, as DuckDB makes it. */
export async function parquetOf(json: string, path: string): Promise<void> {
  await sql(
    `COPY (SELECT * FROM read_json(${sqlText(json)}, format = 'newline_delimited', columns = ${columns})) TO ${sqlText(path)} (FORMAT parquet)`,
  );
}
const columns =
  "{sid: 'VARCHAR', qid: 'VARCHAR', doc: 'VARCHAR', pos: 'INTEGER', clicked: 'UTINYINT', device: 'VARCHAR', policy: 'VARCHAR', ts: 'TIMESTAMP'}";

let database: Promise<OpenDuckDB> | undefined; // of the tests of one file: to open one takes longer than most statements
afterAll(async () => (await database)?.close());

/** Rows of a statement, as plain DuckDB gives them. */
export async function sql(statement: string): Promise<Record<string, unknown>[]> {
  database ??= openDuckDB();
  const { connection } = await database;
  return (await connection.runAndReadAll(statement)).getRowObjectsJson() as Record<string, unknown>[];
}

/** Sessions by all that is counted of them: what a store should say, from the sessions themselves. */
export function countsOf(sessions: readonly ShownSession[], keys: readonly ('device' | 'policy' | 'day')[] = []): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const session of sessions) {
    const key = JSON.stringify([session.query, session.docs, session.clicks, ...keys.map((name) => session[name])]);
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}

/** The same of a store, by plain SQL on its files. @param extra further columns in SQL */
export async function storedCounts(store: string, extra: readonly string[] = []): Promise<Record<string, number>> {
  const rows =
    await sql(`SELECT to_json([to_json(query), to_json(docs), to_json(clicks)${extra.map((column) => `, to_json(${column})`).join('')}]) AS key, "count"
    FROM read_parquet(${sqlText(`${store}/rows/*/*.parquet`)}) JOIN read_parquet(${sqlText(`${store}/lists/*/*.parquet`)}) USING (list)`);
  return Object.fromEntries(rows.map(({ key, count }) => [JSON.stringify(JSON.parse(String(key))), Number(count)]));
}
