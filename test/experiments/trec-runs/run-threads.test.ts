import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { evaluateRunFiles } from '../../../experiments/trec-runs/evaluate-run-files.ts';
import type { RunMeasuring } from '../../../experiments/trec-runs/measure-run-file.ts';
import { measureRunFile } from '../../../experiments/trec-runs/measure-run-file.ts';
import { createTrecIds } from '../../../src/data/trec/id-table.ts';
import { readQrels } from '../../../src/data/trec/read-qrels.ts';
import { createRng } from '../../../src/random/rng.ts';
import { temporaryFolder } from '../../src/data/temporary-folder.ts';
import { builtModules } from '../sweep/built-program.ts';

const folder = temporaryFolder();
const rng = createRng('run-threads');
const measuring: RunMeasuring = {
  measures: ['AP', 'nDCG@5', 'NumRet'],
  complete: false,
  depth: Infinity,
  emptyQueries: 'zero',
  ties: 'id',
};

/** Judgments of topics 1 … 30 and runs of topics 1 + r … 25 + r. */
const qrels = folder.put(
  'qrels',
  Array.from({ length: 30 }, (_, t) =>
    Array.from({ length: 8 }, (_, d) => `${t + 1} 0 d${d} ${Math.floor(3 * rng.next())}\n`).join(''),
  ).join(''),
);
const runs = Array.from({ length: 5 }, (_, r) =>
  folder.put(
    `run${r}`,
    Array.from({ length: 25 }, (_, t) =>
      Array.from({ length: 12 }, (_, d) => `${t + 1 + 3 * r} Q0 d${d} 1 ${Math.floor(6 * rng.next())} tag\n`).join(''),
    ).join(''),
  ),
);

async function inThreads(threads: number, paths: readonly string[], how = measuring) {
  const built = pathToFileURL(resolve(builtModules(), 'experiments/trec-runs/run-threads.js')).href; // threads need JavaScript
  const { measureInThreads } = (await import(built)) as typeof import('../../../experiments/trec-runs/run-threads.ts');
  const begun: number[] = [];
  const measured = await measureInThreads(threads, { qrels, subtopics: false, runs: paths }, how, (run) => begun.push(run));
  expect(begun).toEqual(paths.map((_, r) => r));
  return measured;
}

test.each([1, 2, 7])('%d threads give what measuring one run after another gives', async (threads) => {
  const judgments = await readQrels(qrels, createTrecIds());
  const expected = [];
  for (const run of runs) expected.push(await measureRunFile(judgments, run, measuring));
  expect(await inThreads(threads, runs)).toEqual(expected);
  expect(expected.map(({ unjudged }) => unjudged.length)).toEqual([0, 0, 1, 4, 7]);
});

test('what is wrong with a run is told as it would be without threads', async () => {
  const twice = folder.put('twice', '1 Q0 d 1 2 t\n1 Q0 d 2 1 t\n');
  const failure = (await inThreads(2, [runs[0], twice]).catch((error: unknown) => error)) as Error;
  expect(failure.constructor.name).toBe('DataError');
  expect(failure.message).toMatch(/twice:2: topic 1 has document d twice, first in line 1; keep one of them$/);
  const stray = (await inThreads(2, [folder.put('stray', 'x Q0 d 1 2 t\n'), runs[1]]).catch((error: unknown) => error)) as Error;
  expect(stray.constructor.name).toBe('DataError');
  expect(stray.message).toMatch(/stray: no topic of the run is judged; the judgments have .*, the run "x"; do the ids match/);
});

test('topics that every run has are measured, in the order of their ids', async () => {
  const labels = ['a', 'b', 'c', 'd', 'e'];
  const { topics, values, notes } = await evaluateRunFiles({ ...measuring, qrels, runs, labels }, () => {});
  expect(topics).toEqual(Array.from({ length: 13 }, (_, t) => String(t + 13)));
  expect(values[4][2]).toEqual(Float64Array.from(topics, () => 12));
  expect(notes[0]).toBe('5 topics (26, 27, 28, …) of 30 judged are not in a: left out for all runs; --complete counts them as 0');
  const complete = await evaluateRunFiles({ ...measuring, complete: true, qrels, runs, labels }, () => {});
  expect(complete.topics).toHaveLength(30);
  expect(complete.values[1][2][complete.topics.indexOf('1')]).toBe(0);
  const apart = [runs[0], folder.put('apart', '30 Q0 d1 1 1 t\n')];
  await expect(evaluateRunFiles({ ...measuring, qrels, runs: apart, labels: ['a', 'b'] }, () => {})).rejects.toThrow(
    'no judged topic is in every run',
  );
});
