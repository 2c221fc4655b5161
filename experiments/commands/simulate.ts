import { Command, Option } from 'commander';
import { UsageError } from '../../src/errors.ts';
import { readStudy } from '../catalogue/read-study.ts';
import { checkWritable, writeFolder } from '../records/new-folder.ts';
import { createProgress } from '../terminal/progress.ts';
import { tellAccounting } from '../terminal/tell-accounting.ts';
import { tell } from '../terminal/wrap-words.ts';
import { withCacheOptions } from './cache-option.ts';
import { noteSweep } from './note-sweep.ts';
import { type PluginOption, pluginOption } from './plugin-option.ts';
import { printConfig, printConfigOption } from './print-config.ts';

interface SimulateOptions extends PluginOption {
  readonly out: string;
  readonly fileFormat?: string;
  readonly printConfig?: boolean;
  readonly quiet?: boolean;
}

export const simulateCommand = () =>
  withCacheOptions(new Command('simulate'))
    .argument('<config>', 'YAML or JSON file; its first seed is used')
    .argument('[overrides...]', 'key.path=value, put into the config')
    .requiredOption('--out <dir>', 'folder to create; must not exist')
    .addOption(
      new Option('--file-format <name>', 'of the interactions, for a config with a task; csv by default').choices(['csv', 'parquet']),
    )
    .addOption(pluginOption())
    .addOption(printConfigOption())
    .option('--quiet', 'no progress')
    .addHelpText('after', helpText)
    .action(simulate);

const helpText = `
The folder gets clicks-train.jsonl, clicks-validation.jsonl, data/{train,vali,test}.txt, truth/truth.json, and config.json,
which is the config with data.path set to the written data. Of a config with a task (recommendation) it gets log.csv (user, item, and
what else the world says of a row), uniform.csv (the test part, not of conversions), uniform-sample.csv where there is one, config.json, and truth/pairs.csv
(exposure and value of every pair) and truth/test.csv; or all of them as Parquet. The world "recorded" reads the folder as it reads real data.

Examples:
  counterrank simulate quickstart simulation.sessions=1e6 --out logs/first
  counterrank train logs/first/config.json 'estimators=[naive, dual-learning]' --log logs/first/clicks-train.jsonl --out models/first
  counterrank simulate mnar-semi-synthetic world.power=3 --file-format parquet --out logs/power-3
  counterrank run logs/power-3/config.json 'world={name: recorded, reader: parquet, path: logs/power-3}' \\
    exposure=popularity-power 'estimators=[naive, ips]' 'evaluation.metrics=[auc, ndcg@10]' --out runs/recorded`;

async function simulate(file: string, overrides: readonly string[], options: SimulateOptions): Promise<void> {
  const { out, fileFormat, quiet } = options;
  const { config, task } = await readStudy(file, overrides, { plugins: options.plugin ?? [] });
  await noteSweep(file, overrides, options);
  if (options.printConfig) return printConfig(config);
  if (task.simulate === undefined) {
    const way = task.insteadOfSimulate === undefined ? '' : `; ${task.insteadOfSimulate}`;
    throw new UsageError(`${file}: the task ${task.name} has nothing to simulate into files${way}`);
  }
  await checkWritable(out);
  const progress = createProgress(process.stderr, quiet === true);
  const wanted = { out, ...(fileFormat !== undefined && { fileFormat }) };
  const simulation = await task.simulate(config, wanted, progress.onProgress);
  await writeFolder(out, async (partial) => simulation.write(partial));
  progress.finish();
  tellAccounting(simulation.accounting ?? []);
  tell(simulation.told);
}
