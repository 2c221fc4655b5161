import { basename } from 'node:path';
import { Command, Option } from 'commander';
import { sessionLogFormats } from '../../src/data/session-logs/session-log-formats.ts';
import { writeAtomic } from '../../src/data/write-atomic.ts';
import { UsageError } from '../../src/errors.ts';
import { parseSessionMetric, sessionMetrics, settleLabels } from '../../src/session-metrics/index.ts';
import { evaluateSessions } from '../engine/evaluate-sessions.ts';
import { numSensitivity } from '../engine/num-sensitivity.ts';
import { checkFree } from '../records/new-folder.ts';
import { alignColumns } from '../report/align-columns.ts';
import { sessionOutput } from '../report/session-output.ts';
import { sessionPage } from '../report/session-page.ts';
import { modelLabels } from './evaluate-model-folders.ts';
import { createProgress } from './progress.ts';
import { addSessionLogOptions, checkDistinct, logWarnings, readLogs, type SessionLogOptions } from './session-logs.ts';
import { commandLine } from './shell-words.ts';

interface EvaluateSessionsOptions extends SessionLogOptions {
  readonly compare?: readonly string[];
  readonly clickEnhancement?: boolean;
  readonly undefined: 'skip' | 'zero';
  readonly test: 'paired-t' | 'sign-flip';
  readonly perSession?: boolean;
  readonly format: 'table' | 'json' | 'csv';
  readonly out?: string;
  readonly quiet?: boolean;
}

/** NUM, its three ablations, and every other metric. */
const defaultMetrics = [
  ...['NUM', 'NUM(clickEnhancement=false)', 'NUM(reformulationPenalty=false)', 'NUM(normalise=false)'],
  ...Object.keys(sessionMetrics).filter((name) => name !== 'NUM'),
];

export const evaluateSessionsCommand = () =>
  addSessionLogOptions(new Command('evaluate-sessions'))
    .description('score a log of search sessions by session metrics; more logs of the same sessions are compared with the first')
    .argument('<log>', 'search sessions, plain or .gz')
    .argument('[metrics...]', 'such as NUM, "sRBP(p=0.9,b=0.75)" (default: all, and the ablations of NUM)')
    .option('--compare <logs...>', 'the same search sessions, by id, with other systems')
    .option('--click-enhancement', 'give every metric, not only NUM, the best label a document has in its search session')
    .addOption(new Option('--undefined <rule>', 'search sessions on which a metric is undefined').choices(['skip', 'zero']).default('skip'))
    .addOption(new Option('--test <name>', 'of the differences').choices(['paired-t', 'sign-flip']).default('paired-t'))
    .option('--per-session', 'every search session, not only means')
    .addOption(new Option('--format <name>', 'how results are printed').choices(['table', 'json', 'csv']).default('table'))
    .option('--out <page>', 'HTML page with pictures to write; must not exist')
    .option('--quiet', 'no progress')
    .addHelpText('after', helpText)
    .action(runEvaluateSessions);

const helpText = () => `
Metrics, with their options in parentheses by name or symbol:
${alignColumns(Object.entries(sessionMetrics).map(([name, { description }]) => [`  ${name}`, description]))}

Log formats:
${alignColumns(Object.entries(sessionLogFormats).map(([name, { description }]) => [`  ${name}`, description]))}

Examples:
  counterrank evaluate-sessions log.jsonl
  counterrank evaluate-sessions log.jsonl NUM 'NUM(L=50000,C=500)' 'sRBP(p=0.9,b=0.75)' --out page.html
  counterrank evaluate-sessions current.jsonl NUM nsDCG --compare better.jsonl worse.jsonl
  counterrank evaluate-sessions sessiontrack2014.xml NUM nsDCG --qrels judgments.txt
  counterrank evaluate-sessions tiangong-qref.json sRBP sDCG/q --per-session --format csv > values.csv

No log at hand? counterrank simulate-sessions makes some. Which metric to trust? counterrank meta-evaluate holds them against satisfaction.`;

async function runEvaluateSessions(path: string, words: readonly string[], options: EvaluateSessionsOptions): Promise<void> {
  const names = words.length > 0 ? words : defaultMetrics;
  for (const name of names) parseSessionMetric(name); // a misspelt one is told before a large log is read
  if (options.out !== undefined) await checkFree(options.out);
  const metric = options.compare?.find((word) => Object.hasOwn(sessionMetrics, word.split('(')[0]));
  if (metric !== undefined) throw new UsageError(`"${metric}" is a metric, but --compare takes logs; write metrics before it`);
  const paths = [path, ...(options.compare ?? [])];
  checkDistinct(paths);
  const progress = createProgress(process.stderr, options.quiet === true);
  const logs = await readLogs(paths, options, progress.onProgress);
  const labels = settleLabels(logs, options);
  const enhance = options.clickEnhancement === true;
  const shared = { ...labels, ...(enhance && { labels: 'grade' }) }; // click-through enhancement makes grades of any labels
  const systems = modelLabels(paths).map((label, s) => ({
    label: basename(label) === label ? label.replace(/(\.(jsonl|json|xml))?(\.gz)?$/, '') : label,
    sessions: logs[s].sessions,
  }));
  const evaluation = evaluateSessions(
    {
      systems,
      metrics: names.map((name) => parseSessionMetric(name, shared)),
      labels,
      clickEnhancement: enhance,
      undefinedRule: options.undefined,
      test: options.test,
    },
    progress.onProgress,
  );
  const warnings = logs.flatMap((log, s) => logWarnings(paths[s], log));
  if (options.out !== undefined) {
    const sensitivity = systems.map(({ label, sessions }, s) => {
      progress.onProgress({ stage: 'sensitivity of NUM', done: s, total: systems.length, detail: label });
      return numSensitivity(sessions, { ...labels });
    });
    const command = commandLine(['counterrank', 'evaluate-sessions', path, ...words, ...typedOptions({ ...options })]);
    const lead = paths.map((one, s) => `${one} (${logs[s].format}): ${logs[s].sessions.length} search sessions`).join(' · ');
    await writeAtomic(options.out, await sessionPage(evaluation, { lead, warnings, sensitivity, command }));
  }
  progress.finish();
  console.log(sessionOutput(evaluation, options.format, options.perSession === true));
  for (const warning of [...evaluation.notes, ...warnings]) console.error(`note: ${warning}`);
  if (options.out !== undefined) console.error(`${options.out} shows this with pictures`);
}

/** Options of a command, among them some that only change the screen. */
type ScreenOptions = Readonly<Record<string, unknown>> & {
  readonly quiet?: unknown;
  readonly format?: unknown;
  readonly perSession?: unknown;
};

/** What was chosen, as it can be typed again; what only changes the screen is left out. */
export function typedOptions({ quiet, format, perSession, out, ...chosen }: ScreenOptions): string[] {
  return Object.entries({ ...chosen, out }).flatMap(([key, value]) => {
    if (value === undefined || value === false) return [];
    const name = `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    return value === true ? [name] : [name, ...[value].flat().map(String)];
  });
}
