import type { MetricEstimator } from '../../../estimators/recommendation/estimable-metrics.ts';
import type { HeldOutObservations } from '../../../estimators/recommendation/estimated-metrics.ts';
import type { Exposure, RecommenderEntry } from '../../../estimators/recommendation/index.ts';
import type { Rng } from '../../../src/random/rng.ts';
import type { RecommendationProblem, WorldEntry } from './problem.ts';

/** In what the recommendation tasks differ. */
export interface Feedback {
  readonly recommenders: Readonly<Record<string, RecommenderEntry>>;
  readonly worlds: Readonly<Record<string, WorldEntry>>;
  readonly exposureUnits: 'pairs' | 'rows'; //                      what exposures are compared on
  readonly metricEstimators: readonly MetricEstimator[]; //         that its held-out data allow
  /** What every learner keeps from training, where metrics can be estimated from that. @param rng the learners' stream */
  readonly heldOut: ((problem: RecommendationProblem, exposure: Exposure, share: number, rng: Rng) => HeldOutObservations) | null;
}
