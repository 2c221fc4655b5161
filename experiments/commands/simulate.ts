import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { writeClickLog } from '../../src/data/write-click-log.ts';
import { writeSvmlight } from '../../src/data/write-svmlight.ts';
import { readConfig } from '../config/read-config.ts';
import { simulateFromConfig } from '../engine/simulate-from-config.ts';
import { checkWritable, writeFolder } from '../records/new-folder.ts';
import { writeJson } from '../records/write-json.ts';
import { printConfig, printConfigOption } from './print-config.ts';
import { createProgress } from './progress.ts';

interface SimulateOptions {
  readonly out: string;
  readonly printConfig?: boolean;
  readonly quiet?: boolean;
}

export const simulateCommand = () =>
  new Command('simulate')
    .description('write a simulated click log, the judged queries it is about, and apart from them the truth it was drawn from')
    .argument('<config>', 'YAML or JSON file; its first seed is used')
    .argument('[overrides...]', 'key.path=value, put into the config')
    .requiredOption('--out <dir>', 'folder to create; must not exist')
    .addOption(printConfigOption())
    .option('--quiet', 'no progress')
    .addHelpText(
      'after',
      `
The folder gets clicks-train.jsonl, clicks-validation.jsonl, data/{train,vali,test}.txt, truth/truth.json, and config.json,
which is the config with data.path set to the written data.

Example:
  counterrank simulate quickstart.yaml simulation.sessions=1e6 --out logs/first
  counterrank train logs/first/config.json 'estimators=[naive, dual-learning]' --log logs/first/clicks-train.jsonl --out models/first`,
    )
    .action(simulate);

async function simulate(
  file: string,
  overrides: readonly string[],
  { out, quiet, printConfig: printOnly }: SimulateOptions,
): Promise<void> {
  const config = await readConfig(file, overrides);
  if (printOnly) return printConfig(config);
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
