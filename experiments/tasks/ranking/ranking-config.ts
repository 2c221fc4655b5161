import { named } from '../../../src/named.ts';
import { type Decoded, optional } from '../../../src/schema.ts';
import { studySchemas } from '../../config/study-schemas.ts';
import type { Parts } from '../../parts/parts.ts';
import { dataConfig } from './data-config.ts';
import { evaluationConfig } from './evaluation-config.ts';
import { composed, labelOf, ofRankingMethod, rankingMethods } from './ranking-methods.ts';
import { simulationConfig } from './simulation-config.ts';
import { trainingConfig } from './training-config.ts';

/** One comparison: data → click logs → rankers → evaluation. */
export const rankingSchemas = (parts: Parts) =>
  studySchemas({
    task: 'ranking',
    isDefault: true,
    methods: rankingMethods(parts),
    unnamed: { name: composed, key: 'weighting' },
    labelOf,
    ofMethod: ofRankingMethod(parts),
    settings: {
      data: optional(dataConfig, {}),
      simulation: optional(simulationConfig(parts), {}),
      ranker: optional(named(parts.rankers), 'linear'),
      training: optional(trainingConfig(parts), {}),
    },
    evaluation: optional(evaluationConfig(parts), {}),
    standard: { baseline: 'naive', estimators: ['production', 'naive', 'ips', 'clipped-ips', 'dual-learning', 'skyline'] },
  });

/** A decoded config of a comparison of rankers. */
export type RankingConfig = Decoded<ReturnType<typeof rankingSchemas>['run']>;
