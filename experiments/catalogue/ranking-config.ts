import { UsageError } from '../../src/errors.ts';
import type { RankingConfig } from '../tasks/ranking/ranking-config.ts';
import { type DecodeUse, decodeStudy, type ReadStudy, readStudy } from './read-study.ts';

/** A config of a comparison of rankers. @throws UsageError as `readStudy`, and in one line for a config of another task */
export async function readRankingConfig(
  ...words: Parameters<typeof readStudy>
): Promise<Omit<ReadStudy, 'config'> & { config: RankingConfig }> {
  const read = await readStudy(...words);
  return { ...read, config: asRanking(read, words[0]) };
}

/** @throws UsageError that names all faults, or for a config of another task */
export const decodeRankingConfig = (input: unknown, source: string, use: DecodeUse = {}): RankingConfig =>
  asRanking(decodeStudy(input, source, use), source);

/** For commands that know ranking only. */
function asRanking({ config, task }: Omit<ReadStudy, 'catalogue'>, source: string): RankingConfig {
  if (task.name === 'ranking') return config as RankingConfig;
  throw new UsageError(
    `${source}: task: "${task.name}" is for counterrank run and sweep; this command takes a comparison of rankers, which is without a task, or of task: ranking`,
  );
}
