import { join } from 'node:path';
import { biasToJson, type DocumentRelevance, type Learned } from '../../../estimators/index.ts';
import { type ClickLog, clickSums } from '../../../src/data/click-log.ts';
import { makeFolder } from '../../../src/data/make-folder.ts';
import type { QuerySet } from '../../../src/data/query-set.ts';
import type { Scaling } from '../../../src/data/scale-features.ts';
import { runOf } from '../../../src/data/trec/from-query-set.ts';
import { writeRun } from '../../../src/data/trec/write-run.ts';
import { writeAtomic } from '../../../src/data/write-atomic.ts';
import { writeSvmlight } from '../../../src/data/write-svmlight.ts';
import { UsageError } from '../../../src/errors.ts';
import { hasPlainWeights, plainWeights } from '../../../src/models/plain-weights.ts';
import { writeJson } from '../../records/write-json.ts';
import { writeModel } from '../ranking/write-model.ts';
import { softLabels } from './soft-labels.ts';

export interface LearntRanker {
  readonly learned: Learned;
  readonly scores: Float32Array;
  readonly querySet: QuerySet; //     of all documents of the log, features scaled
  readonly scaling: Scaling;
  readonly label: string;
  readonly relevance: DocumentRelevance; // of each document by the corrected clicks of training sessions
  readonly shown: ClickLog; //        whose documents some session saw
}

/**
 * All that can be taken away of a ranker: the model and its plain weights, or of one that knows documents by their ids `relevance.json`; what it was
 * corrected by; how it ranks the documents of the log, as a TREC run; and the relevance that clicks tell of each document as labels, where those have features.
 */
export async function saveRanker(
  folder: string,
  { learned, scores, querySet, scaling, label, relevance, shown }: LearntRanker,
): Promise<void> {
  await makeFolder(folder);
  const { scorer, bias } = learned;
  if (scorer !== null) {
    await writeModel(folder, scorer, scaling, bias);
    if (hasPlainWeights(scorer))
      await writeAtomic(join(folder, 'plain-weights.json'), `${JSON.stringify(plainWeights(scorer, scaling))}\n`);
  } else {
    if (bias !== undefined) await writeJson(join(folder, 'bias.json'), biasToJson(bias));
    await writeAtomic(join(folder, 'relevance.json'), `${JSON.stringify(relevanceJson(querySet, scores))}\n`);
  }
  await unlessIdsForbid(() => writeRun(join(folder, 'ranking.run'), runOf(querySet, scores, label.replaceAll(/\s+/g, '_'))));
  if (querySet.featureCount > 0) {
    const seen = new Set<number>();
    const { sessions } = clickSums(shown);
    for (let l = 0; l < sessions.length; l++)
      if (sessions[l] > 0) for (const doc of shown.docs.subarray(shown.offsets[l], shown.offsets[l + 1])) seen.add(doc);
    await unlessIdsForbid(() => writeSvmlight(join(folder, 'soft-labels.txt'), softLabels(querySet, relevance.relevance, scaling, seen)));
  }
}

/** Query → document → relevance, in the order of the log. */
const relevanceJson = ({ queryIds, docIds, offsets }: QuerySet, scores: Float32Array) => ({
  format: 'counterrank relevance',
  version: 1,
  queries: Object.fromEntries(
    queryIds.map((id, q) => [
      id,
      Object.fromEntries(docIds.slice(offsets[q], offsets[q + 1]).map((doc, d) => [doc, Number(scores[offsets[q] + d].toPrecision(9))])),
    ]),
  ),
});

/** Some ids are none of the form: then that file is left out, as nothing else needs it. */
async function unlessIdsForbid(write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
  }
}
