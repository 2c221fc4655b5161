import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { shownText } from '../../src/data/decimal.ts';
import { standardInput } from '../../src/data/open-bytes.ts';
import { UsageError } from '../../src/errors.ts';
import { parseMeasures } from '../../src/metrics/index.ts';
import { createRng } from '../../src/random/rng.ts';
import { nearName } from '../../src/registry.ts';
import { compareRuns } from '../../src/stats/compare-runs.ts';
import { checkWritable, writeNewText } from '../records/new-folder.ts';
import type { EvaluationRequest } from '../tasks/ranking/evaluate-models.ts';
import { createProgress } from '../terminal/progress.ts';
import { ownScreen } from '../terminal/screen.ts';
import { commandLine } from '../terminal/shell-words.ts';
import { typedOptions, unlessUsual } from '../terminal/typed-options.ts';
import { evaluateRunFiles as measureRunFiles } from '../trec-runs/evaluate-run-files.ts';
import { runTexts } from '../trec-runs/run-texts.ts';
import type { TieRule } from '../trec-runs/tie-rules.ts';
import { checkFigures, type FigureOptions, putFigures } from './figure-options.ts';
import { modelLabels } from './model-labels.ts';

export interface RunFileOptions extends FigureOptions {
  readonly qrels: string;
  readonly run: readonly string[];
  readonly metric?: readonly string[];
  readonly baseline?: string;
  readonly complete?: boolean;
  readonly fractionalGrades?: boolean;
  readonly perQuery?: boolean;
  readonly depth?: number;
  readonly format: keyof typeof runTexts;
  readonly out?: string;
  readonly seed: string;
  readonly ties: TieRule;
  readonly emptyQueries: EvaluationRequest['emptyQueries'];
  readonly quiet?: boolean;
}

/** Measures TREC runs against judgments, and compares them. */
export async function evaluateRunFiles(words: readonly string[], options: RunFileOptions): Promise<void> {
  const qrels = fileOf(options.qrels);
  const {
    format,
    out,
    seed,
    emptyQueries,
    ties,
    complete = false,
    fractionalGrades: fractions = false,
    perQuery = false,
    depth = Infinity,
    quiet = false,
  } = options;
  const { runs, others } = await splitRuns(options.run);
  if (qrels === standardInput && runs.includes(qrels)) throw new UsageError('standard input can be the judgments or a run, not both');
  const typed = [...words, ...others, ...(options.metric ?? [])];
  const chosen = (typed.length > 0 ? typed : ['nDCG@10', 'AP', 'RR']).flatMap(parseMeasures);
  const measures = [...new Set(chosen.map(({ name }) => name))];
  if (format === 'latex' && perQuery) throw new UsageError('a LaTeX table holds means only: leave out --per-query, or use --format csv');
  const labels = modelLabels(runs);
  const baseline = labels[findBaseline(options.baseline ?? runs[0], runs, labels)];
  if (out !== undefined) await checkWritable(out);
  await checkFigures(options);
  const progress = createProgress(process.stderr, quiet);
  const { topics, values, notes } = await measureRunFiles(
    { qrels, runs, labels, measures, complete, fractions, depth, emptyQueries, ties },
    progress.onProgress,
  );
  progress.finish();
  if (topics.length === 0)
    throw new UsageError('no topic is left to measure; --empty-queries zero keeps those without a relevant document');
  const comparison = compareRuns({ runs: labels, measures, topics, values }, baseline, createRng(seed));
  if (out !== undefined || options.figures !== undefined) {
    const { runParts } = await import('../trec-runs/run-page.ts');
    const { pageHtml, pictureGroups } = await import('../report/page-frame.ts');
    const lead = `${qrels} · ${topics.length} topics · ${labels.length} ${labels.length === 1 ? 'run' : 'runs'}`;
    const page = runParts(comparison, { title: titleOf(labels), lead, notes, command: typedCommand(runs, measures, options) });
    if (out !== undefined) await writeNewText(out, await pageHtml(page));
    await putFigures(options, () => pictureGroups(page));
  }
  const seen = { qrels, runFiles: runs, complete, depth: options.depth ?? null, emptyQueries, ties, seed, topics: topics.length, notes };
  console.log(runTexts[format](comparison, perQuery, ownScreen(), seen));
  for (const note of notes) console.error(`note: ${note}`);
}

const titleOf = (labels: readonly string[]) =>
  labels.length <= 3 ? labels.join(', ') : `${labels[0]} and ${labels.length - 1} other runs`;

const fileOf = (word: string) => (word === '-' ? standardInput : word);

/** The words behind --run: files are runs, the rest must be measures. */
async function splitRuns(words: readonly string[]): Promise<{ runs: string[]; others: string[] }> {
  const runs: string[] = [];
  const others: string[] = [];
  for (const word of words.map(fileOf)) {
    if (word === standardInput || (await stat(word).catch(() => null)) !== null) runs.push(word);
    else others.push(checkMeasure(word));
  }
  if (runs.length === 0) throw new UsageError(`--run needs a file; there is none of the name ${words.map(shownText).join(', ')}`);
  const twice = runs.find((run, i) => runs.some((other, j) => j < i && resolve(other) === resolve(run)));
  if (twice !== undefined) throw new UsageError(`run "${twice}" is given twice`);
  return { runs, others };
}

function checkMeasure(word: string): string {
  try {
    parseMeasures(word);
    return word;
  } catch (error) {
    throw error instanceof UsageError ? new UsageError(`${shownText(word)} is no file, and no measure: ${error.message}`) : error;
  }
}

function findBaseline(name: string, runs: readonly string[], labels: readonly string[]): number {
  const place = labels.includes(name) ? labels.indexOf(name) : runs.findIndex((run) => resolve(run) === resolve(name));
  if (place >= 0) return place;
  throw new UsageError(`no run "${basename(name)}" to be the baseline${nearName(name, labels) || ';'} known: ${labels.join(', ')}`);
}

function typedCommand(runs: readonly string[], measures: readonly string[], options: RunFileOptions): string {
  const { qrels, baseline, complete, fractionalGrades, depth, seed, emptyQueries, ties } = options;
  const rules = { seed: unlessUsual(seed, '1'), ties: unlessUsual(ties, 'id'), emptyQueries: unlessUsual(emptyQueries, 'zero') };
  const typed = typedOptions({ qrels, run: runs, baseline, complete, fractionalGrades, depth, ...rules, metric: measures });
  return commandLine(['counterrank', 'evaluate', ...typed]);
}
