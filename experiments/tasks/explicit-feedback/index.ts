import { heldOutValues } from '../../../estimators/recommendation/estimated-metrics.ts';
import { named } from '../../../src/named.ts';
import { type Decoded, optional } from '../../../src/schema.ts';
import { studySchemas } from '../../config/study-schemas.ts';
import type { Parts } from '../../parts/parts.ts';
import type { Feedback } from '../recommendation/feedback.ts';
import { ofMethod } from '../recommendation/of-method.ts';
import { exposureSettings, modelSettings, recommendationEvaluation } from '../recommendation/recommendation-config.ts';
import { recommendationTask } from '../recommendation/recommendation-task.ts';
import { explicitWorlds } from './explicit-worlds.ts';

const schemas = (parts: Parts) =>
  studySchemas({
    task: 'explicit-feedback',
    methods: parts.explicitRecommenders,
    settings: {
      ...modelSettings(parts),
      world: optional(named(explicitWorlds(parts)), 'self-selected-ratings'),
      ...exposureSettings(parts),
    },
    ofMethod: ofMethod(parts),
    evaluation: recommendationEvaluation(parts, ['squared-error', 'log-loss', 'ndcg@5']),
    standard: {
      baseline: 'naive',
      estimators: ['popularity', 'naive', 'ips', 'self-normalised-ips', 'dr-jl', 'mrdr', 'stable-dr', 'tdr', 'ideal'],
    },
  });
export type ExplicitConfig = Decoded<ReturnType<typeof schemas>['run']>;

export const observedValues = (parts: Parts): Feedback => ({
  recommenders: parts.explicitRecommenders,
  worlds: explicitWorlds(parts),
  exposureUnits: 'rows',
  metricEstimators: ['snips', 'dr'],
  heldOut: heldOutValues,
});

/** Values known where they were observed: ratings that users chose to give, or impressions of a logging policy. */
export const explicitFeedback = (parts: Parts) =>
  recommendationTask<ExplicitConfig>(parts, observedValues(parts), {
    name: 'explicit-feedback',
    description: 'recommenders learnt from values that are known where they were observed: chosen ratings, logged impressions',
    ...schemas(parts),
    examples: [
      {
        task: 'explicit-feedback',
        seeds: 2,
        world: { name: 'self-selected-ratings', users: 30, items: 60 },
        estimators: ['naive', 'ips', 'dr-jl', 'ideal'],
        training: { steps: 40, batch: 64 },
      },
    ],
  });
