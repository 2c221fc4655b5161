import { heldOutClicks } from '../../../estimators/recommendation/estimated-metrics.ts';
import { named } from '../../../src/named.ts';
import type { Decoded } from '../../../src/schema.ts';
import { optional } from '../../../src/schema.ts';
import { studySchemas } from '../../config/study-schemas.ts';
import type { Parts } from '../../parts/parts.ts';
import type { Feedback } from '../recommendation/feedback.ts';
import { ofMethod } from '../recommendation/of-method.ts';
import { exposureSettings, modelSettings, recommendationEvaluation } from '../recommendation/recommendation-config.ts';
import { recommendationTask } from '../recommendation/recommendation-task.ts';
import { implicitWorlds } from './implicit-worlds.ts';

const schemas = (parts: Parts) =>
  studySchemas({
    task: 'implicit-feedback',
    methods: parts.implicitRecommenders,
    settings: { ...modelSettings(parts), world: optional(named(implicitWorlds(parts)), 'synthetic'), ...exposureSettings(parts) },
    ofMethod: ofMethod(parts),
    evaluation: recommendationEvaluation(parts, ['relative-log-loss', 'log-loss', 'auc', 'dcg@10', 'recall@10']),
    standard: { baseline: 'naive', estimators: ['popularity', 'naive', 'ips', 'clipped-ips', 'ideal'] },
  });
export type ImplicitConfig = Decoded<ReturnType<typeof schemas>['run']>;

export const implicitClicks = (parts: Parts): Feedback => ({
  recommenders: parts.implicitRecommenders,
  worlds: implicitWorlds(parts),
  exposureUnits: 'pairs',
  metricEstimators: ['snips'],
  heldOut: heldOutClicks,
});

/** Clicks, whose absence may mean "not seen": relevance learnt from all pairs. */
export const implicitFeedback = (parts: Parts) =>
  recommendationTask<ImplicitConfig>(parts, implicitClicks(parts), {
    name: 'implicit-feedback',
    description: 'recommenders learnt from clicks, whose absence may mean "not seen"',
    ...schemas(parts),
    examples: [
      {
        task: 'implicit-feedback',
        seeds: 2,
        world: { name: 'synthetic', users: 30, items: 20 },
        exposure: 'popularity-power',
        training: { steps: 40, batch: 64 },
      },
    ],
  });
