import { resolve } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { accountingLines, type Read } from '../../src/data/accounting.ts';
import { readSearchSessions, type SearchSessionLog } from '../../src/data/read-search-sessions.ts';
import { sessionLogFormats } from '../../src/data/session-logs/session-log-formats.ts';
import { UsageError } from '../../src/errors.ts';
import type { UndefinedRule } from '../../src/meta-evaluation/index.ts';
import { relevanceWarning } from '../../src/metrics/index.ts';
import { type LabelSource, labelsOf, settleLabels } from '../../src/session-metrics/index.ts';
import { checkWritable } from '../records/new-folder.ts';
import { numberOption } from '../terminal/number-options.ts';
import { createProgress, type OnProgress } from '../terminal/progress.ts';
import type { SessionForm } from './session-output.ts';

/** How logs of search sessions are read and labelled, and what becomes of what is found. */
export interface SessionLogOptions {
  readonly logFormat?: string;
  readonly qrels?: string;
  readonly topicMap?: string;
  readonly regrade?: string;
  readonly labels?: LabelSource;
  readonly highestGrade?: number;
  readonly skipFaulty?: boolean;
  readonly undefined: UndefinedRule;
  readonly format: SessionForm;
  readonly out?: string;
  readonly quiet?: boolean;
}
type ReadOptions = Pick<SessionLogOptions, 'logFormat' | 'qrels' | 'topicMap' | 'regrade' | 'skipFaulty'>;

/** The options of every command that reads logs of search sessions. */
export const addSessionLogOptions = (command: Command): Command =>
  command
    .optionsGroup('Logs:')
    .option('--log-format <name>', `${Object.keys(sessionLogFormats).join(', ')} (default: told from the file)`)
    .option('--qrels <file>', 'judgments for a TREC Session log: topic, 0 or subtopic, document, grade')
    .option('--topic-map <file>', 'topics of a TREC Session log, where it names none: search session, topic')
    .option('--regrade <grades>', 'grades of the qrels, old:new,…; TREC Session 2012 has 4:2,2:3,3:4', regrading)
    .addOption(
      new Option('--labels <source>', 'where labels come from (default: as the log has them)').choices(['grade', 'usefulness', 'click']),
    )
    .option('--highest-grade <h>', 'of the label scale (default: of the format, else the highest in the logs)', positiveNumber)
    .option('--skip-faulty', 'leave out search sessions that break the format, and say how many')
    .optionsGroup('Options:');

/** The logs of a command with their labels, and what to tell of them. @throws UsageError on a log that is named twice, a page that cannot be made */
export async function openLogs(paths: readonly string[], options: SessionLogOptions) {
  if (options.out !== undefined) await checkWritable(options.out);
  const twice = paths.find((path, i) => paths.some((other, j) => j < i && resolve(other) === resolve(path)));
  if (twice !== undefined) throw new UsageError(`log "${twice}" is named twice; compare it with others`);
  const progress = createProgress(process.stderr, options.quiet === true);
  const logs = await readLogs(paths, options, progress.onProgress);
  const labels = settleLabels(logs, options);
  const warnings = [
    ...logs.flatMap((log, l) => logWarnings(paths[l], log)),
    ...relevanceWarning(labelsOf(logs, labels.labels), 'search session'),
  ];
  return { logs, labels, warnings, progress };
}

/** One after the other. */
async function readLogs(paths: readonly string[], options: ReadOptions, onProgress: OnProgress): Promise<Read<SearchSessionLog>[]> {
  const logs: Read<SearchSessionLog>[] = [];
  for (const [done, path] of paths.entries()) {
    const tell = (sessions: number) =>
      onProgress({ stage: 'read', done, total: paths.length, detail: `${path}, ${sessions} search sessions` });
    logs.push(await readLog(path, options, tell));
  }
  return logs;
}

function readLog(
  path: string,
  { logFormat, qrels, topicMap, regrade, skipFaulty = false }: ReadOptions,
  onProgress: (sessions: number) => void,
): Promise<Read<SearchSessionLog>> {
  return readSearchSessions(path, {
    ...(logFormat !== undefined && { format: logFormat }),
    ...(qrels !== undefined && { qrels }),
    ...(topicMap !== undefined && { topicMap }),
    ...(regrade !== undefined && { regrade: newGrades(regrade) }),
    skipFaulty,
    onProgress,
  });
}

/** What became of all that is in a log, where not all of it was kept, and what else its reader must know. */
function logWarnings(path: string, { accounting, faults, unjudged, repeatedResults }: Read<SearchSessionLog>): string[] {
  return [
    ...accountingLines(accounting),
    ...(faults.length > 0 ? [`${path}: the first search session left out: ${faults[0]}`] : []),
    ...(unjudged > 0 ? [`${path}: ${unjudged} search sessions are of topics without judgments: their labels are clicks`] : []),
    ...(repeatedResults > 0
      ? [`${path}: ${repeatedResults} results show a document that their list shows higher up; they count as repeats, as in a later list`]
      : []),
  ];
}

/** Kept as it was typed, so that the page can repeat it. */
function regrading(text: string): string {
  const isList = /^-?\d+:-?\d+(,-?\d+:-?\d+)*$/.test(text);
  if (isList && newGrades(text).size === text.split(',').length) return text;
  throw new InvalidArgumentError(isList ? 'It has two new grades for one.' : 'It must be pairs of whole numbers, such as 4:2,2:3,3:4.');
}

/** By old grade. */
const newGrades = (text: string): ReadonlyMap<number, number> =>
  new Map(text.split(',').map((pair) => pair.split(':').map(Number) as [number, number]));

const positiveNumber = numberOption('a number above 0', (value, text) => /^\d+(\.\d+)?$/.test(text) && value > 0);
