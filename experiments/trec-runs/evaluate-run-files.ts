import { accountingLines } from '../../src/data/accounting.ts';
import { createTrecIds } from '../../src/data/trec/id-table.ts';
import type { Qrels } from '../../src/data/trec/qrels.ts';
import { readQrels } from '../../src/data/trec/read-qrels.ts';
import { parseMeasure, refuseNoCommonTopic, relevanceWarning } from '../../src/metrics/index.ts';
import type { OnProgress } from '../terminal/progress.ts';
import { type MeasuredRun, measureRunFile, type RunMeasuring } from './measure-run-file.ts';
import { measureInThreads, threadsFor } from './run-threads.ts';

export interface RunFiles extends RunMeasuring {
  readonly qrels: string;
  readonly runs: readonly string[]; //     paths
  readonly labels: readonly string[]; //   one per run, distinct
  readonly fractions?: boolean; //          grades of the judgments may be any decimal numbers
}

export interface RunFileValues {
  readonly topics: readonly string[];
  readonly values: readonly (readonly Float64Array[])[]; // [run][measure], one per topic
  readonly notes: readonly string[]; //                     which topics were left out, or counted as 0
}

/** Reads judgments and runs, and measures every run on the same topics; one whose value is left undefined for some run is left out for all. */
export async function evaluateRunFiles(files: RunFiles, onProgress: OnProgress): Promise<RunFileValues> {
  const { qrels: path, runs, labels, measures, complete, fractions = false } = files;
  const subtopics = measures.some((measure) => parseMeasure(measure).computeSubtopic !== null);
  const qrels = await readQrels(path, createTrecIds(), { subtopics, fractions });
  const onRun = (r: number) => onProgress({ stage: 'measure', done: r, total: runs.length, detail: labels[r] });
  const threads = await threadsFor(runs);
  const measured = await (threads > 1
    ? measureInThreads(threads, { qrels: path, subtopics, fractions, runs }, files, onRun)
    : measureInTurn(qrels, runs, files, onRun));
  const named = (topics: Uint32Array) => Array.from(topics, (topic) => qrels.ids.topics.text(topic));
  const { topics: numbers, values: all } = onCommonTopics(measured);
  const topics = named(numbers);
  const defined = topics.map((_, t) => all.every((ofRun) => ofRun.every((column) => !Number.isNaN(column[t]))));
  const dropped = topics.filter((_, t) => !defined[t]);
  return {
    topics: topics.filter((_, t) => defined[t]),
    values: all.map((ofRun) => ofRun.map((column) => column.filter((_, t) => defined[t]))),
    notes: [
      ...accountingLines([...qrels.accounting, ...measured.flatMap(({ accounting }) => accounting)]),
      ...measured.flatMap(({ missing }, r) => missingNote(labels[r], named(missing), qrels.topics.length, complete)),
      ...measured.flatMap(({ unjudged }, r) => note(unjudged, `of ${labels[r]} without judgments, left out`)),
      ...(isOneSubtopic(qrels) ? ['all judgments are of one subtopic; measures of diversity take it from the second column'] : []),
      ...relevanceWarning(gradesOf(qrels, new Set(numbers)), 'topic'),
      ...note(dropped, 'without a relevant document, left out'),
    ],
  };
}

async function measureInTurn(qrels: Qrels, runs: readonly string[], measuring: RunMeasuring, onRun: (run: number) => void) {
  const measured: MeasuredRun[] = [];
  for (const [r, run] of runs.entries()) {
    onRun(r);
    measured.push(await measureRunFile(qrels, run, measuring));
  }
  return measured;
}

/** The values of all runs on the topics that every one was measured on, in the order of the topics' ids. @throws UsageError where there is none */
function onCommonTopics(measured: readonly MeasuredRun[]): { topics: Uint32Array; values: Float64Array[][] } {
  const places = measured.map(({ topics }) => new Map(Array.from(topics, (topic, t) => [topic, t])));
  const topics = measured[0].topics.filter((topic) => places.every((of) => of.has(topic)));
  if (topics.length === 0) refuseNoCommonTopic();
  const values = measured.map((run, r) =>
    run.values.map((column) => Float64Array.from(topics, (topic) => column[places[r].get(topic) ?? Number.NaN])),
  );
  return { topics, values };
}

function* gradesOf({ topics, offsets, grades }: Qrels, wanted: ReadonlySet<number>): Generator<number> {
  for (const [q, topic] of topics.entries()) if (wanted.has(topic)) yield* grades.subarray(offsets[q], offsets[q + 1]);
}

const isOneSubtopic = ({ bySubtopic }: Qrels) => bySubtopic?.subtopics.every((subtopic) => subtopic === 0) ?? false;

function missingNote(run: string, missing: readonly string[], judged: number, complete: boolean): string[] {
  const rule = complete ? 'it scores 0 on them' : 'left out for all runs; --complete counts them as 0';
  return note(missing, `of ${judged} judged are not in ${run}: ${rule}`);
}

/** How many topics, which ones (the first few), and what is said of them. */
function note(topics: readonly string[], text: string): string[] {
  if (topics.length === 0) return [];
  const shown = topics.slice(0, 3).join(', ') + (topics.length > 3 ? ', …' : '');
  return [`${topics.length} ${topics.length === 1 ? 'topic' : 'topics'} (${shown}) ${text}`];
}
