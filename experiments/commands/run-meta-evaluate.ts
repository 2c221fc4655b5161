import { basename } from 'node:path';
import { UsageError } from '../../src/errors.ts';
import {
  defaultMetaMetrics,
  goldValues,
  type MetaEvaluationRequest,
  metaEvaluate,
  parseMetricGrid,
  type ResamplingUnit,
} from '../../src/meta-evaluation/index.ts';
import { createRng } from '../../src/random/rng.ts';
import { nearName } from '../../src/registry.ts';
import { type LabelSettings, parseSessionMetric } from '../../src/session-metrics/index.ts';
import type { PairTestName } from '../../src/stats/discriminative-power.ts';
import { writeNewText } from '../records/new-folder.ts';
import { pageHtml, pictureGroups } from '../report/page-frame.ts';
import { metaOutput } from '../search-sessions/meta-output.ts';
import { metaParts } from '../search-sessions/meta-page.ts';
import { openLogs, type SessionLogOptions } from '../search-sessions/session-logs.ts';
import { constantLines, labelLine } from '../search-sessions/session-table.ts';
import { commandLine } from '../terminal/shell-words.ts';
import { typedOptions } from '../terminal/typed-options.ts';
import { checkFigures, type FigureOptions, putFigures } from './figure-options.ts';

export interface MetaEvaluateOptions extends SessionLogOptions, FigureOptions {
  readonly systems?: readonly string[];
  readonly baseline?: string;
  readonly unit: ResamplingUnit;
  readonly gold?: readonly string[];
  readonly tune: string | false;
  readonly resamples: number;
  readonly pairTest: PairTestName;
  readonly seed: string;
}

/** Holds the metrics against satisfaction, prints, and writes the page. */
export async function runMetaEvaluate(path: string, words: readonly string[], options: MetaEvaluateOptions): Promise<void> {
  const names = words.length > 0 ? [...words] : defaultMetaMetrics();
  checkWords(names, options);
  await checkFigures(options);
  const paths = [path, ...(options.systems ?? [])];
  const { logs, labels, warnings, progress } = await openLogs(paths, options);
  const parsed = names.map((name) => ({ ...parseSessionMetric(name, labels), name }));
  const [{ sessions }, ...others] = logs;
  const result = metaEvaluate(
    {
      sessions,
      metrics: parsed,
      ...(options.baseline !== undefined && { baseline: options.baseline }),
      undefinedRule: options.undefined,
      unit: options.unit,
      resamples: options.resamples,
      ...(options.gold !== undefined && { golds: options.gold }),
      tuning: options.tune === false ? null : tuningOf(options.tune, labels),
      systems: others.map((log, s) => ({ name: basename(paths[s + 1]), sessions: log.sessions })),
      pairTest: options.pairTest,
      onProgress: (stage, done, total) => progress.onProgress({ stage, done, total, detail: '' }),
    },
    createRng(`meta-evaluate/${options.seed}`),
  );
  const { figures: _, figureWidth: __, ...typed } = options;
  const command = commandLine(['counterrank', 'meta-evaluate', path, ...words, ...typedOptions(typed)]);
  const page = () =>
    metaParts(result, { command, log: path, notes: [labelLine(labels), ...constantLines({ request: { metrics: parsed } })] });
  if (options.out !== undefined) await writeNewText(options.out, await pageHtml(page()));
  await putFigures(options, () => pictureGroups(page()));
  progress.finish();
  process.stdout.write(metaOutput(result, options.format, parsed, labels));
  for (const warning of warnings) console.error(`note: ${warning}`);
  if (options.out !== undefined) console.error(`${options.out} shows this with pictures`);
}

/** The metric of a grid with its defaults, and the grid. */
function tuningOf(tune: string, labels: LabelSettings): NonNullable<MetaEvaluationRequest['tuning']> {
  const grid = parseMetricGrid(tune, labels);
  const [name] = tune.trim().split(/[\s(]/, 1);
  return { metric: { name, compute: parseSessionMetric(name, labels).compute }, grid };
}

/** A misspelt word is told before a large log is read. */
function checkWords(names: readonly string[], { baseline, gold = [], tune }: MetaEvaluateOptions): void {
  for (const name of names) parseSessionMetric(name);
  if (baseline !== undefined && !names.includes(baseline))
    throw new UsageError(
      `baseline "${baseline}" is not among the metrics${nearName(baseline, names) || ';'} they are: ${names.join(', ')}`,
    );
  for (const one of gold) goldValues([], one);
  if (tune !== false) parseMetricGrid(tune);
}
