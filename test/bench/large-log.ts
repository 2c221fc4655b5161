import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { openDuckDBAt, sqlText } from '../../src/data/duckdb.ts';
import { infoFile, listsFile, rowsFile, storeFormat } from '../../src/data/log-store/store-info.ts';
import type { BenchLine } from './bench-line.ts';
import { costOf } from './process-cost.ts';

const queries = 10_000;
const documents = 20; // of a query
const listsOfPart = 2 ** 20;

/** Relevance in [0, 1) of document k of query q, and what production ranks by in session s: part of it, and noise anew each session. */
const relevance = (q: string, k: string) => `((hash(${q}, ${k}) % 1000) / 1000.0)`;

/** A store of sessions no two of which saw the same list, as counterrank import would write it; of ten documents each. */
export async function writeLog(store: string, features: string, sessions: number): Promise<void> {
  const parts = Math.ceil(sessions / listsOfPart);
  const { connection, close } = await openDuckDBAt(':memory:', { threads: '1', memory_limit: '800MB', preserve_insertion_order: 'true' });
  const copy = async (path: string, sql: string) => {
    await mkdir(dirname(path), { recursive: true });
    await connection.run(`COPY (${sql}) TO ${sqlText(path)} (FORMAT parquet)`);
  };
  try {
    for (let part = 0; part < parts; part++) {
      const ranged = `SELECT range AS list, range * ${queries} // ${sessions} AS q FROM range(${part * listsOfPart}, ${Math.min(sessions, (part + 1) * listsOfPart)})`;
      const shown = `SELECT list, q, list_sort(list_transform(range(${documents}),
        lambda k: {s: ${relevance('q', 'k')} + (hash(list, k, 1) % 1000) / 500.0, k: k}), 'DESC')[1:10] AS shown FROM (${ranged})`;
      await copy(
        listsFile(store, part),
        `SELECT list, 'query ' || q AS query, list_transform(shown, lambda one: 'document-' || one.k) AS docs FROM (${shown})`,
      );
      await copy(
        rowsFile(store, part),
        `SELECT list, list_transform(range(10), lambda i: CAST(hash(list, i, 2) % 1000 < 600 * ${relevance('q', 'shown[i + 1].k')} / (i + 1) AS UTINYINT)) AS clicks, 1::BIGINT AS "count" FROM (${shown})`,
      );
    }
    await copy(
      features,
      `SELECT 'query ' || q AS query, 'document-' || k AS document, [${Array.from({ length: 10 }, (_, f) => `CAST(${relevance('q', 'k')} + ${f / 2} * (hash(q, k, ${f + 10}) % 1000) / 1000.0 AS FLOAT)`).join(', ')}] AS features
        FROM range(${queries}) a(q), range(${documents}) b(k)`,
    );
  } finally {
    close();
  }
  const columns = { contexts: [], policy: false, time: false, user: false, propensity: false };
  const sizes = { parts, lists: sessions, rows: sessions, sessions, impressions: 10 * sessions, longestList: 10 };
  await writeFile(
    join(store, infoFile),
    JSON.stringify({ format: storeFormat, version: 1, columns, ...sizes, sources: [], accounting: [] }),
  );
}

/**
 * `counterrank fit` of a linear ranker from sessions none of which can be counted together: processor time and the most memory, with so many rows in memory.
 * `LARGE_LOG_SESSIONS` sets the size, `LARGE_LOG_ROWS` the rows (or "all"), `IMPORT_FOLDER` where the files go meanwhile.
 */
export async function benchLargeLog(
  sessions = Number(process.env.LARGE_LOG_SESSIONS ?? 1e5),
  rows = (process.env.LARGE_LOG_ROWS ?? '50000,all').split(','),
  program = [resolve('dist/experiments/main.js')],
): Promise<BenchLine[]> {
  const folder = await mkdtemp(join(process.env.IMPORT_FOLDER ?? tmpdir(), 'counterrank-large-log-bench-'));
  try {
    const [store, features] = [join(folder, 'store'), join(folder, 'documents.parquet')];
    await writeLog(store, features, sessions);
    const lines: BenchLine[] = [];
    for (const inMemory of rows) {
      const words = [
        'fit',
        store,
        '--features',
        features,
        '--rows-in-memory',
        inMemory,
        '--out',
        join(folder, `fitted-${inMemory}`),
        '--quiet',
      ];
      const { seconds, mebibytes, most } = await costOf([...program, ...words]);
      const name = `fit of ${sessions.toLocaleString('en')} distinct sessions, ${inMemory} rows in memory`;
      lines.push(
        { name: `${name}, processor time`, value: seconds, unit: 's' },
        { name: `${name}, most memory`, value: most ?? mebibytes, unit: 'MiB' },
      );
    }
    return lines;
  } finally {
    await rm(folder, { recursive: true });
  }
}
