import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import { writeClickLog } from '../../src/data/write-click-log.ts';
import { writeSvmlight } from '../../src/data/write-svmlight.ts';
import { UsageError } from '../../src/errors.ts';
import { isRecommendation, readAnyConfig } from '../engine/any-config.ts';
import { checkWritable, writeFolder } from '../records/new-folder.ts';
import { writeJson } from '../records/write-json.ts';
import type { RunConfig } from '../tasks/ranking/run-config.ts';
import { simulateFromConfig } from '../tasks/ranking/simulate-from-config.ts';
import type { RecommendationConfig } from '../tasks/recommendation/recommendation-config.ts';
import { type InteractionFormat, interactionFormats, simulateProblem, writeSimulated } from '../tasks/recommendation/write-simulated.ts';
import { createProgress } from '../terminal/progress.ts';
import { noteSweep } from './note-sweep.ts';
import { printConfig, printConfigOption } from './print-config.ts';

interface SimulateOptions {
  readonly out: string;
  readonly fileFormat?: InteractionFormat;
  readonly printConfig?: boolean;
  readonly quiet?: boolean;
}

export const simulateCommand = () =>
  new Command('simulate')
    .description('write a simulated click log, the judged queries it is about, and apart from them the truth it was drawn from')
    .argument('<config>', 'YAML or JSON file; its first seed is used')
    .argument('[overrides...]', 'key.path=value, put into the config')
    .requiredOption('--out <dir>', 'folder to create; must not exist')
    .addOption(
      new Option('--file-format <name>', 'of the interactions, for a config with a task; csv by default').choices([...interactionFormats]),
    )
    .addOption(printConfigOption())
    .option('--quiet', 'no progress')
    .addHelpText(
      'after',
      `
The folder gets clicks-train.jsonl, clicks-validation.jsonl, data/{train,vali,test}.txt, truth/truth.json, and config.json,
which is the config with data.path set to the written data. Of a config with a task (recommendation) it gets log.csv (user, item, and
what else the world says of a row), uniform.csv (the test part, not of conversions), uniform-sample.csv where there is one, config.json, and truth/pairs.csv
(exposure and value of every pair) and truth/test.csv; or all of them as Parquet. The world "recorded" reads the folder as it reads real data.

Examples:
  counterrank simulate quickstart.yaml simulation.sessions=1e6 --out logs/first
  counterrank train logs/first/config.json 'estimators=[naive, dual-learning]' --log logs/first/clicks-train.jsonl --out models/first
  counterrank simulate mnar-semi-synthetic.yaml world.power=3 --file-format parquet --out logs/power-3
  counterrank run logs/power-3/config.json 'world={name: recorded, reader: parquet, path: logs/power-3}' \\
    exposure=popularity-power 'estimators=[naive, ips]' 'evaluation.metrics=[auc, ndcg@10]' --out runs/recorded`,
    )
    .action(simulate);

async function simulate(file: string, overrides: readonly string[], options: SimulateOptions): Promise<void> {
  const config = await readAnyConfig(file, overrides);
  await noteSweep(file, overrides);
  if (options.printConfig) return printConfig(config);
  if (isRecommendation(config)) return simulateInteractions(config, options);
  if (options.fileFormat !== undefined)
    throw new UsageError(
      `--file-format ${options.fileFormat} is of interactions; ${file} has no task, and click logs are written as JSON Lines`,
    );
  return simulateClicks(config, options);
}

async function simulateInteractions(config: RecommendationConfig, { out, quiet, fileFormat = 'csv' }: SimulateOptions): Promise<void> {
  await checkWritable(out);
  const progress = createProgress(process.stderr, quiet === true);
  progress.onProgress({ stage: 'simulate', done: 0, total: 1, detail: config.world.name });
  const problem = await simulateProblem(config);
  await writeFolder(out, async (partial) => {
    await writeSimulated(partial, problem, fileFormat);
    await writeJson(join(partial, 'config.json'), config);
  });
  progress.finish();
  const uniform = config.task === 'conversions' ? '' : `, uniform.${fileFormat}`;
  console.log(`${out}: log.${fileFormat} with ${problem.log.items.length} rows${uniform}, config.json; the truth in ${join(out, 'truth')}`);
}

async function simulateClicks(config: RunConfig, { out, quiet }: SimulateOptions): Promise<void> {
  await checkWritable(out);
  const progress = createProgress(process.stderr, quiet === true);
  const { splits, trainLog, validationLog, randomisedLog, truth } = await simulateFromConfig(config, progress.onProgress);
  const data = { ...config.data, path: join(out, 'data'), train: 'train.txt', validation: 'vali.txt', test: 'test.txt' };
  await writeFolder(out, async (partial) => {
    await writeClickLog(join(partial, 'clicks-train.jsonl'), trainLog, splits.train);
    if (validationLog) await writeClickLog(join(partial, 'clicks-validation.jsonl'), validationLog, splits.validation);
    if (randomisedLog) await writeClickLog(join(partial, 'clicks-randomised.jsonl'), randomisedLog, splits.train);
    await mkdir(join(partial, 'data'));
    await writeSvmlight(join(partial, 'data', data.train), splits.train);
    await writeSvmlight(join(partial, 'data', data.validation), splits.validation);
    await writeSvmlight(join(partial, 'data', data.test), splits.test);
    await mkdir(join(partial, 'truth'));
    await writeJson(join(partial, 'truth', 'truth.json'), truth);
    await writeJson(join(partial, 'config.json'), { ...config, data });
  });
  progress.finish();
  console.log(`${out}: click logs, data, config.json; the truth in ${join(out, 'truth')}`);
}
