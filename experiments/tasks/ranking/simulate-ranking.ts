import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { truthToJson } from '../../../simulators/index.ts';
import { writeClickLog } from '../../../src/data/write-click-log.ts';
import { writeSvmlight } from '../../../src/data/write-svmlight.ts';
import { UsageError } from '../../../src/errors.ts';
import { createRng } from '../../../src/random/rng.ts';
import type { SimulateOptions, Simulation } from '../../engine/task.ts';
import type { Parts } from '../../parts/parts.ts';
import { writeJson } from '../../records/write-json.ts';
import type { OnProgress } from '../../terminal/progress.ts';
import { readData, scaleSplits } from './load-data.ts';
import type { RankingConfig } from './ranking-config.ts';
import { drawLogs } from './simulate-logs.ts';

/**
 * The logs that the first seed of a run would learn from, the query sets as read (features not scaled), and apart from them the truth.
 * @throws UsageError where another form of file is asked for
 */
export async function simulateRanking(
  parts: Parts,
  config: RankingConfig,
  { out, fileFormat }: SimulateOptions,
  onProgress: OnProgress,
): Promise<Simulation> {
  if (fileFormat !== undefined)
    throw new UsageError(
      `--file-format ${fileFormat} is of interactions; a config without a task has click logs, which are written as JSON Lines`,
    );
  onProgress({ stage: 'data', done: 0, total: 2, detail: config.data.path ?? 'synthetic' });
  const splits = await readData(config.data);
  onProgress({ stage: 'simulate', done: 1, total: 2, detail: config.simulation.clickModel.name });
  const scaled = scaleSplits(splits, config.data).splits;
  const { train, validation, randomised } = drawLogs(parts, config, scaled, createRng(`run/${config.seeds[0]}`));
  const data = { ...config.data, path: join(out, 'data'), train: 'train.txt', validation: 'vali.txt', test: 'test.txt' };
  return {
    accounting: splits.accounting,
    told: `${out}: click logs, data, config.json; the truth in ${join(out, 'truth')}`,
    async write(folder) {
      await writeClickLog(join(folder, 'clicks-train.jsonl'), train.log, splits.train);
      if (validation) await writeClickLog(join(folder, 'clicks-validation.jsonl'), validation.log, splits.validation);
      if (randomised) await writeClickLog(join(folder, 'clicks-randomised.jsonl'), randomised.log, splits.train);
      await mkdir(join(folder, 'data'));
      await writeSvmlight(join(folder, 'data', data.train), splits.train);
      await writeSvmlight(join(folder, 'data', data.validation), splits.validation);
      await writeSvmlight(join(folder, 'data', data.test), splits.test);
      await mkdir(join(folder, 'truth'));
      await writeJson(join(folder, 'truth', 'truth.json'), {
        train: truthToJson(train.truth),
        validation: validation && truthToJson(validation.truth),
        randomised: randomised && truthToJson(randomised.truth),
      });
      await writeJson(join(folder, 'config.json'), { ...config, data });
    },
  };
}
