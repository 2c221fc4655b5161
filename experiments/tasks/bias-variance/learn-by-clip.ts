import { decodeFile } from '../../config/read-config.ts';
import { runTask } from '../../engine/run-task.ts';
import { meansOf } from '../../tables/run-result.ts';
import type { OnProgress } from '../../terminal/progress.ts';
import type { ExposureConfig } from '../recommendation/recommendation-config.ts';
import type { ClippableStudy } from './bias-variance.ts';

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
export function clipComparison({ config, task }: ClippableStudy, thresholds: readonly number[], metric: string): ExposureConfig {
  const { label: _label, ...ips } = config.estimators.find(({ name }) => name === 'ips') ?? { name: 'ips', label: '' };
  const estimators = [
    { ...ips, label: unclipped },
    ...thresholds.map((clip) => ({ name: 'clipped-ips', label: String(clip), clip, model: ips.model, training: ips.training })),
    ...(metric.startsWith('relative-') ? ['ideal'] : []),
  ];
  const compared = { ...config, baseline: unclipped, estimators, evaluation: { ...config.evaluation, metrics: [metric] } };
  return decodeFile(compared, 'metric', { plugins: config.plugins ?? [], kindOf: () => task }).run as ExposureConfig;
}

/** Trains with every threshold, on the clicks of every seed: see {@link clipComparison}. */
export async function learnByClip(
  study: ClippableStudy,
  thresholds: readonly number[],
  metric: string,
  onProgress: OnProgress,
): Promise<LearntByClip> {
  const { result } = await runTask(study.task, clipComparison(study, thresholds, metric), { onProgress });
  const means = meansOf(result);
  const clips = [0, ...thresholds];
  return { metric, clips, values: means.map((ofSeed) => clips.map((_, m) => ofSeed[m][0])) };
}
