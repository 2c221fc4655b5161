import { availableParallelism } from 'node:os';
import { Command } from 'commander';
import { checkHeldApart } from '../benchmarking/check-held-apart.ts';
import { writeBenchmark } from '../benchmarking/results-folder.ts';
import { tellingKeys } from '../benchmarking/telling-keys.ts';
import { openCatalogue } from '../catalogue/open-catalogue.ts';
import { collectRecords } from '../records/collect-records.ts';
import { checkWritable } from '../records/new-folder.ts';
import { gatherReport } from '../report/gather-report.ts';
import { usualReport } from '../report/report-summary.ts';
import { screenTable } from '../report/text-table-forms.ts';
import { winnersTable } from '../report/winners.ts';
import { beginSweep, nextSweepFolder } from '../sweep/open-sweep.ts';
import { planSweep } from '../sweep/plan-sweep.ts';
import { sweepPaths } from '../sweep/sweep-folder.ts';
import { planNotes } from '../sweep/sweep-lines.ts';
import { wholeNumber } from '../terminal/number-options.ts';
import { ownScreen } from '../terminal/screen.ts';
import { commandLine } from '../terminal/shell-words.ts';
import { tell } from '../terminal/wrap-words.ts';
import { withCacheOptions } from './cache-option.ts';
import { performSweep } from './perform-sweep.ts';
import { type PluginOption, pluginOption, typedPlugins } from './plugin-option.ts';

interface BenchmarkOptions extends PluginOption {
  readonly out?: string;
  readonly runs?: string;
  readonly jobs: number;
  readonly dryRun?: boolean;
  readonly quiet?: boolean;
}

/** The benchmark of the field, one of the package's configs. */
const standard = 'ultr-benchmark';

export const benchmarkCommand = () =>
  withCacheOptions(new Command('benchmark'))
    .argument('[config]', 'a config with a sweep section (default: ultr-benchmark, which comes with the package)')
    .argument('[overrides...]', 'put into the config, or in place of what its sweep section varies, as of counterrank sweep')
    .option('--out <dir>', 'folder to create for the results; must not exist (default: benchmark/<name>)')
    .option('--runs <dir>', 'folder of the runs, where what is finished is not done again (default: runs/<name>-sweep)')
    .option('-j, --jobs <n>', 'worker processes', wholeNumber(1), availableParallelism())
    .addOption(pluginOption())
    .option('--dry-run', 'say how many runs there would be; write nothing')
    .option('--quiet', 'no progress')
    .addHelpText('after', helpText)
    .action(benchmark);

const helpText = `
Methods × rankers × users × log sizes, every one over the seeds of the config: the metric against sessions, who won where, what is not told
apart, and what theory says of it. The folder of results has README.md, results.csv (every configuration), config.yaml,
environment.json and report.html. Interrupted, the same command goes on.

Examples:
  counterrank benchmark
  counterrank benchmark ultr-benchmark simulation.clickModel=position-based seeds=3 --out benchmark/first
  counterrank benchmark ultr-benchmark data.path=mslr/Fold1 data.scale=log-standardise name=mslr-fold-1
  counterrank benchmark my-grid.yaml`;

async function benchmark(config: string | undefined, overrides: readonly string[], options: BenchmarkOptions): Promise<void> {
  const plan = await planSweep(config ?? standard, { overrides, zip: [], skip: [], ...(options.plugin && { plugins: options.plugin }) });
  const [{ config: first }] = plan.runs;
  const out = options.out ?? `benchmark/${first.name}`;
  if (options.dryRun !== true) await checkWritable(out);
  const runsFolder = options.runs ?? (await nextSweepFolder(`runs/${first.name}-sweep`, plan));
  if (options.dryRun === true)
    return console.log(
      `${plan.runs.length} runs of ${first.seeds.length} seeds and ${first.estimators.length} methods each, in ${runsFolder}; results in ${out}`,
    );
  for (const note of planNotes(plan)) console.error(note);
  const sizes = await checkHeldApart(plan.runs.map((run) => run.config));
  const sweep = await beginSweep(runsFolder, plan, false);
  await performSweep(runsFolder, sweep, { jobs: options.jobs, retries: 0, quiet: options.quiet === true, untold: true });
  const { presentations } = await openCatalogue(sweep.base.plugins ?? []);
  const { runs } = sweepPaths(runsFolder);
  const by = ['estimator.label', ...tellingKeys(await collectRecords([runs]))];
  const typed = [...(config === undefined ? [] : [config]), ...overrides, ...typedPlugins(options)];
  const command = commandLine(['counterrank', 'benchmark', ...typed]);
  const report = await gatherReport([runs], { ...usualReport, by }, command, presentations);
  await writeBenchmark(out, sweep, sizes, report, command);
  const winners = winnersTable(report.summary);
  if (winners !== null) console.log(`\n${screenTable(winners, ownScreen())}`);
  tell(`\n${out}/README.md holds the results, ${out}/report.html draws them`);
}
