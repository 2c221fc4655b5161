import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { evaluateRunFiles } from '../../experiments/trec-runs/evaluate-run-files.ts';
import { threadsFor } from '../../experiments/trec-runs/run-threads.ts';
import { createTrecIds } from '../../src/data/trec/id-table.ts';
import { writeQrels } from '../../src/data/trec/write-qrels.ts';
import { writeRun } from '../../src/data/trec/write-run.ts';
import { createRng, type Rng } from '../../src/random/index.ts';
import type { BenchLine } from './bench-line.ts';

export interface TrecRunsOptions {
  readonly topics: number;
  readonly depth: number; // documents retrieved per topic and run
  readonly runs: number;
}

/** Documents of the collection; of each topic's pool, twice the depth, a run retrieves half and a tenth is judged. */
const collection = 8_800_000;

async function writeFiles(folder: string, { topics, depth, runs }: TrecRunsOptions): Promise<{ qrels: string; runs: string[] }> {
  const ids = createTrecIds();
  const rng = createRng('bench-trec-runs');
  const names = Uint32Array.from({ length: topics }, (_, t) => ids.topics.internText(String(1000 + t)));
  const pools = Array.from(names, (topic) => distinct(2 * depth, () => ids.documentsOf(topic).internText(documentId(rng))));
  const judged = pools.flatMap((pool) => pool.filter((_, i) => i % 10 === 0));
  const perTopic = Math.ceil(depth / 5);
  const files = { qrels: join(folder, 'qrels'), runs: Array.from({ length: runs }, (_, r) => join(folder, `system-${r + 1}.run`)) };
  await writeQrels(files.qrels, {
    ids,
    topics: names,
    offsets: Uint32Array.from({ length: topics + 1 }, (_, t) => t * perTopic),
    documents: Uint32Array.from(judged),
    grades: Float32Array.from(judged, () => Math.floor(4 * rng.next() ** 3)),
  });
  for (const [r, path] of files.runs.entries()) {
    const scores = new Float64Array(topics * depth);
    for (let i = 0; i < scores.length; i++)
      scores[i] = i % depth === 0 ? 30 : scores[i - 1] - Number((0.02 * rng.next()).toFixed(4)) - 1e-4;
    await writeRun(path, {
      ids,
      tag: `system-${r + 1}`,
      topics: names,
      offsets: Uint32Array.from({ length: topics + 1 }, (_, t) => t * depth),
      documents: Uint32Array.from(
        pools.flatMap((pool) =>
          pool
            .map((document) => [rng.next(), document])
            .sort(([a], [b]) => a - b)
            .slice(0, depth)
            .map(([, document]) => document),
        ),
      ),
      scores: scores.map((score) => Number(score.toFixed(6))),
    });
  }
  return files;
}

const documentId = (rng: Rng) => `passage-${String(Math.floor(collection * rng.next())).padStart(7, '0')}`;

function distinct(count: number, draw: () => number): number[] {
  const drawn = new Set<number>();
  while (drawn.size < count) drawn.add(draw());
  return [...drawn];
}

const measures = ['nDCG@10', 'AP', 'RBP'];

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

/** The obvious way to read a run, to compare with: strings, a map per topic, sorted. */
async function plainRead(path: string): Promise<number> {
  const topics = new Map<string, [document: string, score: number][]>();
  for (const line of (await readFile(path, 'utf8')).split('\n')) {
    if (line === '') continue;
    const [topic, , document, , score] = line.split(/\s+/);
    const known = topics.get(topic);
    if (known) known.push([document, Number(score)]);
    else topics.set(topic, [[document, Number(score)]]);
  }
  for (const documents of topics.values()) documents.sort(([a, x], [b, y]) => y - x || (a < b ? 1 : -1));
  return topics.size;
}

/** nDCG@10, AP and RBP of TREC runs, files to values: seconds per run, reading included, judgments read once. */
export async function benchTrecRuns(options: TrecRunsOptions = { topics: 1000, depth: 1000, runs: 5 }): Promise<BenchLine[]> {
  const folder = await mkdtemp(join(tmpdir(), 'counterrank-bench-'));
  try {
    const { qrels, runs } = await writeFiles(folder, options);
    const megabytes = (await stat(runs[0])).size / 1e6;
    const plain = await secondsOf(() => plainRead(runs[0]));
    const request = { qrels, runs, labels: runs, measures, complete: false, depth: Infinity, emptyQueries: 'zero', ties: 'id' } as const;
    const all = await secondsOf(() => evaluateRunFiles(request, () => {}));
    const perRun = all / runs.length;
    const threads = await threadsFor(runs);
    const what = `${options.topics.toLocaleString('en')} topics × ${options.depth.toLocaleString('en')}`;
    return [
      { name: `TREC run of ${what}, split into strings, read only`, value: plain, unit: 's' },
      {
        name: `TREC runs of ${what}, ${runs.length} of them on ${threads} ${threads === 1 ? 'thread' : 'threads'}: ${measures.join(', ')}, each`,
        value: perRun,
        unit: 's',
        ratio: plain / perRun,
        baseline: 'as fast as splitting alone',
      },
      { name: 'TREC runs, read and measured', value: (megabytes * runs.length) / all, unit: 'MB/s' },
    ];
  } finally {
    await rm(folder, { recursive: true });
  }
}
