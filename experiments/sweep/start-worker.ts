import { startProcess, type WorkerProcess } from '../engine/worker-process.ts';
import { ownFile } from '../modules/own-files.ts';
import type { RunAnswer, RunOrder } from './worker-messages.ts';

export type SweepWorker = WorkerProcess<RunOrder, RunAnswer>;

const entry = ownFile('experiments/sweep/worker-main');

export const startWorker = (): SweepWorker => startProcess(entry, () => {});
