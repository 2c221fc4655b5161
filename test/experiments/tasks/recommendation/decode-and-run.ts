import { decodeStudy, type OnProgress, type RunResult, runTask, type Task } from '../../../../experiments/index.ts';
import type { RecommendationConfig } from '../../../../experiments/tasks/recommendation/recommendation-config.ts';

/** A config of a recommendation task, and that task. */
export function decode(input: object): { task: Task; config: RecommendationConfig } {
  const { task, config } = decodeStudy(input, 'test');
  return { task, config: config as RecommendationConfig };
}

/** What a run of the config finds. */
export async function run(input: object, onProgress: OnProgress = () => {}): Promise<RunResult> {
  const { task, config } = decode(input);
  return (await runTask(task, config, { onProgress })).result;
}
