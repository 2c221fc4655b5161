import { named } from '../../../src/named.ts';
import { type Decoded, optional } from '../../../src/schema.ts';
import { studySchemas } from '../../config/study-schemas.ts';
import type { Parts } from '../../parts/parts.ts';
import { ofMethod } from '../recommendation/of-method.ts';
import { modelSettings, recommendationEvaluation } from '../recommendation/recommendation-config.ts';
import { recommendationTask } from '../recommendation/recommendation-task.ts';
import { conversionWorlds } from './conversion-worlds.ts';

const schemas = (parts: Parts) =>
  studySchemas({
    task: 'conversions',
    methods: parts.conversionRecommenders,
    settings: { ...modelSettings(parts), world: optional(named(conversionWorlds), 'entire-space') },
    ofMethod: ofMethod(parts),
    evaluation: recommendationEvaluation(parts, ['auc', 'log-loss']),
    standard: { baseline: 'naive', estimators: ['popularity', 'naive', 'esmm', 'escm2-ips', 'escm2-dr', 'ideal'] },
  });
export type ConversionConfig = Decoded<ReturnType<typeof schemas>['run']>;

/** Impression → click → conversion. */
export const conversions = (parts: Parts) =>
  recommendationTask<ConversionConfig>(
    parts,
    { recommenders: parts.conversionRecommenders, worlds: conversionWorlds, exposureUnits: 'rows', metricEstimators: [], heldOut: null },
    {
      name: 'conversions',
      description: 'the probability that a click converts, for all impressions, learnt from conversions of clicked ones',
      ...schemas(parts),
      examples: [
        {
          task: 'conversions',
          seeds: 2,
          world: { name: 'entire-space', users: 40, items: 60, impressions: 10 },
          training: { steps: 40, batch: 64 },
        },
      ],
    },
  );
