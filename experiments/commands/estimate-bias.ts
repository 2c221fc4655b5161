import { Command } from 'commander';
import type { BiasEstimatorEntry, EstimatedBias } from '../../estimators/index.ts';
import { UsageError } from '../../src/errors.ts';
import { lookup } from '../../src/registry.ts';
import { makeRecord } from '../engine/make-record.ts';
import { noStageCache } from '../engine/stage-cache.ts';
import { writeRun } from '../engine/write-run.ts';
import { checkWritable } from '../records/new-folder.ts';
import { alignedTable } from '../report/text-table-forms.ts';
import { lackOf } from '../tasks/bias/bias-faults.ts';
import { biasLogs } from '../tasks/bias/bias-logs.ts';
import type { TrueBias } from '../tasks/bias/bias-metrics.ts';
import { estimateBias } from '../tasks/bias/prepare-bias.ts';
import { createProgress } from '../terminal/progress.ts';
import { commandLine } from '../terminal/shell-words.ts';
import { tellAccounting } from '../terminal/tell-accounting.ts';
import { addLogOptions, configOf, type LogOptions } from './log-options.ts';
import { catalogueOf, type PluginOption, pluginOption } from './plugin-option.ts';

interface EstimateBiasOptions extends PluginOption, LogOptions {
  readonly method: string;
  readonly out?: string;
}

export const estimateBiasCommand = () =>
  addLogOptions(new Command('estimate-bias'))
    .option(
      '--method <names>',
      'estimators of bias, with commas between; all: those that the log and what is given beside it suffice for',
      'all',
    )
    .option('--truth <file>', 'truth.json of a simulated log')
    .addOption(pluginOption())
    .option('--out <dir>', 'run folder to create, with a page that draws the curves and a bias.json of every estimate; must not exist')
    .addHelpText('after', helpText)
    .action(run);

const helpText = `
Options of estimators, more seeds, simulated logs: a config with task: bias, such as experiments/configs/bias.yaml.

Examples:
  counterrank estimate-bias clicks.jsonl
  counterrank estimate-bias clicks.jsonl --method naive-ctr,all-pairs --out runs/bias
  counterrank estimate-bias clicks.jsonl --data letor/Fold1 --randomised-log shuffled.jsonl
  counterrank simulate experiments/configs/quickstart.yaml simulation.temperature=0.5 simulation.listsPerQuery=5 --out logs/first
  counterrank estimate-bias logs/first`;

/** Told or left to the user, so no estimates of this log. */
const notEstimated = new Set(['oracle', 'given', 'saved']);

async function run(path: string, options: EstimateBiasOptions): Promise<void> {
  const { out } = options;
  if (out !== undefined) await checkWritable(out);
  const catalogue = await catalogueOf(options);
  const { biasEstimators } = catalogue.parts;
  const decode = await configOf(path, options, catalogue);
  const asked = options.method === 'all' ? null : options.method.split(',').map((name) => name.trim());
  for (const name of asked ?? []) lookup('bias estimator', biasEstimators, name);
  const { config } = decode(asked ?? ['naive-ctr']);
  const entries = Object.entries<BiasEstimatorEntry>(biasEstimators).filter(([name]) => !notEstimated.has(name));
  const lacking = new Map(entries.map(([name, { needs }]) => [name, lackOf(config, needs)]));
  const names = asked ?? entries.map(([name]) => name).filter((name) => lacking.get(name) === null);
  const { accounting, ofSeed } = await biasLogs(catalogue.parts, config, noStageCache);
  const { logs, truth } = await ofSeed('1');
  const found: (readonly [string, EstimatedBias])[] = [];
  const left: string[] = [];
  for (const name of names)
    try {
      found.push([name, estimateBias(catalogue.parts, config, { name } as never, logs, '1')]);
    } catch (error) {
      if (!(error instanceof UsageError) || asked?.length === 1) throw error;
      left.push(error.message.startsWith(name) ? error.message : `${name}: ${error.message}`);
    }
  if (found.length === 0) throw new UsageError(`no estimator could tell the bias of "${path}": ${left.join('; ')}`);
  console.log(curveTable(found, truth));
  tellAccounting(accounting);
  for (const line of left) console.error(`left out ${line}`);
  if (asked === null) for (const [name, lack] of lacking) if (lack !== null) console.error(`left out ${name}: ${lack}`);
  if (out === undefined) return;
  const study = decode(found.map(([name]) => name));
  const command = commandLine(['counterrank', 'estimate-bias', path]);
  const progress = createProgress(process.stderr, true);
  const record = await makeRecord({ task: study.task, config: study.config, overrides: [], command }, null, progress);
  const { folder } = await writeRun(out, record, { numbered: false }).finally(record.close);
  console.log(`\n${folder}/report.html draws this; the folder holds all numbers, and a bias.json of every estimate`);
}

/** Ranks down, estimators across: θ over that of rank 1 with its interval; α and β of trust bias. */
function curveTable(found: readonly (readonly [string, EstimatedBias])[], truth: TrueBias | null): string {
  const ranks = Math.max(...found.map(([, { examination, affine }]) => (examination ?? affine?.alpha ?? []).length));
  const head = ['rank', ...(truth === null ? [] : ['truth']), ...found.map(([name]) => name)];
  const rows = Array.from({ length: ranks }, (_, k) => [
    String(k + 1),
    ...(truth === null ? [] : [short(truth.examination[k])]),
    ...found.map(([, bias]) => cell(bias, k)),
  ]);
  const note =
    'P(examined) over that of rank 1, with its 95 % interval where an estimator has one; of trust-bias α and β of P(click) = α · relevance + β';
  return alignedTable({ title: '', head, rows, note });
}

const short = (value: number): string => value.toPrecision(3);

function cell({ examination, intervals, affine }: EstimatedBias, k: number): string {
  if (examination === null) return affine === undefined ? '' : `α ${short(affine.alpha[k])} β ${short(affine.beta[k])}`;
  if (k >= examination.length) return '';
  const ends = intervals === undefined || k === 0 ? '' : ` [${short(intervals.lower[k])}, ${short(intervals.upper[k])}]`;
  return `${short(examination[k])}${ends}`;
}
