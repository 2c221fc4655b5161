import { parentPort, workerData } from 'node:worker_threads';
import { createTrecIds } from '../../src/data/trec/id-table.ts';
import { readQrels } from '../../src/data/trec/read-qrels.ts';
import { carryError } from '../terminal/carried-error.ts';
import { measureRunFile, type RunMeasuring } from './measure-run-file.ts';
import type { ThreadAnswer } from './run-threads.ts';

/** A thread that measures runs: it reads the judgments for itself, so topics have the numbers that they have in every other thread. */
const {
  qrels: path,
  subtopics,
  fractions,
  measuring,
} = workerData as {
  qrels: string;
  subtopics: boolean;
  fractions: boolean;
  measuring: RunMeasuring;
};
const qrels = readQrels(path, createTrecIds(), { subtopics, fractions });
qrels.catch(() => {}); // told with the first run

parentPort?.on('message', async ({ run, path: runPath }: { run: number; path: string }) => {
  const answer = await qrels
    .then((judgments) => measureRunFile(judgments, runPath, measuring))
    .then(
      (measured): ThreadAnswer => ({ run, measured }),
      (error: unknown): ThreadAnswer => ({ run, fault: carryError(error) }),
    );
  parentPort?.postMessage(answer);
});
