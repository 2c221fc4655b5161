import { createTrecIds } from '../../src/data/trec/id-table.ts';
import type { Qrels } from '../../src/data/trec/qrels.ts';
import { readQrels } from '../../src/data/trec/read-qrels.ts';
import { readRun } from '../../src/data/trec/read-run.ts';
import { chooseTopics, type EmptyQueries, evaluateRun, parseMeasure } from '../../src/metrics/index.ts';
import type { OnProgress } from '../run-result.ts';

export interface RunFiles {
  readonly qrels: string;
  readonly runs: readonly string[]; //     paths
  readonly labels: readonly string[]; //   one per run, distinct
  readonly measures: readonly string[]; // in ir_measures' notation
  readonly complete: boolean; //           judged topics that a run lacks count, with 0
  readonly depth: number; //               only so many documents of a topic count
  readonly emptyQueries: EmptyQueries;
}

export interface RunFileValues {
  readonly topics: readonly string[];
  readonly values: readonly (readonly Float64Array[])[]; // [run][measure], one per topic
  readonly notes: readonly string[]; //                     which topics were left out, or counted as 0
}

/** Reads judgments and runs, and measures every run on the same topics; one whose value is left undefined for some run is left out for all. */
export async function evaluateRunFiles(files: RunFiles, onProgress: OnProgress): Promise<RunFileValues> {
  const { qrels: path, runs: paths, labels, measures, complete, depth, emptyQueries } = files;
  const subtopics = measures.some((measure) => parseMeasure(measure).computeSubtopic !== null);
  const qrels = await readQrels(path, createTrecIds(), { subtopics });
  const runs = [];
  for (const [r, run] of paths.entries()) {
    onProgress({ stage: 'read', done: r, total: paths.length, detail: labels[r] });
    runs.push(await readRun(run, qrels.ids));
  }
  const choice = chooseTopics(qrels, runs, { complete });
  const named = (topics: Uint32Array) => Array.from(topics, (topic) => qrels.ids.topics.text(topic));
  const all = runs.map((run, r) => {
    onProgress({ stage: 'measure', done: r, total: runs.length, detail: labels[r] });
    const { values } = evaluateRun(qrels, run, measures, { topics: choice.topics, depth, emptyQueries });
    return measures.map((measure) => values[measure]);
  });
  const topics = named(choice.topics);
  const defined = topics.map((_, t) => all.every((ofRun) => ofRun.every((column) => !Number.isNaN(column[t]))));
  const dropped = topics.filter((_, t) => !defined[t]);
  return {
    topics: topics.filter((_, t) => defined[t]),
    values: all.map((ofRun) => ofRun.map((column) => column.filter((_, t) => defined[t]))),
    notes: [
      ...choice.missing.flatMap((of, r) => missingNote(labels[r], named(of), qrels.topics.length, complete)),
      ...choice.unjudged.flatMap((of, r) => note(named(of), `of ${labels[r]} without judgments, left out`)),
      ...(isOneSubtopic(qrels) ? ['all judgments are of one subtopic; measures of diversity take it from the second column'] : []),
      ...note(dropped, 'without a relevant document, left out'),
    ],
  };
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
