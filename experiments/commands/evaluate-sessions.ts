import { basename, resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { readSearchSessions, type SearchSessionLog } from '../../src/data/read-search-sessions.ts';
import { sessionLogFormats } from '../../src/data/session-logs/session-log-formats.ts';
import { writeAtomic } from '../../src/data/write-atomic.ts';
import { UsageError } from '../../src/errors.ts';
import { type LabelSource, parseSessionMetric, sessionMetrics, settleLabels } from '../../src/session-metrics/index.ts';
import { evaluateSessions } from '../engine/evaluate-sessions.ts';
import { numSensitivity } from '../engine/num-sensitivity.ts';
import { checkFree } from '../records/new-folder.ts';
import { alignColumns } from '../report/align-columns.ts';
import { sessionOutput } from '../report/session-output.ts';
import { sessionPage } from '../report/session-page.ts';
import type { OnProgress } from '../run-result.ts';
import { modelLabels } from './evaluate-model-folders.ts';
import { createProgress } from './progress.ts';
import { commandLine } from './shell-words.ts';

/** How logs are read. */
type LogOptions = Pick<EvaluateSessionsOptions, 'logFormat' | 'qrels' | 'skipFaulty'>;

interface EvaluateSessionsOptions {
  readonly logFormat?: string;
  readonly qrels?: string;
  readonly compare?: readonly string[];
  readonly labels?: LabelSource;
  readonly highestGrade?: number;
  readonly clickEnhancement?: boolean;
  readonly undefined: 'skip' | 'zero';
  readonly test: 'paired-t' | 'sign-flip';
  readonly perSession?: boolean;
  readonly format: 'table' | 'json' | 'csv';
  readonly skipFaulty?: boolean;
  readonly out?: string;
  readonly quiet?: boolean;
}

/** NUM, its three ablations, and every other metric. */
const defaultMetrics = [
  ...['NUM', 'NUM(clickEnhancement=false)', 'NUM(reformulationPenalty=false)', 'NUM(normalise=false)'],
  ...Object.keys(sessionMetrics).filter((name) => name !== 'NUM'),
];

export const evaluateSessionsCommand = () =>
  new Command('evaluate-sessions')
    .description('score a log of search sessions by session metrics; more logs of the same sessions are compared with the first')
    .argument('<log>', 'search sessions, plain or .gz')
    .argument('[metrics...]', 'such as NUM, "sRBP(p=0.9,b=0.75)" (default: all, and the ablations of NUM)')
    .option('--compare <logs...>', 'the same search sessions, by id, with other systems')
    .option('--log-format <name>', `${Object.keys(sessionLogFormats).join(', ')} (default: told from the file)`)
    .option('--qrels <file>', 'judgments for a TREC Session log: topic, 0 or subtopic, document, grade')
    .addOption(
      new Option('--labels <source>', 'where labels come from (default: as the log has them)').choices(['grade', 'usefulness', 'click']),
    )
    .option('--highest-grade <h>', 'of the label scale (default: of the format, else the highest in the logs)', positiveNumber)
    .option('--click-enhancement', 'give every metric, not only NUM, the best label a document has in its search session')
    .addOption(new Option('--undefined <rule>', 'search sessions on which a metric is undefined').choices(['skip', 'zero']).default('skip'))
    .addOption(new Option('--test <name>', 'of the differences').choices(['paired-t', 'sign-flip']).default('paired-t'))
    .option('--per-session', 'every search session, not only means')
    .addOption(new Option('--format <name>', 'how results are printed').choices(['table', 'json', 'csv']).default('table'))
    .option('--skip-faulty', 'leave out search sessions that break the format, and say how many')
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

/** @throws UsageError on a log that is named twice */
export function checkDistinct(paths: readonly string[]): void {
  const twice = paths.find((path, i) => paths.some((other, j) => j < i && resolve(other) === resolve(path)));
  if (twice !== undefined) throw new UsageError(`log "${twice}" is named twice; compare it with others`);
}

/** The logs of a command, one after the other. */
export async function readLogs(paths: readonly string[], options: LogOptions, onProgress: OnProgress): Promise<SearchSessionLog[]> {
  const logs: SearchSessionLog[] = [];
  for (const [done, path] of paths.entries()) {
    const tell = (sessions: number) =>
      onProgress({ stage: 'read', done, total: paths.length, detail: `${path}, ${sessions} search sessions` });
    logs.push(await readLog(path, options, tell));
  }
  return logs;
}

function readLog(
  path: string,
  { logFormat, qrels, skipFaulty = false }: LogOptions,
  onProgress: (sessions: number) => void,
): Promise<SearchSessionLog> {
  return readSearchSessions(path, {
    ...(logFormat !== undefined && { format: logFormat }),
    ...(qrels !== undefined && { qrels }),
    skipFaulty,
    onProgress,
  });
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

export function logWarnings(path: string, { faults, unlistedClicks }: SearchSessionLog): string[] {
  return [
    ...(faults.length > 0 ? [`${path}: ${faults.length} faulty search sessions left out; the first: ${faults[0]}`] : []),
    ...(unlistedClicks > 0 ? [`${path}: ${unlistedClicks} clicks on results that the log does not list are left out`] : []),
  ];
}

export function positiveNumber(text: string): number {
  if (/^\d+(\.\d+)?$/.test(text) && Number(text) > 0) return Number(text);
  throw new InvalidArgumentError('It must be a number above 0.');
}
