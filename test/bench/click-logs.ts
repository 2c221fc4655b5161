import { readFileSync } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readNamedClickLog } from '../../src/data/named-logs/read-named-click-log.ts';
import { writeAtomicStream } from '../../src/data/write-atomic.ts';
import { createRng } from '../../src/random/rng.ts';
import type { BenchLine } from './bench-line.ts';

/** Result pages of ten documents of a query's twelve; queries and positions of clicks are roughly Zipf. */
export function* relpredLines(sessions: number, queries: number): Generator<string> {
  const rng = createRng('bench-click-logs');
  for (let s = 0; s < sessions; s++) {
    const query = Math.floor(queries ** rng.next()) - 1;
    const left = Math.floor(3 * rng.next() ** 4);
    const shown = Array.from({ length: 10 }, (_, k) => ((query * 12 + left + k) * 7919) % 100_000_007);
    const clicks = shown.filter((_, k) => rng.next() < 0.42 / (k + 1)).map((document, i) => `${s}\t${9 * i + 9}\tC\t${document}\n`);
    yield `${s}\t0\tQ\t${query}\t${query % 4}\t${shown.join('\t')}\n${clicks.join('')}`;
  }
}

/** The obvious way to read such lines, to compare with: strings, a map of rows. */
function plainRead(path: string): number {
  const rows = new Map<string, number>();
  let page: string[] = [];
  let clicks: number[] = [];
  const add = () => rows.set(`${page} ${clicks}`, (rows.get(`${page} ${clicks}`) ?? 0) + 1);
  for (const line of readFileSync(path, 'latin1').split('\n')) {
    const fields = line.split('\t');
    if (fields[2] === 'Q') {
      add();
      page = fields.slice(3);
      clicks = page.map(() => 0);
    } else if (fields[2] === 'C') clicks[page.indexOf(fields[3])] = 1;
  }
  add();
  return rows.size;
}

async function secondsOf(work: () => unknown): Promise<number> {
  const start = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}

/** Sessions of a RelPred text read in a second of processor time, with queries that come again often, and seldom. */
export async function benchClickLogs(sessions = 1_000_000): Promise<BenchLine[]> {
  const folder = await mkdtemp(join(tmpdir(), 'counterrank-click-logs-bench-'));
  try {
    const lines: BenchLine[] = [];
    for (const queries of [100, 100_000]) {
      const path = join(folder, `${queries}.tsv`);
      await writeAtomicStream(path, relpredLines(sessions, queries));
      const seconds = Math.min(await secondsOf(() => readNamedClickLog(path)), await secondsOf(() => readNamedClickLog(path)));
      const plain = await secondsOf(() => plainRead(path));
      const megabytes = (await stat(path)).size / 1e6;
      lines.push({
        name: `RelPred text of ${queries.toLocaleString('en')} queries read, ${(megabytes / seconds).toFixed(0)} MB/s`,
        value: sessions / seconds,
        unit: 'sessions/s',
        ratio: plain / seconds,
        baseline: 'as fast as splitting it into strings',
      });
    }
    return lines;
  } finally {
    await rm(folder, { recursive: true });
  }
}
