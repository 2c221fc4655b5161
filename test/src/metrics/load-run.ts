import { fileURLToPath } from 'node:url';
import { createTrecIds } from '../../../src/data/trec/id-table.ts';
import { readQrels } from '../../../src/data/trec/read-qrels.ts';
import { readRun } from '../../../src/data/trec/read-run.ts';
import { chooseTopics } from '../../../src/metrics/topic-choice.ts';
import { sharedData } from './read-trec.ts';

export const path = (name: string) => fileURLToPath(sharedData(name));

/** Judgments, a run, and the topics that trec_eval measures, with or without -c. */
export async function load(qrelsPath: string, runPath: string, complete = false) {
  const ids = createTrecIds();
  const [qrels, run] = [await readQrels(qrelsPath, ids), await readRun(runPath, ids)];
  return { qrels, run, topics: chooseTopics(qrels, [run], { complete }).topics };
}
