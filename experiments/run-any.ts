import { type AnyConfig, isRecommendation } from './config/any-config.ts';
import { runExperiment } from './engine/run-experiment.ts';
import type { StageCache } from './engine/stage-cache.ts';
import { runRecommendation } from './recommendation/run-recommendation.ts';
import type { OnProgress, RunResult } from './run-result.ts';

/** Runs a config of any task; the result has the same form. */
export const runAny = (config: AnyConfig, backend: string, onProgress: OnProgress, stages?: StageCache): Promise<RunResult> =>
  isRecommendation(config) ? runRecommendation(config, backend, onProgress) : runExperiment(config, backend, onProgress, stages);
