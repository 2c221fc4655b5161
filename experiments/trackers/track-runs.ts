import type { StoredRun } from '../records/stored-run.ts';
import { writeMlflow } from './write-mlflow.ts';
import { writeTensorboard } from './write-tensorboard.ts';

/** Where trackers keep their files; none is kept that is not named. */
export interface TrackerFolders {
  readonly mlflow?: string;
  readonly tensorboard?: string;
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
