import type { BackendReport } from '../../src/tensor/backend.ts';
import { provenance } from '../records/provenance.ts';
import { summariseRun } from '../summary/summary.ts';
import type { Progress } from '../terminal/progress.ts';
import type { AnyConfig } from './any-config.ts';
import { runAny } from './run-any.ts';
import type { StageCache } from './stage-cache.ts';
import type { RunRecord } from './write-run.ts';

/** What is to be run, and how that was said. */
export interface RunRequest {
  readonly config: AnyConfig;
  readonly overrides: readonly string[]; // as typed
  readonly command: string; //              that repeats the run
}

/** Runs an experiment and puts together all that its folder will hold. @param backend one that is open */
export async function makeRecord(request: RunRequest, backend: BackendReport, progress: Progress, stages?: StageCache): Promise<RunRecord> {
  const { config } = request;
  const started = new Date().toISOString();
  const result = await runAny(config, backend.name, progress.onProgress, stages);
  const summary = summariseRun(config, result);
  progress.finish();
  const finished = new Date().toISOString();
  const how = await provenance(config, backend);
  return {
    ...request,
    result,
    summary,
    provenance: { started, finished, wallSeconds: progress.wallSeconds(), methodSeconds: progress.methodSeconds(), ...how },
  };
}
