import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readRegular } from '../../../src/data/read-regular.ts';
import { noScaling, type Scaling, scalingMethods } from '../../../src/data/scale-features.ts';
import { isSystemError, systemReason } from '../../../src/data/system-error.ts';
import { DataError, UsageError } from '../../../src/errors.ts';
import { loadScorer, readLightGbmScorer } from '../../../src/models/save-scorer.ts';
import type { Scorer } from '../../../src/models/scorer.ts';
import { array, exactOptional, picklist, real, type Schema, safeParse, strictObject } from '../../../src/schema.ts';
import type { Parts } from '../../parts/parts.ts';

const scalingSchema = strictObject({
  method: picklist(Object.keys(scalingMethods)),
  offset: array(real()),
  factor: array(real()),
  fill: exactOptional(array(real())),
}) as unknown as Schema<Scaling>;

const again = 'train the model again';

/**
 * What `writeModel` wrote, or a model file of LightGBM. @param openTensors as of `loadScorer`
 * @throws UsageError when there is no model in the folder, DataError when it is damaged
 */
export async function readModel(
  folder: string,
  rankers?: Parts['rankers'],
  openTensors?: () => Promise<void>,
): Promise<{ scorer: Scorer; scaling: Scaling }> {
  if ((await stat(folder).catch(() => null))?.isFile()) {
    const scorer = await readLightGbmScorer(folder);
    return { scorer, scaling: noScaling(scorer.featureCount) };
  }
  const file = join(folder, 'scaling.json');
  const scaling = safeParse(scalingSchema, await readJson(folder, file));
  if (!scaling.success) throw new DataError(`not the feature scaling of a model; ${again}`, { file });
  return { scorer: await loadScorer(folder, rankers, openTensors), scaling: scaling.output };
}

async function readJson(folder: string, file: string): Promise<unknown> {
  try {
    return JSON.parse((await readRegular(file, again)).toString());
  } catch (error) {
    if (await stat(join(folder, 'recommender.json')).catch(() => null))
      throw new UsageError(`"${folder}" holds a recommender, which scores users and items and not documents; read it with loadRecommender`);
    if (isSystemError(error)) throw new UsageError(`no model in "${folder}": ${systemReason(error)}`);
    throw error instanceof DataError ? error : new DataError(`not JSON; ${again}`, { file });
  }
}
