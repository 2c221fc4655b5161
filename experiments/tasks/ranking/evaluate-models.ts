import { readSvmlight } from '../../../src/data/read-svmlight.ts';
import { scaleFeatures } from '../../../src/data/scale-features.ts';
import { evaluateRanking } from '../../../src/metrics/index.ts';
import type { EvaluateModels } from '../../engine/run-result.ts';

/** Measures saved models on one labelled file, its features scaled as each model's training data were. */
export const evaluateModels: EvaluateModels = async ({ models, data, metrics, emptyQueries, highestGrade }, onProgress) => {
  const featureCount = models[0]?.scorer.featureCount;
  const set = await readSvmlight(data, featureCount === undefined ? {} : { featureCount });
  const scores = models.map(({ label, scorer, scaling }, m) => {
    onProgress({ stage: 'evaluate', done: m, total: models.length, detail: label });
    return scorer.score(scaleFeatures(set, scaling).features);
  });
  const perQuery = scores.map((ofModel) => {
    const values = evaluateRanking(ofModel, set, metrics, { emptyQueries, highestGrade });
    return metrics.map((name) => values[name]);
  });
  return { queryIds: set.queryIds, perQuery, querySet: set, scores };
};
