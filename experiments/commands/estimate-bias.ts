import { Command } from 'commander';
import {
  type BiasEstimatorEntry,
  type EstimatedBias,
  needsOf,
  notDrawn,
  type RankIntervals,
  saidByFeatures,
} from '../../estimators/index.ts';
import { impressionsByRank } from '../../src/diagnostics/impressions-by-rank.ts';
import { rankAndFeatures } from '../../src/diagnostics/rank-and-features.ts';
import { UsageError } from '../../src/errors.ts';
import { lookup } from '../../src/registry.ts';
import { safeParse } from '../../src/schema.ts';
import { makeRecord } from '../engine/make-record.ts';
import { noStageCache } from '../engine/stage-cache.ts';
import { writeRun } from '../engine/write-run.ts';
import { checkWritable } from '../records/new-folder.ts';
import { pictureGroups } from '../report/page-frame.ts';
import { reportParts } from '../report/report-page.ts';
import { alignedTable } from '../report/text-table-forms.ts';
import { lackOf } from '../tasks/bias/bias-faults.ts';
import { biasLogs } from '../tasks/bias/bias-logs.ts';
import type { TrueBias } from '../tasks/bias/bias-metrics.ts';
import { scaleIsAPriors } from '../tasks/bias/bias-tables.ts';
import { estimateBias } from '../tasks/bias/prepare-bias.ts';
import { wholeNumber } from '../terminal/number-options.ts';
import { createProgress } from '../terminal/progress.ts';
import { ownScreen } from '../terminal/screen.ts';
import { commandLine } from '../terminal/shell-words.ts';
import { tellAccounting } from '../terminal/tell-accounting.ts';
import { tell } from '../terminal/wrap-words.ts';
import { addFigureOptions, checkFigures, type FigureOptions, putFigures } from './figure-options.ts';
import { addLogOptions, configOf, type LogOptions } from './log-options.ts';
import { catalogueOf, type PluginOption, pluginOption } from './plugin-option.ts';

interface EstimateBiasOptions extends PluginOption, LogOptions, FigureOptions {
  readonly method: string;
  readonly resamples?: number;
  readonly out?: string;
  readonly quiet?: boolean;
}

export const estimateBiasCommand = () =>
  addFigureOptions(addLogOptions(new Command('estimate-bias')))
    .option(
      '--method <names>',
      'estimators of bias, with commas between; all: those that the log and what is given beside it suffice for',
      'all',
    )
    .option(
      '--resamples <n>',
      `of the sessions, for intervals of estimators that no formula gives them; each costs a fit (default: ${usualResamples}, and 0 where a ranker is trained; 10 at least, or 0)`,
      wholeNumber(0, 10_000),
    )
    .option('--truth <file>', 'truth.json of a simulated log')
    .addOption(pluginOption())
    .option('--out <dir>', 'run folder to create, with a page that draws the curves and a bias.json of every estimate; must not exist')
    .option('--quiet', 'no progress')
    .addHelpText('after', helpText)
    .action(run);

const helpText = `
Options of estimators, more seeds, simulated logs: a config with task: bias, such as the package's bias.

Examples:
  counterrank estimate-bias clicks.jsonl
  counterrank estimate-bias clicks.jsonl --method naive-ctr,all-pairs --out runs/bias
  counterrank estimate-bias clicks.jsonl --features letor/Fold1 --randomised-log shuffled.jsonl
  counterrank simulate quickstart simulation.temperature=0.5 simulation.listsPerQuery=5 --out logs/first
  counterrank estimate-bias logs/first`;

const usualResamples = 20;

/** How often the sessions are resampled for an estimator; an empty object where it has intervals by formula, or an own number. */
function resamplesOf(entry: BiasEstimatorEntry, asked: number | undefined): { readonly bootstrap?: number } {
  const { bootstrap } = safeParse(entry.options, {}).output as { readonly bootstrap?: number };
  if (bootstrap === undefined) return {};
  if (asked !== undefined) return { bootstrap: asked };
  return bootstrap === 0 && !needsOf(entry, {}).includes('features') ? { bootstrap: usualResamples } : {};
}

/** Told or left to the user, so no estimates of this log. */
const notEstimated = new Set(['oracle', 'given', 'saved']);

/** The names of `--method`; null for all. @throws UsageError for all beside others */
function askedOf(method: string): string[] | null {
  const names = method.split(',').map((name) => name.trim());
  if (!names.includes('all')) return names;
  if (names.length === 1) return null;
  throw new UsageError(
    `--method ${method}: all stands alone, as it takes every estimator that the log suffices for; leave it out, or the others`,
  );
}

