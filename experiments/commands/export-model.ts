import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { writeAtomic } from '../../src/data/write-atomic.ts';
import { UsageError } from '../../src/errors.ts';
import { isEmbedding } from '../../src/models/embedding.ts';
import { onnxScorer } from '../../src/models/onnx-scorer.ts';
import { plainWeights } from '../../src/models/plain-weights.ts';
import { openBackend } from '../../src/tensor/backend.ts';
import { writeNewFile } from '../records/new-folder.ts';
import { readModel } from '../tasks/ranking/read-model.ts';

/** The file of each form that is asked for. */
interface ModelFiles {
  readonly plainWeights: string | undefined;
  readonly onnx: string | undefined;
}

/** Writes a saved model as plain weights, for `score` of `counterrank/score`, and as an ONNX model. @returns what was written, in words */
export async function exportModel(folders: readonly string[], { plainWeights: plainFile, onnx: onnxFile }: ModelFiles): Promise<string[]> {
  const option = plainFile === undefined ? '--onnx' : '--plain-weights';
  const [folder, ...others] = folders;
  if (others.length > 0) throw new UsageError(`${option} writes one model, and ${folders.length} folders are named; name one`);
  const isRun = (await stat(join(folder, 'study.json')).catch(() => null)) !== null;
  if (isRun)
    throw new UsageError(`"${folder}" is a run, and ${option} writes one model of it; name it: ${join(folder, 'models')}/SEED/METHOD`);
  const { scorer, scaling } = await readModel(folder, undefined, async () => void (await openBackend('auto')));
  const plain = plainFile === undefined ? null : `${JSON.stringify(plainWeights(scorer, scaling))}\n`;
  const onnx = onnxFile === undefined ? null : onnxScorer(scorer, scaling);
  const ids = isEmbedding(scorer) ? `${scorer.architecture.ids.toLocaleString('en-US')} ids and ` : '';
  const what = `${scorer.name} of ${ids}${scorer.featureCount} features`;
  const given = !isEmbedding(scorer) ? '' : scorer.architecture.of === 'document' ? ', { document }' : ', { query, document }';
  const told: string[] = [];
  if (plainFile !== undefined && plain !== null) {
    await writeNewFile(plainFile, (free) => writeAtomic(plainFile, plain, free));
    told.push(`${plainFile}: ${what}; score(model, features${given}) of counterrank/score reads it`);
  }
  if (onnxFile !== undefined && onnx !== null) {
    await writeNewFile(onnxFile, (free) => writeAtomic(onnxFile, onnx, free));
    told.push(
      `${onnxFile}: ${what}; input features [documents, ${scorer.featureCount}], as they are before scaling, output scores [documents]`,
    );
  }
  return told;
}
