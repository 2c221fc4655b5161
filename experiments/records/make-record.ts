import type { BackendReport } from '../../src/tensor/backend.ts';
import type { Progress } from '../commands/progress.ts';
import type { AnyConfig } from '../config/any-config.ts';
import type { StageCache } from '../engine/stage-cache.ts';
import { summariseRun } from '../report/summary.ts';
import { runAny } from '../run-any.ts';
import { provenance } from './provenance.ts';
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
