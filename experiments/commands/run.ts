import { availableParallelism } from 'node:os';
import { Command } from 'commander';
import type { BackendChoice } from '../../src/tensor/backend.ts';
import { explained } from '../catalogue/plugin-error.ts';
import { readStudy } from '../catalogue/read-study.ts';
import { seedHelpers } from '../catalogue/start-seed-worker.ts';
import { makeRecord, type RunRequest } from '../engine/make-record.ts';
import { taskBackend } from '../engine/task-backend.ts';
import { writeRun } from '../engine/write-run.ts';
import { collectRecords } from '../records/collect-records.ts';
import { checkWritable, nextFree } from '../records/new-folder.ts';
import { relabelled } from '../report/renaming.ts';
import { resultTable } from '../report/result-table.ts';
import { wholeNumber } from '../terminal/number-options.ts';
import { createProgress } from '../terminal/progress.ts';
import { ownScreen } from '../terminal/screen.ts';
import { commandLine } from '../terminal/shell-words.ts';
import { tellAccounting } from '../terminal/tell-accounting.ts';
import { tell } from '../terminal/wrap-words.ts';
import { checkTrackers, type TrackerFolders, trackRuns } from '../trackers/track-runs.ts';
import { backendOption } from './backend-option.ts';
import { withCacheOptions } from './cache-option.ts';
import { noteSweep } from './note-sweep.ts';
import { type PluginOption, pluginOption, typedPlugins } from './plugin-option.ts';
import { printConfig, printConfigOption } from './print-config.ts';
import { tellBackend } from './tell-backend.ts';
import { tellExpected } from './tell-expected.ts';
import { tellLabels } from './tell-labels.ts';
import { tellUnused } from './tell-unused.ts';

interface RunOptions extends TrackerFolders, PluginOption {
  readonly jobs?: number;
  readonly out?: string;
  readonly backend?: BackendChoice;
  readonly printConfig?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

export const runCommand = () =>
  withCacheOptions(new Command('run'))
    .argument('<config>', 'YAML or JSON file, or the name of one that comes with the package')
    .argument('[overrides...]', 'key.path=value, put into the config: seeds=10 ranker=mlp')
    .option('--out <dir>', 'run folder to create; must not exist (default: runs/<name>, or the next free runs/<name>-2 …)')
    .addOption(backendOption())
    .addOption(pluginOption())
    .option('-j, --jobs <n>', 'processes that seeds are shared among (default: all cores); the numbers are the same', wholeNumber(1))
    .option('--mlflow <dir>', 'also write into this MLflow file store (mlruns)')
    .option('--tensorboard <dir>', 'also write TensorBoard event files below this folder')
    .addOption(printConfigOption())
    .option('--json', 'print what was found as JSON, with the folder')
    .option('--quiet', 'no progress')
    .addHelpText('after', helpText)
    .action(run);

const helpText = `
Examples:
  counterrank run quickstart
  counterrank run quickstart seeds=10 simulation.sessions=1e7
  counterrank run quickstart data.path=mslr/Fold1 data.scale=log-standardise
  counterrank run quickstart ranker=mlp 'estimators=[naive, {name: clipped-ips, clip: 0.1}]'
  counterrank run quickstart estimator=ips seed=3       one method, one seed
  counterrank run quickstart preset=trust-bias --print-config
  counterrank run mnar-semi-synthetic world.power=3     recommenders from clicks that are missing not at random
  counterrank run runs/quickstart/config.json          repeats a run`;

async function run(file: string, overrides: readonly string[], options: RunOptions): Promise<void> {
  const { config, baseline, task } = await readStudy(file, overrides, { plugins: options.plugin ?? [] });
  await noteSweep(file, overrides, options);
  tellLabels([{ task, config }]);
  tellUnused([{ task, config }]);
  if (options.printConfig) return printConfig(config);
  const asked = options.out ?? `runs/${config.name}`;
  const numbered = options.out === undefined;
  await checkWritable(numbered ? await nextFree(asked) : asked);
  await checkTrackers(options);
  const backend = await taskBackend(task, config, options.backend);
  tellBackend(backend, options.quiet === true);
  const progress = createProgress(process.stderr, options.quiet === true);
  const typed = [...typedPlugins(options), ...(options.backend ? ['--backend', options.backend] : [])];
  const command = commandLine(['counterrank', 'run', file, ...overrides, ...typed]);
  const jobs = options.jobs ?? (backend?.name === 'node-gpu' ? 1 : availableParallelism()); // a GPU's memory is taken by the first process
  if (options.quiet !== true) await tellExpected([{ task, config }], jobs, availableParallelism());
  const helpers = seedHelpers(config, backend?.name ?? null, jobs);
  const request = { task, config, overrides, command, baseline };
  const record = await makeRecord(request, backend, progress, helpers ? { helpers } : {});
  const { folder, lost, pageFault } = await writeRun(asked, record, { numbered }).finally(record.close);
  const { summary, result } = record;
  const warnings = [...result.warnings, ...lost];
  if (options.json) console.log(JSON.stringify({ folder, ...summary, seeds: result.seeds, warnings }, null, 2));
  else console.log(resultTable(relabelled(summary, config.labels ?? {}), ownScreen()));
  tellAccounting(record.accounting);
  for (const warning of warnings) console.error(`warning: ${warning}`);
  for (const line of await trackRuns(await collectRecords([folder]), options)) (options.json ? console.error : console.log)(line);
  if (options.json && pageFault === null) return;
  if (pageFault === null) tell(`\n${folder}/report.html shows this with pictures; the folder holds all numbers`);
  else console.error(pageWarning(folder, request, pageFault));
}

/** A page that could not be drawn, in one line: why, and how to have it from what is stored. */
function pageWarning(folder: string, { task, config }: RunRequest, fault: unknown): string {
  const told = explained(task.named?.(fault) ?? fault);
  const why = told instanceof Error ? told.message : String(told);
  const plugin = config.plugins?.map(({ path }) => path);
  const command = commandLine(['counterrank', 'report', folder, ...typedPlugins({ ...(plugin && { plugin }) }), '--format', 'html']);
  return `warning: no report.html could be drawn: ${why}; ${folder} holds all numbers, of which ${command} > report.html draws it once that is mended`;
}
