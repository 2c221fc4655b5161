import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDuckDBAt, sqlText } from '../../src/data/duckdb.ts';
import { countLog } from '../../src/data/log-store/count-log.ts';
import { columnsFor } from '../../src/data/log-store/log-columns.ts';
import { openSource } from '../../src/data/log-store/log-source.ts';
import { usualRoom } from '../../src/data/log-store/work-database.ts';
import { readNamedClickLog } from '../../src/data/named-logs/read-named-click-log.ts';
import type { BenchLine } from './bench-line.ts';

/** Sessions of ten documents of 10,000 queries, both Zipf-like; each query has eight orders; clicks fall with the rank. */
async function generate(path: string, sessions: number): Promise<void> {
  const { connection, close } = await openDuckDBAt(':memory:', { threads: '2', memory_limit: '1500MB', preserve_insertion_order: 'false' });
  try {
    await connection.run(`COPY (
      SELECT s AS session, 'query ' || q AS query, 'document-' || (q * 16 + (o + k) % 12) AS document, k + 1 AS rank,
        CAST(hash(s, k, 1) % 1000 < 300 // (k + 1) AS UTINYINT) AS click
      FROM (SELECT s, CAST(floor(pow(10000, (hash(s) % 1000003) / 1000003)) AS BIGINT) AS q, hash(s, 2) % 8 AS o FROM range(${sessions}) t(s)),
        range(10) r(k)) TO ${sqlText(path)} (FORMAT ${path.endsWith('.csv') ? 'csv' : 'parquet'})`);
  } finally {
    close();
  }
}

/** How long a log takes from a file to a store and from there to memory, and the most memory of the process. `IMPORT_SESSIONS` sets the size. */
export async function benchImport(
  sessions = Number(process.env.IMPORT_SESSIONS ?? 1e5),
  parent = process.env.IMPORT_FOLDER ?? tmpdir(),
): Promise<BenchLine[]> {
  const folder = await mkdtemp(join(parent, 'counterrank-import-bench-'));
  const impressions = (10 * sessions).toLocaleString('en');
  try {
    const lines: BenchLine[] = [];
    for (const form of ['parquet', 'csv']) {
      const path = join(folder, `log.${form}`);
      await generate(path, sessions);
      const store = join(folder, `store-${form}`);
      await mkdir(store);
      const start = performance.now();
      const source = await openSource(path);
      await countLog(source, columnsFor(source, {}), store, {
        room: { ...usualRoom, ...(process.env.IMPORT_MEMORY && { memory: process.env.IMPORT_MEMORY }) },
      });
      const seconds = (performance.now() - start) / 1000;
      const megabytes = (await stat(path)).size / 1e6;
      lines.push({
        name: `${impressions} impressions imported from ${form}, ${(megabytes / seconds).toFixed(0)} MB/s`,
        value: seconds,
        unit: 's',
      });
      await rm(path);
    }
    lines.push({ name: 'most memory of the process so far', value: process.resourceUsage().maxRSS / 1024, unit: 'MiB' });
    const start = performance.now();
    await readNamedClickLog(join(folder, 'store-parquet'));
    lines.push({ name: `store of ${impressions} impressions read`, value: (performance.now() - start) / 1000, unit: 's' });
    return lines;
  } finally {
    await rm(folder, { recursive: true });
  }
}