async function run(path: string, options: EstimateBiasOptions): Promise<void> {
  const { out, quiet = false } = options;
  if (out !== undefined) await checkWritable(out);
  await checkFigures(options);
  const catalogue = await catalogueOf(options);
  const { biasEstimators } = catalogue.parts;
  const decode = await configOf(path, options, catalogue);
  const asked = askedOf(options.method);
  for (const name of asked ?? []) lookup('bias estimator', biasEstimators, name);
  const { config } = decode(asked ?? ['naive-ctr']);
  const entries = Object.entries<BiasEstimatorEntry>(biasEstimators).filter(([name]) => !notEstimated.has(name));
  const lacking = new Map(entries.map(([name, { needs }]) => [name, lackOf(config, needs)]));
  const names = asked ?? entries.map(([name]) => name).filter((name) => lacking.get(name) === null);
  const context = config.log?.context ?? null;
  const byContext = asked !== null || context === null ? [] : [{ label: `all-pairs by ${context}`, name: 'all-pairs', by: 'context' }];
  const progress = createProgress(process.stderr, quiet);
  const { accounting, ofSeed } = await biasLogs(catalogue.parts, config, noStageCache);
  const world = await ofSeed('1');
  const { logs, truth, contexts } = world;
  const { querySet, log } = logs.train;
  const confounded = querySet.featureCount > 0 ? saidByFeatures(rankAndFeatures(impressionsByRank(log), querySet)) : null;
  const found: Found[] = [];
  const left: string[] = [];
  const choices = [
    ...names.map((name) => ({ label: name, name, ...resamplesOf(biasEstimators[name as keyof typeof biasEstimators], options.resamples) })),
    ...byContext,
  ];
  for (const [done, choice] of choices.entries()) {
    progress.onProgress({ stage: 'estimate', done, total: choices.length, detail: choice.label });
    try {
      const { label, ...named } = choice;
      if (confounded !== null && needsOf(biasEstimators[label as keyof typeof biasEstimators] ?? { needs: [] }, {}).includes('features')) {
        if (asked === null) throw new UsageError(`${label}: ${confounded}`);
        console.error(`warning: ${label}: ${confounded}`);
      }
      found.push({ choice, label, bias: estimateBias(catalogue.parts, config, named as never, world, '1') });
    } catch (error) {
      progress.finish();
      if (!(error instanceof UsageError) || asked?.length === 1) throw error;
      left.push(error.message.startsWith(choice.label) ? error.message : `${choice.label}: ${error.message}`);
    }
  }
  progress.finish();
  if (found.length === 0) throw new UsageError(`no estimator could tell the bias of "${path}": ${left.join('; ')}`);
  console.log(curveTable(found, truth));
  for (const one of found) if (one.bias.byContext) console.log(`\n${contextTable(one, contexts)}`);
  tellAccounting(accounting);
  const drawn = logs.randomised && notDrawn(logs.randomised);
  if (drawn !== null) console.error(`warning: ${drawn}`);
  for (const { label, bias } of found)
    if (bias.withoutIntervals !== undefined) console.error(`no intervals of ${label}: ${bias.withoutIntervals}`);
  for (const line of left) console.error(`left out ${line}`);
  if (asked === null) for (const [name, lack] of lacking) if (lack !== null) console.error(`left out ${name}: ${lack}`);
  if (out === undefined && options.figures === undefined) return;
  const study = decode(found.map(({ choice }) => choice));
  const command = commandLine(['counterrank', 'estimate-bias', path]);
  const record = await makeRecord(
    { task: study.task, config: study.config, overrides: [], command },
    null,
    createProgress(process.stderr, true),
  );
  await putFigures(options, () => pictureGroups(reportParts(study.task, study.config, command, record.result, record.summary)));
  if (out === undefined) return record.close();
  const { folder } = await writeRun(out, record, { numbered: false }).finally(record.close);
  tell(`\n${folder}/report.html draws this; the folder holds all numbers, and a bias.json of every estimate`);
}

interface Found {
  readonly choice: { readonly name: string; readonly label: string };
  readonly label: string;
  readonly bias: EstimatedBias;
}

/** Ranks down, estimators across: θ over that of rank 1 with its interval; α and β of trust bias. */
function curveTable(found: readonly Found[], truth: TrueBias | null): string {
  const ranks = Math.max(...found.map(({ bias: { examination, affine } }) => (examination ?? affine?.alpha ?? []).length));
  const head = ['rank', ...(truth === null ? [] : ['truth']), ...found.map(({ label }) => label)];
  const rows = Array.from({ length: ranks }, (_, k) => [
    String(k + 1),
    ...(truth === null
      ? []
      : [
          short(truth.examination[k]) +
            (truth.affine === null ? '' : ` α ${short(truth.affine.alpha[k])} β ${short(truth.affine.beta[k])}`),
        ]),
    ...found.map(({ bias }) => cell(bias, k)),
  ]);
  const trusted = found.some(({ bias: { examination, affine } }) => examination === null && affine !== undefined);
  const note = `P(examined) over that of rank 1, with its 95 % interval where an estimator has one${trusted ? `; of trust-bias α and β of P(click) = α · relevance + β. ${scaleIsAPriors}` : ''}`;
  return alignedTable({ title: '', head, rows, note }, ownScreen());
}

/** Ranks down, contexts across by their names. */
function contextTable({ label, bias: { byContext = [] } }: Found, contexts: ReadonlyMap<string, number> = new Map()): string {
  const names = new Map([...contexts].map(([name, number]) => [number, name]));
  const curves = byContext.flatMap((curve, c) => (curve.examination.length === 0 ? [] : [{ name: names.get(c) ?? String(c), curve }]));
  const ranks = Math.max(...curves.map(({ curve }) => curve.examination.length));
  const rows = Array.from({ length: ranks }, (_, k) => [String(k + 1), ...curves.map(({ curve }) => cell(curve, k))]);
  const note = 'P(examined) over that of rank 1 in each context';
  return alignedTable({ title: label, head: ['rank', ...curves.map(({ name }) => name)], rows, note }, ownScreen());
}

const short = (value: number): string => value.toPrecision(3);

type Curves = Pick<EstimatedBias, 'examination' | 'intervals' | 'affine' | 'affineIntervals'>;

function cell({ examination, intervals, affine, affineIntervals }: Curves, k: number): string {
  const within = (ends: RankIntervals | undefined) => (ends === undefined ? '' : ` [${short(ends.lower[k])}, ${short(ends.upper[k])}]`);
  if (examination !== null) return k < examination.length ? `${short(examination[k])}${k === 0 ? '' : within(intervals)}` : '';
  if (affine === undefined || k >= affine.alpha.length) return '';
  return `α ${short(affine.alpha[k])}${within(affineIntervals?.alpha)} β ${short(affine.beta[k])}${within(affineIntervals?.beta)}`;
}
