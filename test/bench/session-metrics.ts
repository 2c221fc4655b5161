import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSearchSessions } from '../../src/data/read-search-sessions.ts';
import type { SearchSession } from '../../src/data/search-session.ts';
import { writeAtomicStream } from '../../src/data/write-atomic.ts';
import { writeSearchSessions } from '../../src/data/write-search-sessions.ts';
import { createRng } from '../../src/random/rng.ts';
import { parseSessionMetric, sessionMetrics } from '../../src/session-metrics/index.ts';
import type { BenchLine } from './bench-line.ts';

const asked = 200_000; // search sessions a second

/** Search sessions of 1 to 5 queries of ten results, of a need with forty documents; labels 0 to 4. */
export function randomSessions(count: number): SearchSession[] {
  const rng = createRng('bench-sessions');
  const below = (n: number) => Math.floor(n * rng.next());
  return Array.from({ length: count }, (_, s) => ({
    id: `${s}`,
    queries: Array.from({ length: 1 + below(5) }, (_, j) => ({
      id: `q${j}`,
      results: Array.from({ length: 10 }, () => ({ id: `d${below(40)}`, clicked: below(6) === 0, grade: Math.floor(5 * rng.next() ** 4) })),
    })),
  }));
}

/** Search sessions a second of every metric with its defaults, best of three, and of the two readers for large logs. */
export async function benchSessionMetrics(): Promise<BenchLine[]> {
  const sessions = randomSessions(100_000);
  const baseline = 'the 200,000 a second asked for';
  const lines = Object.keys(sessionMetrics).map((name) => {
    const { compute } = parseSessionMetric(name, { highestGrade: 4 });
    const value = Math.max(...Array.from({ length: 3 }, () => rate(sessions.length, () => compute(sessions))));
    return { name: `${name} of search sessions of 3 queries of 10`, value, unit: 'sessions/s', ratio: value / asked, baseline };
  });
  return [...lines, ...(await benchReading(sessions.slice(0, 30_000)))];
}

function rate(sessions: number, work: () => void): number {
  const start = performance.now();
  work();
  return (1000 * sessions) / (performance.now() - start);
}

async function benchReading(sessions: readonly SearchSession[]): Promise<BenchLine[]> {
  const folder = await mkdtemp(join(tmpdir(), 'counterrank-bench-'));
  const logs = { jsonl: join(folder, 'log.jsonl'), 'tiangong-st': join(folder, 'log.xml') };
  try {
    await writeSearchSessions(logs.jsonl, sessions);
    await writeAtomicStream(logs['tiangong-st'], tiangongStLines(sessions));
    const lines: BenchLine[] = [];
    for (const [format, path] of Object.entries(logs)) {
      const start = performance.now();
      await readSearchSessions(path, { format });
      const seconds = (performance.now() - start) / 1000;
      const megabytes = (await stat(path)).size / 1e6;
      lines.push({
        name: `search sessions read from ${format}, ${(megabytes / seconds).toFixed(0)} MB/s`,
        value: sessions.length / seconds,
        unit: 'sessions/s',
      });
    }
    return lines;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The shape of TianGong-ST, weak labels included. */
function* tiangongStLines(sessions: readonly SearchSession[]): Generator<string> {
  yield '<root>\n';
  for (const { id, queries } of sessions) {
    yield `<session num="${id}">\n`;
    for (const [j, { results }] of queries.entries()) {
      yield `<interaction num="${j + 1}"><query_id>q${j}</query_id>\n<results>\n`;
      for (const [i, result] of results.entries())
        yield `<result rank="${i + 1}"><docid>${result.id}</docid><vtype>5</vtype><labels><TACM>0.25</TACM><PSCM>0.25</PSCM><THCM>0.25</THCM><UBM>0.25</UBM><DBN>0.25</DBN><POM>0.25</POM></labels></result>\n`;
      const clicks = results.flatMap(({ clicked }, i) => (clicked ? [`<click num="${i}"><rank>${i + 1}</rank></click>`] : []));
      yield `</results>\n<clicked>${clicks.join('')}</clicked></interaction>\n`;
    }
    yield '</session>\n';
  }
  yield '</root>\n';
}
