import { availableParallelism } from 'node:os';
import { Command, Option } from 'commander';
import { stringify } from 'yaml';
import { UsageError } from '../../src/errors.ts';
import { openCatalogue } from '../catalogue/open-catalogue.ts';
import type { StudyConfig } from '../config/config-kind.ts';
import type { SlurmConfig } from '../config/launcher-config.ts';
import type { Task } from '../engine/task.ts';
import { beginSweep, nextSweepFolder, OtherSweep, resumeSweep } from '../sweep/open-sweep.ts';
import { planSweep, type SweepPlan } from '../sweep/plan-sweep.ts';
import { runCommandLine } from '../sweep/run-sweep.ts';
import { parseShard, type Shard, shardOf } from '../sweep/shard.ts';
import { submitSweep } from '../sweep/slurm-submit.ts';
import { readSweepFile, runConfigOf, type SweepFile, sweepFileOf } from '../sweep/sweep-file.ts';
import { countLine, planNotes, plural, runLines, timeLine } from '../sweep/sweep-lines.ts';
import { meanSeconds, sweepState } from '../sweep/sweep-state.ts';
import { wholeNumber } from '../terminal/number-options.ts';
import { tell } from '../terminal/wrap-words.ts';
import { checkTrackers } from '../trackers/track-runs.ts';
import { withCacheOptions } from './cache-option.ts';
import { type PerformOptions, performSweep } from './perform-sweep.ts';
import { type PluginOption, pluginOption } from './plugin-option.ts';
import { collectCommand } from './sweep-collect.ts';
import { statusCommand } from './sweep-status.ts';
import { tellExpected } from './tell-expected.ts';
import { tellLabels } from './tell-labels.ts';
import { tellUnused } from './tell-unused.ts';

interface SweepCommandOptions extends PerformOptions, PluginOption {
  readonly out?: string;
  readonly zip: readonly string[];
  readonly skip: readonly string[];
  readonly shard?: string;
  readonly launcher: 'local' | 'slurm';
  readonly extend?: boolean;
  readonly dryRun?: boolean;
  readonly commands?: boolean;
  readonly printConfig?: boolean;
}

const help = `
Values are YAML: names, numbers, [lists], {name: mlp, hidden: [64]}; a text with commas in it goes in quotes. Quote words with blanks,
brackets or braces for the shell. What the file's sweep section says may be typed over.

Examples:
  counterrank sweep quickstart estimator.name=naive,ips,dual-learning seed=1..10
  counterrank sweep quickstart 'estimator=naive,{name: clipped-ips, clip: 0.1}' 'simulation.sessions=log(1e4,1e7,4)' -j 4
  counterrank sweep quickstart simulation.sessions=1e4,1e6 simulation.validationSessions=1e3,1e5 \\
    --zip simulation.sessions,simulation.validationSessions --dry-run
  counterrank sweep quickstart preset=trust-bias,cascade estimator=naive,ips,affine seed=1..5 --skip "estimator=affine and preset=cascade"
  counterrank sweep runs/quickstart-sweep                  goes on with a sweep
  counterrank sweep quickstart seed=1..20 --extend    adds what is new to the sweep there
  counterrank sweep large.yaml seed=1..500 --launcher slurm
  counterrank sweep status runs/quickstart-sweep`;

const collect = (text: string, before: readonly string[]) => [...before, text];

export const sweepCommand = () =>
  withCacheOptions(new Command('sweep'))
    .argument('<config>', 'YAML or JSON file, the name of one that comes with the package, or the folder of a sweep to go on with')
    .argument('[overrides...]', 'key=a,b,c  seed=1..10  key=range(0,10,2)  key=log(1e4,1e7,4)  or one value for every run')
    .option('--out <dir>', "the sweep's folder (default: runs/<name>-sweep, or where that holds another sweep runs/<name>-sweep-2 …)")
    .option('--zip <keys>', 'keys, with commas between, whose values go together instead of being combined; may be repeated', collect, [])
    .option('--skip <condition>', 'leave out combinations: "key=a,b and key>=1e6"; may be repeated', collect, [])
    .addOption(pluginOption())
    .option('-j, --jobs <n>', 'worker processes', wholeNumber(1), availableParallelism())
    .option('--shard <i/n>', 'only this part of the runs: 3/8, or auto/8 by the index of a Slurm, Kubernetes or AWS Batch array')
    .addOption(new Option('--launcher <name>', 'where it runs').choices(['local', 'slurm']).default('local'))
    .option('--retries <n>', 'how often a failed run is tried again', wholeNumber(0), 0)
    .option('--fail-fast', 'begin no further run once one has failed')
    .option('--extend', 'add the runs to the other ones that the folder holds')
    .option('--dry-run', 'list the runs and how long they may take; write nothing')
    .option('--commands', 'print one shell line for each run that is not finished; write nothing')
    .option('--print-config', 'print the config of every run; write nothing')
    .option('--mlflow <dir>', 'when every run is finished, also write into this MLflow file store (mlruns)')
    .option('--tensorboard <dir>', 'when every run is finished, also write TensorBoard event files below this folder')
    .option('--json', 'print what was found, or with --dry-run what would be run, as JSON')
    .option('--quiet', 'no progress')
    .addHelpText('after', help)
    .addCommand(subcommand(statusCommand()))
    .addCommand(subcommand(collectCommand()))
    .action(sweep);

