import { biasChoiceOf } from '../../../estimators/index.ts';
import { parseMetric } from '../../../src/metrics/index.ts';
import { named } from '../../../src/named.ts';
import { array, check, type Decoded, nullable, optional, picklist, pipe, probability, strictObject } from '../../../src/schema.ts';
import { studySchemas } from '../../config/study-schemas.ts';
import { parsable } from '../../config/text-rules.ts';
import type { Parts } from '../../parts/parts.ts';
import { logConfig, simulatedLog } from '../bias/bias-config.ts';
import { dataConfig } from '../ranking/data-config.ts';
import { composed, labelOf, ofRankingMethod } from '../ranking/ranking-methods.ts';
import { trainingConfig } from '../ranking/training-config.ts';
import { ownLogMethods } from './own-log-methods.ts';

const share = () =>
  pipe(
    probability(),
    check((value) => value > 0 && value < 0.9, 'must be above 0 and below 0.9'),
  );

/** What of the sessions training does not see. */
const splitConfig = strictObject({
  by: optional(picklist(['session', 'time', 'query']), 'session'), // time: the last sessions of the file are for the test; query: test queries have no training session
  validation: optional(share(), 0.15), // for early stopping
  test: optional(share(), 0.25), //       for the value of the ranker
});

const evaluationConfig = ({ biasEstimators, metrics }: Parts) =>
  strictObject({
    bias: optional(biasChoiceOf(biasEstimators), 'all-pairs'), // by which the clicks of the test are corrected, found in the training sessions
    metrics: optional(array(parsable((name) => parseMetric(name, metrics))), ['ndcg@10']), // by the labels of simulated logs; none of recorded ones
  });

export const ownLogTask = 'own-log';

/** One log: rankers learnt from part of its sessions, their value by the rest. */
export const ownLogSchemas = (parts: Parts) =>
  studySchemas({
    task: ownLogTask,
    methods: ownLogMethods(parts),
    unnamed: { name: composed, key: 'weighting' },
    labelOf,
    ofMethod: ofRankingMethod(parts),
    settings: {
      log: optional(nullable(logConfig), null), // null: simulated; then without the truth but for metrics, and for methods that are told it (oracle)
      data: optional(dataConfig, {}),
      split: optional(splitConfig, {}),
      simulation: optional(simulatedLog(parts), {}),
      ranker: optional(named(parts.rankers), 'linear'),
      training: optional(trainingConfig(parts), {}),
    },
    evaluation: optional(evaluationConfig(parts), {}),
    standard: { baseline: 'naive', estimators: ['naive', 'ips'] },
  });

export type OwnLogConfig = Decoded<ReturnType<typeof ownLogSchemas>['run']>;
