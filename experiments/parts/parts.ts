import { clickModels } from '../../click-models/index.ts';
import { biasEstimators, estimators, weightings } from '../../estimators/index.ts';
import { exposureEstimators } from '../../estimators/recommendation/exposure/index.ts';
import { conversionRecommenders, explicitRecommenders, implicitRecommenders } from '../../estimators/recommendation/index.ts';
import { interactionReaders } from '../../src/data/interactions/interaction-readers.ts';
import { optimisers } from '../../src/learners/optimisers.ts';
import { losses } from '../../src/losses/index.ts';
import { metrics } from '../../src/metrics/index.ts';
import { pairModels } from '../../src/models/pair-models.ts';
import { scorers } from '../../src/models/scorers.ts';

/** What studies are put together from and a plugin can add to, by kind: every registry of the package under the name of a plugin's export. */
export const builtInParts = {
  estimators,
  biasEstimators,
  weightings,
  clickModels,
  rankers: scorers,
  losses,
  optimisers,
  metrics,
  readers: interactionReaders,
  implicitRecommenders,
  explicitRecommenders,
  conversionRecommenders,
  exposureEstimators,
  pairModels,
};

/** As the built-in ones by type; those of plugins are there by name only. */
export type Parts = typeof builtInParts;
