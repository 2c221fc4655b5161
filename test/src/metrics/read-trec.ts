import { existsSync, readFileSync } from 'node:fs';

const folder = new URL('../../../../shared/data/', import.meta.url);
/** Reference data beside the repository, not part of it; absent in most checkouts. */
export const sharedData = (path: string) => new URL(path, folder);
export const hasSharedData = existsSync(folder);
/** `test`, or a skip that says why. */
export const testWithData = hasSharedData
  ? test
  : (name: string, _check: () => void) => test.skip(`${name} (no ../shared/data here)`, () => {});

const rows = (path: string, separator = /\s+/) =>
  readFileSync(sharedData(path), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => line.trim().split(separator));

/** Qrels and a run as trec_eval reads them: ties by document id, descending; unjudged is −1; judged but not retrieved scores −∞. */
export function readTrec(qrelsPath: string, runPath: string) {
  const judged = new Map<string, Map<string, number>>();
  for (const [topic, , doc, label] of rows(qrelsPath)) {
    if (!judged.has(topic)) judged.set(topic, new Map());
    judged.get(topic)?.set(doc, Number(label));
  }
  const retrieved = new Map<string, Map<string, number>>();
  for (const [topic, , doc, , score] of rows(runPath)) {
    if (!retrieved.has(topic)) retrieved.set(topic, new Map());
    retrieved.get(topic)?.set(doc, Number(score));
  }
  const topics = [...retrieved.keys()].filter((topic) => judged.has(topic)).sort();
  const [scores, labels, offsets]: [number[], number[], number[]] = [[], [], [0]];
  for (const topic of topics) {
    const [grades, found] = [judged.get(topic) ?? new Map<string, number>(), retrieved.get(topic) ?? new Map<string, number>()];
    for (const doc of [...new Set([...found.keys(), ...grades.keys()])].sort().reverse()) {
      scores.push(found.get(doc) ?? -Infinity);
      labels.push(grades.get(doc) ?? -1);
    }
    offsets.push(scores.length);
  }
  return { topics, scores: Float32Array.from(scores), labels: Float32Array.from(labels), offsets: Uint32Array.from(offsets) };
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
