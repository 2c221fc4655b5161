import { checkAddable } from '../records/new-folder.ts';
import type { StoredRun } from '../records/stored-run.ts';
import { trialsOf } from './trial.ts';
import { writeMlflow } from './write-mlflow.ts';
import { writeTensorboard } from './write-tensorboard.ts';

/** Where trackers keep their files; none is kept that is not named. */
export interface TrackerFolders {
  readonly mlflow?: string;
  readonly tensorboard?: string;
}

/** What long work asks before it starts. @throws UsageError for a folder that cannot be made, or added to */
export async function checkTrackers({ mlflow, tensorboard }: TrackerFolders): Promise<void> {
  for (const folder of [mlflow, tensorboard]) if (folder !== undefined) await checkAddable(folder);
}

/** @throws DataError for a damaged table of a run, before anything is written; where no tracker is named none is read */
export async function checkTrials(runs: readonly StoredRun[], { mlflow, tensorboard }: TrackerFolders): Promise<void> {
  if (mlflow !== undefined || tensorboard !== undefined) for (const run of runs) await trialsOf(run);
}

/** Writes finished runs for the trackers named. @returns a line for each: what was written and how to look at it */
export async function trackRuns(runs: readonly StoredRun[], { mlflow, tensorboard }: TrackerFolders): Promise<string[]> {
  const lines = [];
  if (mlflow !== undefined)
    lines.push(`${mlflow}: ${await writeMlflow(mlflow, runs)} new runs for: mlflow ui --backend-store-uri ${mlflow}`);
  if (tensorboard !== undefined)
    lines.push(`${tensorboard}: ${await writeTensorboard(tensorboard, runs)} event files for: tensorboard --logdir ${tensorboard}`);
  return lines;
}
