import { join } from 'node:path';
import { biasToJson, type EstimatedBias } from '../../../estimators/index.ts';
import { makeFolder } from '../../../src/data/make-folder.ts';
import { noScaling, type Scaling } from '../../../src/data/scale-features.ts';
import { saveScorer } from '../../../src/models/save-scorer.ts';
import type { Scorer } from '../../../src/models/scorer.ts';
import { isTreeEnsemble, treeEnsemble } from '../../../src/models/tree-ensemble.ts';
import { unscaleTrees } from '../../../src/trees/unscale-trees.ts';
import { writeJson } from '../../records/write-json.ts';

/**
 * A folder with the model and, as `scaling.json`, the feature scaling that its input must go through; trees are written for features as they are, so
 * that others can serve them. Beside them as `bias.json` what it was corrected by.
 */
export async function writeModel(folder: string, scorer: Scorer, scaling: Scaling, bias?: EstimatedBias): Promise<void> {
  await makeFolder(folder);
  if (bias !== undefined) await writeJson(join(folder, 'bias.json'), biasToJson(bias));
  const unscaled = isTreeEnsemble(scorer);
  await saveScorer(folder, unscaled ? treeEnsemble(scorer.featureCount, unscaleTrees(scorer.trees(), scaling)) : scorer);
  await writeJson(join(folder, 'scaling.json'), unscaled ? noScaling(scorer.featureCount) : scaling);
}
