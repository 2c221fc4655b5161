import { join } from 'node:path';
import { Command } from 'commander';
import type { BackendChoice } from '../../src/tensor/backend.ts';
import { readRankingConfig } from '../catalogue/ranking-config.ts';
import { taskBackend, threadedBackend } from '../engine/task-backend.ts';
import { checkWritable, writeFolder } from '../records/new-folder.ts';
import { provenance } from '../records/provenance.ts';
import { writeTable } from '../records/table-files.ts';
import { writeJson } from '../records/write-json.ts';
import { learnedRows } from '../tasks/ranking/learn-methods.ts';
import { propensities, trustBias } from '../tasks/ranking/ranking-tables.ts';
import { trainFromLog } from '../tasks/ranking/train-from-log.ts';
import { writeModel } from '../tasks/ranking/write-model.ts';
import { curves } from '../tasks/shared/training.ts';
import { wholeNumber } from '../terminal/number-options.ts';
import { createProgress } from '../terminal/progress.ts';
import { tellAccounting } from '../terminal/tell-accounting.ts';
import { tell } from '../terminal/wrap-words.ts';
import { backendOption } from './backend-option.ts';
import { withCacheOptions } from './cache-option.ts';
import { noteSweep } from './note-sweep.ts';
import { type PluginOption, pluginOption } from './plugin-option.ts';
import { printConfig, printConfigOption } from './print-config.ts';
import { tellBackend } from './tell-backend.ts';

interface TrainOptions extends PluginOption {
  readonly log: string;
  readonly validationLog?: string;
  readonly randomisedLog?: string;
  readonly out: string;
  readonly backend?: BackendChoice;
  readonly threads?: number;
  readonly printConfig?: boolean;
  readonly quiet?: boolean;
}

export const trainCommand = () =>
  withCacheOptions(new Command('train'))
    .argument('<config>', 'YAML or JSON file; its data holds the documents that the log names, its simulation is not used')
    .argument('[overrides...]', 'key.path=value, put into the config')
    .requiredOption('--log <file>', 'clicks on the training queries: .jsonl or .csv, plain or .gz')
    .option('--validation-log <file>', 'clicks on the validation queries, for early stopping')
    .option('--randomised-log <file>', 'clicks on training queries shown in random order, for propensity: randomisation')
    .requiredOption('--out <dir>', 'folder to create; must not exist')
    .addOption(backendOption())
    .option('--threads <n>', 'threads of the products of a network, on the backends blas and onnxruntime (default: 1)', wholeNumber(1))
    .addOption(pluginOption())
    .addOption(printConfigOption())
    .option('--quiet', 'no progress')
    .addHelpText('after', helpText)
    .action(train);

const helpText = `
A line of a .jsonl log: {"query": "q1", "docs": ["3", "1"], "clicks": [0, 1], "count": 12}

Examples:
  counterrank train own.yaml --log clicks.jsonl --out models/own
  counterrank train own.yaml 'estimators=[naive, dual-learning]' --log clicks.csv.gz --validation-log held-out.csv.gz --out models/dla
  counterrank evaluate models/dla/models/* --data data/test.txt`;

async function train(file: string, overrides: readonly string[], options: TrainOptions): Promise<void> {
  const { config, catalogue, task } = await readRankingConfig(file, overrides, { simulated: false, plugins: options.plugin ?? [] });
  await noteSweep(file, overrides, options);
  if (options.printConfig) return printConfig(config);
  await checkWritable(options.out);
  const started = new Date().toISOString();
  const { backend: choice, threads } = options;
  const backend = await (threads === undefined ? taskBackend(task, config, choice) : threadedBackend(task, config, choice, threads));
  tellBackend(backend, options.quiet === true);
  const progress = createProgress(process.stderr, options.quiet === true);
  const files = { log: options.log, validationLog: options.validationLog ?? null, randomisedLog: options.randomisedLog ?? null };
  const { learned, scaling, accounting } = await trainFromLog(catalogue.parts, config, files, progress.onProgress);
  const [seed] = config.seeds;
  progress.finish();
  const rows = learned.flatMap(({ method, learned: one }) => learnedRows(one, null).map((some) => ({ ...some, method })));
  const tidied = ({ method, rows: own }: (typeof rows)[number]) => own.map((row) => ({ seed, method, ...row }));
  const dataFiles = (await task.data?.(config)?.files()) ?? [];
  await writeFolder(options.out, async (partial) => {
    await writeJson(join(partial, 'config.json'), config);
    await writeJson(join(partial, 'overrides.json'), overrides);
    for (const table of [propensities, trustBias, curves])
      await writeTable(partial, table, rows.filter((one) => one.table === table).flatMap(tidied));
    for (const { method, learned: one } of learned)
      if (one.scorer !== null) await writeModel(join(partial, 'models', method), one.scorer, scaling, one.bias);
    const times = { started, finished: new Date().toISOString(), wallSeconds: progress.wallSeconds() };
    await writeJson(join(partial, 'status.json'), { state: 'finished', ...times, ...(await provenance(backend, dataFiles)), accounting });
  });
  tellAccounting(accounting);
  for (const { method, learned: one } of learned) tell(`${method}: ${one.record?.status.message ?? 'nothing to train'}`);
  for (const { method, learned: one } of learned)
    if (one.record?.status.state === 'propensities-drifted')
      console.error(`warning: ${method}: propensities drifted, so training was stopped: ${one.record.status.message}`);
  tell(`models in ${join(options.out, 'models')}`);
}