const subcommand = (command: Command): Command => command.exitOverride().showHelpAfterError('(add --help for examples)');

async function sweep(file: string, overrides: readonly string[], options: SweepCommandOptions): Promise<void> {
  const shard = options.shard === undefined ? undefined : parseShard(options.shard, process.env);
  if (shard && options.launcher === 'slurm') throw new UsageError('--shard is what the tasks of --launcher slurm are given; leave it out');
  if (options.launcher === 'slurm' && (options.mlflow ?? options.tensorboard))
    throw new UsageError(
      '--mlflow and --tensorboard are not for --launcher slurm: give them to counterrank sweep collect when the jobs are done',
    );
  const resumed = await readSweepFile(file);
  const looks = options.dryRun || options.commands || options.printConfig;
  if (!looks) await checkTrackers(options);
  if (resumed !== null) {
    const { zip, skip, out, extend, plugin = [] } = options;
    if ([...overrides, ...zip, ...skip, ...plugin].length > 0 || out !== undefined || extend)
      throw new UsageError(`"${file}" is a sweep already; to change it give its config, and --extend --out ${file}`);
    if (looks) return look(file, resumed, [], options, shard);
    return launch(file, await resumeSweep(file), null, options, shard);
  }
  const words = { overrides, zip: options.zip, skip: options.skip, ...(options.plugin && { plugins: options.plugin }) };
  const extend = options.extend === true;
  const plan = await planSweep(file, words, { extend });
  const standard = `runs/${plan.runs[0].config.name}-sweep`;
  const numbered = options.out === undefined && !extend; // as run does
  const folderNow = () => (numbered ? nextSweepFolder(standard, plan) : Promise.resolve(options.out ?? standard));
  const studies = await studiesOf(plan);
  tellLabels(studies);
  tellUnused(studies);
  if (looks) return look(await folderNow(), await sweepFileOf(plan), planNotes(plan), options, shard);
  const { folder, begun } = await begin(folderNow, plan, extend, numbered);
  if (folder !== standard && numbered) console.error(`note: ${standard} holds another sweep; this one is in ${folder}`);
  for (const note of planNotes(plan)) console.error(note);
  if (options.quiet !== true) await tellExpected(studies, options.jobs, availableParallelism());
  return launch(folder, begun, plan.launcher.slurm, options, shard);
}

/** The runs with their task. */
async function studiesOf({ runs }: SweepPlan): Promise<{ task: Task; config: StudyConfig }[]> {
  const { taskOf } = await openCatalogue(runs[0].config.plugins ?? []);
  return runs.map(({ config }) => ({ task: taskOf(config, 'sweep'), config }));
}

/** Another process may begin another sweep in a free folder at the same moment: then the next one is looked for. */
async function begin(
  folderNow: () => Promise<string>,
  plan: SweepPlan,
  extend: boolean,
  again: boolean,
): Promise<{ folder: string; begun: SweepFile }> {
  const folder = await folderNow();
  try {
    return { folder, begun: await beginSweep(folder, plan, extend) };
  } catch (error) {
    if (again && error instanceof OtherSweep) return begin(folderNow, plan, extend, again);
    throw error;
  }
}

async function launch(
  folder: string,
  sweep: SweepFile,
  resources: SlurmConfig | null,
  options: SweepCommandOptions,
  shard: Shard | undefined,
): Promise<void> {
  if (options.launcher === 'local') return performSweep(folder, sweep, options, shard);
  const { array, collect, tasks } = await submitSweep(folder, sweep, resources);
  if (options.json) return console.log(JSON.stringify({ folder, array, collect, tasks }, null, 2));
  tell(`submitted ${plural(tasks, 'task')} as Slurm job ${array}, and ${collect} to put the runs together after it`);
  tell(`counterrank sweep status ${folder} tells how far they are`);
}

/** What would be done. */
async function look(
  folder: string,
  sweep: SweepFile,
  notes: readonly string[],
  options: SweepCommandOptions,
  shard: Shard | undefined,
): Promise<void> {
  const all = await sweepState(folder, sweep);
  const states = shard ? shardOf(all, shard) : all;
  const lines = [];
  if (options.printConfig) for (const { run } of states) lines.push(`# ${run.id}\n${stringify(runConfigOf(sweep, run))}---`);
  else if (options.commands)
    for (const { run, state } of states)
      lines.push(...(state === 'finished' ? [] : [runCommandLine(sweep, run, ['--out', `${folder}/runs/${run.id}`])]));
  else if (options.json)
    lines.push(
      JSON.stringify({ folder, runs: states.map(({ run, state }) => ({ id: run.id, state, overrides: run.overrides })), notes }, null, 2),
    );
  else lines.push(...runLines(states), '', countLine(states), ...notes, timeLine(states, await meanSeconds(states), options.jobs));
  tell(lines.join('\n'));
}
