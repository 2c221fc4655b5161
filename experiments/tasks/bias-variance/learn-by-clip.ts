import { decodeAnyConfig } from '../../engine/any-config.ts';
import type { OnProgress } from '../../engine/run-result.ts';
import { runRecommendation } from '../recommendation/run-recommendation.ts';
import type { ExposureConfig } from './predictions.ts';

/** What learning with every threshold came to. */
export interface LearntByClip {
  readonly metric: string;
  readonly clips: readonly number[]; //                M; 0: the method ips, unclipped
  readonly values: readonly (readonly number[])[]; // of the metric on the test part, [seed][threshold]
}

const unclipped = 'none';

/**
 * The config that trains `ips` (as the config has it) and `clipped-ips` at every threshold, and beside them `ideal` where the metric is relative
 * to it. It may be run by `counterrank run` too. @throws UsageError for a metric that the task does not have
 */
export function clipComparison(config: ExposureConfig, thresholds: readonly number[], metric: string): ExposureConfig {
  const { label: _label, ...ips } = config.estimators.find(({ name }) => name === 'ips') ?? { name: 'ips', label: '' };
  const estimators = [
    { ...ips, label: unclipped },
    ...thresholds.map((clip) => ({ name: 'clipped-ips', label: String(clip), clip })),
    ...(metric.startsWith('relative-') ? ['ideal'] : []),
  ];
  const compared = { ...config, baseline: unclipped, estimators, evaluation: { ...config.evaluation, metrics: [metric] } };
  return decodeAnyConfig(compared, 'metric') as ExposureConfig;
}

/** Trains with every threshold, on the clicks of every seed: see {@link clipComparison}. */
export async function learnByClip(
  config: ExposureConfig,
  thresholds: readonly number[],
  metric: string,
  onProgress: OnProgress,
): Promise<LearntByClip> {
  const { means } = await runRecommendation(clipComparison(config, thresholds, metric), '', onProgress);
  const clips = [0, ...thresholds];
  return { metric, clips, values: means.map((ofSeed) => clips.map((_, m) => ofSeed[m][0])) };
}
