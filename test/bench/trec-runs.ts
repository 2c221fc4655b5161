import { mkdir, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { evaluateRunFiles } from '../../experiments/trec-runs/evaluate-run-files.ts';
import { threadsFor } from '../../experiments/trec-runs/run-threads.ts';
import { createTrecIds } from '../../src/data/trec/id-table.ts';
import { readQrels } from '../../src/data/trec/read-qrels.ts';
import { readRun } from '../../src/data/trec/read-run.ts';
import { writeQrels } from '../../src/data/trec/write-qrels.ts';
import { writeRun } from '../../src/data/trec/write-run.ts';
import { evaluateRun, parseMeasures } from '../../src/metrics/index.ts';
import { createRng, type Rng } from '../../src/random/index.ts';
import type { BenchLine } from './bench-line.ts';
import { costOf } from './process-cost.ts';

interface Sizes {
  readonly topics: number;
  readonly depth: number; // documents retrieved per topic and run
  readonly runs: number;
}

/** Documents of the collection; of each topic's pool, twice the depth, a run retrieves half and a tenth is judged. */
const collection = 8_800_000;

async function writeFiles(folder: string, { topics, depth, runs }: Sizes): Promise<{ qrels: string; runs: string[] }> {
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

/** The command on one run, beside a process that does nothing. */
async function benchCommand(program: string, folder: string, what: string, sizes: Sizes): Promise<BenchLine[]> {
  await mkdir(folder);
  const { qrels, runs } = await writeFiles(folder, sizes);
  const nothing = await costOf(['--eval', '0']);
  const command = await costOf([program, 'evaluate', '--qrels', qrels, '--run', runs[0], ...measures, '--quiet']);
  const mebibytes = (await stat(runs[0])).size / 2 ** 20;
  return [
    {
      name: `counterrank evaluate, ${what}, processor time`,
      value: command.seconds,
      unit: 's',
      ratio: nothing.seconds / command.seconds,
      baseline: 'as fast as a process of Node that does nothing',
    },
    {
      name: `counterrank evaluate, ${what}, memory beyond that of Node`,
      value: command.mebibytes - nothing.mebibytes,
      unit: 'MiB',
      ratio: mebibytes / (command.mebibytes - nothing.mebibytes),
      baseline: 'as small as the run',
    },
  ];
}

/** All measures of trec_eval's all_trec together, against each by itself; documents are read before. */
async function benchAllTrec(qrelsFile: string, runFile: string): Promise<BenchLine> {
  const qrels = await readQrels(qrelsFile);
  const run = await readRun(runFile, qrels.ids);
  const names = parseMeasures('all_trec').map(({ name }) => name);
  const together = await secondsOf(async () => evaluateRun(qrels, run, names));
  const alone = await secondsOf(async () => names.map((name) => evaluateRun(qrels, run, [name])));
  return {
    name: `all_trec, ${names.length} measures of one run`,
    value: together,
    unit: 's',
    ratio: alone / together,
    baseline: 'as fast as each by itself',
  };
}

/**
 * nDCG@10, AP and RBP of TREC runs, files to values: seconds per run, reading included, judgments read once; all_trec; and the command.
 * @param options.program the built command line
 */
export async function benchTrecRuns(
  { program = resolve('dist/experiments/main.js'), ...options }: Sizes & { program?: string } = { topics: 1000, depth: 1000, runs: 5 },
): Promise<BenchLine[]> {
  const folder = await mkdtemp(join(tmpdir(), 'counterrank-trec-bench-'));
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
      await benchAllTrec(qrels, runs[0]),
      ...(await benchCommand(program, join(folder, 'one'), `one run of ${what}`, { ...options, runs: 1 })),
      ...(await benchCommand(program, join(folder, 'small'), 'one run of 50 topics × 100', { topics: 50, depth: 100, runs: 1 })),
    ];
  } finally {
    await rm(folder, { recursive: true });
  }
}
