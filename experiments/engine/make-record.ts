import type { Summary } from '../../src/stats/compare-methods.ts';
import type { BackendReport } from '../../src/tensor/backend.ts';
import type { StudyConfig } from '../config/config-kind.ts';
import { gitState } from '../records/git-state.ts';
import { type Provenance, provenance } from '../records/provenance.ts';
import { worseThanNaive } from '../report/worse-than-naive.ts';
import { summariseRun } from '../summary/summarise-run.ts';
import type { Progress } from '../terminal/progress.ts';
import { type FinishedRun, type RunTaskOptions, runTask } from './run-task.ts';
import { methodsOf, seedsVaryOf, type Task } from './task.ts';

/** What is to be run, and how that was said. */
export interface RunRequest {
  readonly task: Task;
  readonly config: StudyConfig;
  readonly overrides: readonly string[]; // as typed
  readonly command: string; //              that repeats the run
  readonly baseline?: string | null | undefined; // as said: what reports compare one method alone with
}

/** All that a run folder is made of. */
export interface RunRecord extends RunRequest, FinishedRun {
  readonly summary: Summary;
  readonly provenance: Provenance;
}

/** Runs a study and puts together all that its folder will hold. @param backend one that is open, where one is needed */
export async function makeRecord(
  request: RunRequest,
  backend: BackendReport | null,
  progress: Progress,
  options: Pick<RunTaskOptions, 'stages' | 'helpers'> = {},
): Promise<RunRecord> {
  const { task, config } = request;
  const started = new Date().toISOString();
  void gitState(); // asked now, read when the run is done
  const vary = seedsVaryOf(task, config);
  const files = (await task.data?.(config)?.files()) ?? [];
  const finishedRun = await runTask(task, config, { ...options, onProgress: progress.onProgress, onOthers: progress.onOthers });
  const summary = summariseRun(finishedRun.result, {
    ...{ baseline: config.baseline, methods: methodsOf(task, config), notes: task.notes, remarks: task.remarks },
    ...vary,
  });
  progress.finish();
  const finished = new Date().toISOString();
  const how = await provenance(backend, files);
  const { helped } = finishedRun;
  const peaks = [how.peakMemoryBytes, ...helped.map(({ peakMemoryBytes }) => peakMemoryBytes)];
  return {
    ...request,
    ...finishedRun,
    result: { ...finishedRun.result, warnings: [...finishedRun.result.warnings, ...worseThanNaive(summary)] },
    summary,
    provenance: {
      ...{ started, finished, ...how },
      accounting: finishedRun.accounting,
      wallSeconds: added(progress.wallSeconds(), ...helped.map(({ wallSeconds }) => wallSeconds)),
      methodSeconds: added(progress.methodSeconds(), ...helped.map(({ methodSeconds }) => methodSeconds)),
      peakMemoryBytes: Math.max(...peaks),
    },
  };
}

/** Seconds of all processes by name, but for the total, which is that of the clock. */
function added(own: Readonly<Record<string, number>>, ...others: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const sum = { ...own };
  for (const one of others) for (const [name, seconds] of Object.entries(one)) if (name !== 'total') sum[name] = (sum[name] ?? 0) + seconds;
  return sum;
}
