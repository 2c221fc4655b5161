import type { Exposure, Recommender } from '../../../estimators/recommendation/index.ts';
import type { TrainingRecord } from '../../../src/learners/train.ts';
import { type PredictionName, predictions } from '../../../src/losses/predictions.ts';
import type { StoredRecommender } from '../../../src/models/save-recommender.ts';
import type { Rng } from '../../../src/random/rng.ts';
import type { ExposureGroup } from '../../engine/run-result.ts';
import { exposureGroups } from './exposure-groups.ts';
import type { RecommendationProblem } from './problem.ts';
import type { RecommendationConfig } from './recommendation-config.ts';

/** What is kept of the methods of one seed; each list has one entry per method. */
export interface SeedOutcome {
  readonly values: readonly (readonly Float64Array[])[]; // [method][metric]
  readonly records: readonly (TrainingRecord | null)[];
  readonly exposures: readonly (readonly ExposureGroup[])[]; // empty where a method weighs by none
  readonly recommenders: readonly (StoredRecommender | null)[]; // null where none is to be written
}

/** What is kept of recommenders beside their metrics. @param rng draws the pairs that exposures are compared on, where they are many */
export function seedOutcome(
  { task, saveModels }: RecommendationConfig,
  problem: RecommendationProblem,
  learned: readonly Recommender[],
  rng: Rng,
): Omit<SeedOutcome, 'values'> {
  const units = task === 'implicit-feedback' ? 'pairs' : 'rows';
  const known = new Map<Exposure, ExposureGroup[]>(); // those that methods share are measured once
  return {
    records: learned.map(({ record }) => record),
    recommenders: learned.map((one) => (saveModels ? storedOf(one, problem) : null)),
    exposures: learned.map(({ exposure }) => {
      if (!exposure) return [];
      const groups = known.get(exposure) ?? exposureGroups(exposure, problem, units, rng);
      known.set(exposure, groups);
      return groups;
    }),
  };
}

/** What is written of a recommender; null for one that cannot be. */
function storedOf({ stored, predict }: Recommender, { log: { userIds, itemIds } }: RecommendationProblem): StoredRecommender | null {
  const prediction = (Object.keys(predictions) as PredictionName[]).find((name) => predictions[name] === predict) ?? null;
  if (stored === undefined || (predict !== null && prediction === null)) return null;
  return { model: stored(), prediction, userIds, itemIds };
}
