import { basename } from 'node:path';
import { Command, Option } from 'commander';
import { writeAtomic } from '../../src/data/write-atomic.ts';
import { UsageError } from '../../src/errors.ts';
import {
  defaultGolds,
  defaultMetaMetrics,
  goldMetrics,
  goldValues,
  metaEvaluate,
  numGrid,
  parseMetricGrid,
  type ResamplingUnit,
  type UndefinedRule,
} from '../../src/meta-evaluation/index.ts';
import { createRng } from '../../src/random/rng.ts';
import { nearName } from '../../src/registry.ts';
import { parseSessionMetric, settleLabels } from '../../src/session-metrics/index.ts';
import { type PairTestName, pairTests } from '../../src/stats/discriminative-power.ts';
import { checkFree } from '../records/new-folder.ts';
import { alignColumns } from '../report/align-columns.ts';
import { metaOutput } from '../report/meta-output.ts';
import { metaPage } from '../report/meta-page.ts';
import { constantLines, labelLine } from '../report/session-table.ts';
import { wholeNumber } from './evaluate.ts';
import { typedOptions } from './evaluate-sessions.ts';
import { createProgress } from './progress.ts';
import { addSessionLogOptions, checkDistinct, logWarnings, readLogs, type SessionLogOptions } from './session-logs.ts';
import { commandLine } from './shell-words.ts';

interface MetaEvaluateOptions extends SessionLogOptions {
  readonly systems?: readonly string[];
  readonly baseline?: string;
  readonly undefined: UndefinedRule;
  readonly unit: ResamplingUnit;
  readonly gold: readonly string[];
  readonly tune: string | false;
  readonly resamples: number;
  readonly pairTest: PairTestName;
  readonly seed: string;
  readonly format: 'table' | 'json' | 'csv';
  readonly out?: string;
  readonly quiet?: boolean;
}

export const metaEvaluateCommand = () =>
  addSessionLogOptions(new Command('meta-evaluate'))
    .description(
      'hold session metrics against what users said: which metric agrees with satisfaction, by how much, and is it more than chance?',
    )
    .argument('<log>', 'search sessions with satisfaction, plain or .gz')
    .argument('[metrics...]', 'such as NUM, "sRBP(p=0.9,b=0.75)" (default: all, and the ablations of NUM)')
    .option('--baseline <metric>', 'that the others are tested against (default: the first)')
    .option('--systems <logs...>', 'the same search sessions, by id, with other systems: for discriminative power')
    .option('--gold <names...>', 'that intuitiveness is judged by; a+b: agree with both', [...defaultGolds])
    .option('--tune <grid>', 'options to tune on half of the search sessions, values between bars', numGrid)
    .option('--no-tune', 'tune nothing')
    .addOption(
      new Option('--undefined <rule>', 'search sessions on which a metric is undefined: left out for all, or 0')
        .choices(['skip', 'zero'])
        .default('skip'),
    )
    .addOption(
      new Option('--unit <what>', 'resampled, and split for tuning, as a whole').choices(['session', 'topic', 'user']).default('session'),
    )
    .option('--resamples <n>', 'of the bootstrap', wholeNumber, 2000)
    .addOption(new Option('--pair-test <name>', 'of discriminative power').choices(Object.keys(pairTests)).default('randomised-tukey'))
    .option('--seed <seed>', 'of resamples, pairs and splits', '1')
    .addOption(new Option('--format <name>', 'how results are printed').choices(['table', 'json', 'csv']).default('table'))
    .option('--out <page>', 'HTML page with pictures to write; must not exist')
    .option('--quiet', 'no progress')
    .addHelpText('after', helpText)
    .action(runMetaEvaluate);

const helpText = () => `
Gold metrics:
${alignColumns(Object.entries(goldMetrics).map(([name, { description }]) => [`  ${name}`, description]))}

Examples:
  counterrank simulate-sessions experiments/configs/search-sessions.yaml --out sim      no log at hand? this makes one
  counterrank meta-evaluate sim/current.jsonl --labels click --out meta.html
  counterrank meta-evaluate sim/current.jsonl NUM sDCG/q 'sRBP(p=0.9,b=0.75)' --systems sim/better.jsonl sim/worse.jsonl
  counterrank meta-evaluate tiangong-qref.json --tune 'NUM(L=10000|50000|132000,C=0|1000)' --unit user
  counterrank meta-evaluate log.jsonl --no-tune --format csv > agreement.csv

The values of the metrics themselves: counterrank evaluate-sessions, which lists the metrics and the forms of logs too.`;

async function runMetaEvaluate(path: string, words: readonly string[], options: MetaEvaluateOptions): Promise<void> {
  const names = words.length > 0 ? [...words] : defaultMetaMetrics();
  checkWords(names, options);
  if (options.out !== undefined) await checkFree(options.out);
  const paths = [path, ...(options.systems ?? [])];
  checkDistinct(paths);
  const progress = createProgress(process.stderr, options.quiet === true);
  const logs = await readLogs(paths, options, progress.onProgress);
  const labels = settleLabels(logs, options);
  const shared = { ...labels };
  const parsed = names.map((name) => ({ ...parseSessionMetric(name, shared), name }));
  const [{ sessions }, ...others] = logs;
  const tuned = options.tune === false ? null : /^\s*([^()\s]+)/.exec(options.tune)?.[1];
  const result = metaEvaluate(
    {
      sessions,
      metrics: parsed,
      ...(options.baseline !== undefined && { baseline: options.baseline }),
      undefinedRule: options.undefined,
      unit: options.unit,
      resamples: options.resamples,
      golds: options.gold,
      tuning:
        options.tune && tuned
          ? { metric: { name: tuned, compute: parseSessionMetric(tuned, shared).compute }, grid: parseMetricGrid(options.tune, shared) }
          : null,
      systems: others.map((log, s) => ({ name: basename(paths[s + 1]), sessions: log.sessions })),
      pairTest: options.pairTest,
      onProgress: (stage, done, total) => progress.onProgress({ stage, done, total, detail: '' }),
    },
    createRng(`meta-evaluate/${options.seed}`),
  );
  if (options.out !== undefined) {
    const command = commandLine(['counterrank', 'meta-evaluate', path, ...words, ...typedOptions({ ...options })]);
    await writeAtomic(
      options.out,
      await metaPage(result, { command, log: path, notes: [labelLine(labels), ...constantLines({ request: { metrics: parsed } })] }),
    );
  }
  progress.finish();
  process.stdout.write(metaOutput(result, options.format, parsed, labels));
  for (const warning of logs.flatMap((log, s) => logWarnings(paths[s], log))) console.error(`note: ${warning}`);
  if (options.out !== undefined) console.error(`${options.out} shows this with pictures`);
}

/** A misspelt word is told before a large log is read. */
function checkWords(names: readonly string[], { baseline, gold, tune }: MetaEvaluateOptions): void {
  for (const name of names) parseSessionMetric(name);
  if (baseline !== undefined && !names.includes(baseline))
    throw new UsageError(
      `baseline "${baseline}" is not among the metrics${nearName(baseline, names) || ';'} they are: ${names.join(', ')}`,
    );
  for (const one of gold) goldValues([], one);
  if (tune !== false) parseMetricGrid(tune);
}
