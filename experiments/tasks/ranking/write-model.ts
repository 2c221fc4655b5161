import { join } from 'node:path';
import { makeFolder } from '../../../src/data/make-folder.ts';
import type { Scaling } from '../../../src/data/scale-features.ts';
import { saveScorer } from '../../../src/models/save-scorer.ts';
import type { Scorer } from '../../../src/models/scorer.ts';
import { writeJson } from '../../records/write-json.ts';

/** A folder with the model and, as `scaling.json`, the feature scaling that its input must go through. */
export async function writeModel(folder: string, scorer: Scorer, scaling: Scaling): Promise<void> {
  await makeFolder(folder);
  await saveScorer(folder, scorer);
  await writeJson(join(folder, 'scaling.json'), scaling);
}
