import { join } from 'node:path';
import { Command } from 'commander';
import { writeAtomicStream } from '../../src/data/write-atomic.ts';
import { readConfig } from '../config/read-config.ts';
import { csvLines } from '../records/csv.ts';
import { checkWritable, writeFolder } from '../records/new-folder.ts';
import { provenance } from '../records/provenance.ts';
import { curveRows, curvesHead, propensitiesHead, propensityRows } from '../records/tidy-rows.ts';
import { writeJson } from '../records/write-json.ts';
import { trainFromLog } from '../tasks/ranking/train-from-log.ts';
import { writeModel } from '../tasks/ranking/write-model.ts';
import { createProgress } from '../terminal/progress.ts';
import { type Backend, backendOption } from './backend-option.ts';
import { chosenBackend } from './chosen-backend.ts';
import { noteSweep } from './note-sweep.ts';
import { printConfig, printConfigOption } from './print-config.ts';

interface TrainOptions {
  readonly log: string;
  readonly validationLog?: string;
  readonly randomisedLog?: string;
  readonly out: string;
  readonly backend?: Backend;
  readonly printConfig?: boolean;
  readonly quiet?: boolean;
}

export const trainCommand = () =>
  new Command('train')
    .description("train the config's estimators on a click log of your own, and save the models")
    .argument('<config>', 'YAML or JSON file; its data holds the documents that the log names, its simulation is not used')
    .argument('[overrides...]', 'key.path=value, put into the config')
    .requiredOption('--log <file>', 'clicks on the training queries: .jsonl or .csv, plain or .gz')
    .option('--validation-log <file>', 'clicks on the validation queries, for early stopping')
    .option('--randomised-log <file>', 'clicks on training queries shown in random order, for propensity: randomisation')
    .requiredOption('--out <dir>', 'folder to create; must not exist')
    .addOption(backendOption())
    .addOption(printConfigOption())
    .option('--quiet', 'no progress')
    .addHelpText(
      'after',
      `
A line of a .jsonl log: {"query": "q1", "docs": ["3", "1"], "clicks": [0, 1], "count": 12}

Examples:
  counterrank train own.yaml --log clicks.jsonl --out models/own
  counterrank train own.yaml 'estimators=[naive, dual-learning]' --log clicks.csv.gz --validation-log held-out.csv.gz --out models/dla
  counterrank evaluate models/dla/models/* --data data/test.txt`,
    )
    .action(train);

async function train(file: string, overrides: readonly string[], options: TrainOptions): Promise<void> {
  const config = await readConfig(file, overrides, { simulated: false });
  await noteSweep(file, overrides);
  if (options.printConfig) return printConfig(config);
  await checkWritable(options.out);
  const started = new Date().toISOString();
  const backend = await chosenBackend(options.backend ?? config.backend, options.quiet === true);
  const progress = createProgress(process.stderr, options.quiet === true);
  const files = { log: options.log, validationLog: options.validationLog ?? null, randomisedLog: options.randomisedLog ?? null };
  const trained = await trainFromLog(config, files, backend.name, progress.onProgress);
  const { methods, models, status, propensities, curves, scaling, warnings } = trained;
  const [seed] = config.seeds;
  progress.finish();
  await writeFolder(options.out, async (partial) => {
    await writeJson(join(partial, 'config.json'), config);
    await writeJson(join(partial, 'overrides.json'), overrides);
    await writeAtomicStream(join(partial, 'propensities.csv'), csvLines(propensitiesHead, propensityRows([seed], methods, [propensities])));
    await writeAtomicStream(join(partial, 'curves.csv'), csvLines(curvesHead, curveRows([seed], methods, [curves])));
    for (const [m, method] of methods.entries()) {
      const scorer = models[m];
      if (scorer !== null) await writeModel(join(partial, 'models', method), scorer, scaling);
    }
    const times = { started, finished: new Date().toISOString(), wallSeconds: progress.wallSeconds() };
    await writeJson(join(partial, 'status.json'), { state: 'finished', ...times, ...(await provenance(config, backend)) });
  });
  for (const [m, method] of methods.entries()) console.log(`${method}: ${status[m]?.message ?? 'nothing to train'}`);
  for (const warning of warnings) console.error(`warning: ${warning}`);
  console.log(`models in ${join(options.out, 'models')}`);
}
