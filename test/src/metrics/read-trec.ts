import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readQrels } from '../../../src/data/trec/read-qrels.ts';
import { readRun } from '../../../src/data/trec/read-run.ts';
import { judgedRankings } from '../../../src/metrics/judged-rankings.ts';
import { chooseTopics } from '../../../src/metrics/topic-choice.ts';

const folder = new URL('../../../../shared/data/', import.meta.url);
/** Reference data beside the repository, not part of it; absent in most checkouts. */
export const sharedData = (path: string) => new URL(path, folder);
export const hasSharedData = existsSync(folder);
/** `test`, or a skip that says why. */
export const testWithData = hasSharedData
  ? test
  : (name: string, _check: () => void | Promise<void>) => test.skip(`${name} (no ../shared/data here)`, () => {});

const rows = (path: string, separator = /\s+/) =>
  readFileSync(sharedData(path), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => line.trim().split(separator));

/** Judgments and a run as trec_eval reads them, in the form of a query set: unjudged is below 0; judged but not retrieved is ranked last. */
export async function readTrec(qrelsPath: string, runPath: string) {
  const qrels = await readQrels(fileURLToPath(sharedData(qrelsPath)));
  const run = await readRun(fileURLToPath(sharedData(runPath)), qrels.ids);
  const { topics } = chooseTopics(qrels, [run]);
  const { ranked, offsets } = judgedRankings(qrels, run, topics);
  const ids = Array.from(topics, (topic) => qrels.ids.topics.text(topic));
  return { topics: ids, scores: Float32Array.from(ranked, (_, i) => -i), labels: ranked, offsets };
}

/** Expected values: measure → topic → value, from trec_eval's output. */
export function readTrecEval(path: string): Map<string, Map<string, number>> {
  const expected = new Map<string, Map<string, number>>();
  for (const [measure, topic, value] of rows(path)) {
    if (!expected.has(measure)) expected.set(measure, new Map());
    expected.get(measure)?.set(topic, Number(value));
  }
  return expected;
}

/** Rows of gdeval's output: topic, ndcg@k, err@k. */
export const readGdeval = (path: string) =>
  rows(path, /,/)
    .slice(1)
    .map(([, topic, ndcg, err]) => ({ topic, ndcg: Number(ndcg), err: Number(err) }));
