import { join } from 'node:path';
import { qrelsOf, runOf } from '../../../src/data/trec/from-query-set.ts';
import { writeQrels } from '../../../src/data/trec/write-qrels.ts';
import { writeRun } from '../../../src/data/trec/write-run.ts';
import { writeFolder } from '../../records/new-folder.ts';
import type { ModelEvaluation } from './evaluate-models.ts';

/** Writes the rankings of models as TREC runs, `<label>.run`, beside the judgments, `qrels`. A document that ties is ranked by its id there. */
export function writeTrecFolder(
  folder: string,
  labels: readonly string[],
  { querySet, scores }: Pick<ModelEvaluation, 'querySet' | 'scores'>,
): Promise<string> {
  const names = labels.map((label) => label.replaceAll(/[^\p{L}\p{N}.+@=-]+/gu, '_'));
  const unique = new Set(names).size === names.length;
  return writeFolder(folder, async (partial) => {
    const qrels = qrelsOf(querySet);
    await writeQrels(join(partial, 'qrels'), qrels);
    for (const [m, name] of names.entries()) {
      const tag = unique ? name : `${m + 1}-${name}`;
      await writeRun(join(partial, `${tag}.run`), runOf(querySet, scores[m], tag, qrels.ids));
    }
  });
}
