import { basename } from 'node:path';
import { shownText } from '../../src/data/decimal.ts';
import { UsageError } from '../../src/errors.ts';
import { defaultMetaMetrics } from '../../src/meta-evaluation/index.ts';
import { evaluateSessions } from '../../src/session-metrics/evaluate-sessions.ts';
import { parseSessionMetric, sessionMetrics } from '../../src/session-metrics/index.ts';
import { numSensitivity } from '../../src/session-metrics/num-sensitivity.ts';
import { writeNewText } from '../records/new-folder.ts';
import { pageHtml, pictureGroups } from '../report/page-frame.ts';
import { openLogs, type SessionLogOptions } from '../search-sessions/session-logs.ts';
import { sessionOutput } from '../search-sessions/session-output.ts';
import { sessionParts } from '../search-sessions/session-page.ts';
import { commandLine } from '../terminal/shell-words.ts';
import { typedOptions } from '../terminal/typed-options.ts';
import { checkFigures, type FigureOptions, putFigures } from './figure-options.ts';
import { modelLabels } from './model-labels.ts';

export interface EvaluateSessionsOptions extends SessionLogOptions, FigureOptions {
  readonly compare?: readonly string[];
  readonly clickEnhancement?: boolean;
  readonly test: 'paired-t' | 'sign-flip';
  readonly perSession?: boolean;
}

/** Scores the logs, compares them with the first, prints, and writes the page. */
export async function runEvaluateSessions(path: string, words: readonly string[], options: EvaluateSessionsOptions): Promise<void> {
  const names = words.length > 0 ? words : defaultMetaMetrics();
  checkWords(names, options);
  await checkFigures(options);
  const paths = [path, ...(options.compare ?? [])];
  const { logs, labels, warnings, progress } = await openLogs(paths, options);
  const enhance = options.clickEnhancement === true;
  const shared = { ...labels, ...(enhance && { labels: 'grade' }) }; // click-through enhancement makes grades of any labels
  const systems = systemLabels(paths).map((label, s) => ({ label, sessions: logs[s].sessions }));
  const evaluation = evaluateSessions(
    {
      systems,
      metrics: names.map((name) => parseSessionMetric(name, shared)),
      labels,
      clickEnhancement: enhance,
      undefinedRule: options.undefined,
      test: options.test,
    },
    (done, total, detail) => progress.onProgress({ stage: 'score', done, total, detail }),
  );
  if (options.out !== undefined || options.figures !== undefined) {
    const sensitivity = systems.map(({ label, sessions }, s) => {
      progress.onProgress({ stage: 'sensitivity of NUM', done: s, total: systems.length, detail: label });
      return numSensitivity(sessions, labels);
    });
    const { figures: _, figureWidth: __, ...typed } = options;
    const command = commandLine(['counterrank', 'evaluate-sessions', path, ...words, ...typedOptions(typed)]);
    const lead = paths.map((one, s) => `${one} (${logs[s].format}): ${logs[s].sessions.length} search sessions`).join(' · ');
    const page = sessionParts(evaluation, { lead, warnings, sensitivity, command });
    if (options.out !== undefined) await writeNewText(options.out, await pageHtml(page));
    await putFigures(options, () => pictureGroups(page));
  }
  progress.finish();
  console.log(sessionOutput(evaluation, options.format, options.perSession === true));
  for (const warning of [...evaluation.notes, ...warnings]) console.error(`note: ${warning}`);
  if (options.out !== undefined) console.error(`${options.out} shows this with pictures`);
}

/** A misspelt word is told before a large log is read. */
function checkWords(names: readonly string[], { compare, format, perSession }: EvaluateSessionsOptions): void {
  for (const name of names) parseSessionMetric(name);
  const metric = compare?.find((word) => Object.hasOwn(sessionMetrics, word.split('(')[0]));
  if (metric !== undefined) throw new UsageError(`${shownText(metric)} is a metric, but --compare takes logs; write metrics before it`);
  if (format === 'latex' && perSession)
    throw new UsageError('a LaTeX table holds means only: leave out --per-session, or use --format csv');
}

/** What systems are called in tables: names of files without the endings of logs. */
const systemLabels = (paths: readonly string[]): string[] =>
  modelLabels(paths).map((label) => (basename(label) === label ? label.replace(/(\.(jsonl|json|xml))?(\.gz)?$/, '') : label));
