import { runExperiment } from '../tasks/ranking/run-experiment.ts';
import { runRecommendation } from '../tasks/recommendation/run-recommendation.ts';
import { type AnyConfig, isRecommendation } from './any-config.ts';
import type { OnProgress, RunResult } from './run-result.ts';
import type { StageCache } from './stage-cache.ts';

/** Runs a config of any task; the result has the same form. */
export const runAny = (config: AnyConfig, backend: string, onProgress: OnProgress, stages?: StageCache): Promise<RunResult> =>
  isRecommendation(config) ? runRecommendation(config, backend, onProgress) : runExperiment(config, backend, onProgress, stages);
