import { extname, join } from 'node:path';
import { startProcess, type WorkerProcess } from '../engine/worker-process.ts';
import type { RunAnswer, RunOrder } from './worker-messages.ts';

export type SweepWorker = WorkerProcess<RunOrder, RunAnswer>;

/** The worker beside this file, source or build, whichever this is. */
const entry = join(import.meta.dirname, `worker-main${extname(import.meta.filename)}`);

export const startWorker = (): SweepWorker => startProcess(entry, () => {});
