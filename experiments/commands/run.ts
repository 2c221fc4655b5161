import { Command } from 'commander';
import { readAnyConfig } from '../config/any-config.ts';
import { checkFree, nextFree } from '../records/new-folder.ts';
import { provenance } from '../records/provenance.ts';
import { writeRun } from '../records/write-run.ts';
import { resultTable } from '../report/result-table.ts';
import { summariseRun } from '../report/summary.ts';
import { runAny } from '../run-any.ts';
import { type Backend, backendOption, chosenBackend } from './backend-option.ts';
import { createProgress } from './progress.ts';
import { commandLine } from './shell-words.ts';

interface RunOptions {
  readonly out?: string;
  readonly backend?: Backend;
  readonly quiet?: boolean;
}

export const runCommand = () =>
  new Command('run')
    .description('simulate clicks, learn rankers from them, evaluate, and show who wins by how much')
    .argument('<config>', 'YAML or JSON file')
    .argument('[overrides...]', 'key.path=value, put into the config: seeds=10 ranker=mlp')
    .option('--out <dir>', 'run folder to create; must not exist (default: runs/<name>, or the next free runs/<name>-2 …)')
    .addOption(backendOption())
    .option('--quiet', 'no progress')
    .addHelpText(
      'after',
      `
Examples:
  counterrank run experiments/configs/quickstart.yaml
  counterrank run quickstart.yaml seeds=10 simulation.sessions=1e7
  counterrank run quickstart.yaml data.path=mslr/Fold1 data.scale=log-standardise
  counterrank run quickstart.yaml ranker=mlp 'estimators=[naive, {name: clipped-ips, clip: 0.1}]'
  counterrank run experiments/configs/mnar-semi-synthetic.yaml world.power=3     recommenders from clicks that are missing not at random
  counterrank run runs/quickstart/config.json          repeats a run`,
    )
    .action(run);

async function run(file: string, overrides: readonly string[], options: RunOptions): Promise<void> {
  const config = await readAnyConfig(file, overrides);
  if (options.out !== undefined) await checkFree(options.out);
  const started = new Date().toISOString();
  const backend = await chosenBackend(options.backend ?? config.backend, options.quiet === true);
  const progress = createProgress(process.stderr, options.quiet === true);
  const result = await runAny(config, backend.name, progress.onProgress);
  const summary = summariseRun(config, result);
  progress.finish();
  const folder = options.out ?? (await nextFree(`runs/${config.name}`));
  await writeRun(folder, {
    config,
    overrides,
    command: commandLine(['counterrank', 'run', file, ...overrides, ...(options.backend ? ['--backend', options.backend] : [])]),
    result,
    summary,
    provenance: {
      started,
      finished: new Date().toISOString(),
      wallSeconds: progress.wallSeconds(),
      ...(await provenance(config, backend)),
    },
  });
  console.log(resultTable(summary, { columns: process.stdout.columns ?? 80, terminal: process.stdout.isTTY === true }));
  for (const warning of result.warnings) console.error(`warning: ${warning}`);
  console.log(`\n${folder}/report.html shows this with pictures; the folder holds all numbers`);
}
