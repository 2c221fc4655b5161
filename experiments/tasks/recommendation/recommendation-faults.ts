import { type EstimatedMetric, estimableMetrics } from '../../../estimators/recommendation/estimable-metrics.ts';
import { parseRecommendationMetric, pooledMetrics } from '../../../estimators/recommendation/recommendation-metrics.ts';
import { mostBytes, noRoomFor } from '../../../src/data/feature-room.ts';
import type { Fault } from '../../../src/schema-faults.ts';
import type { Parts } from '../../parts/parts.ts';
import { hiddenFaults } from '../shared/hidden-faults.ts';
import type { Feedback } from './feedback.ts';
import { methodSettingFaults } from './method-settings.ts';
import type { RecommendationConfig } from './recommendation-config.ts';
import { worldFaults, worldLacks } from './world-faults.ts';

/** Faults of a recommendation config that no single value has. */
export const recommendationFaults = (parts: Parts, feedback: Feedback, config: RecommendationConfig): Fault[] => [
  ...metricFaults(parts, feedback, config),
  ...truthFaults(config),
  ...loggedFaults(feedback, config),
  ...methodSettingFaults(parts, feedback, config),
  ...worldFaults(feedback, config),
  ...sizeFaults(config),
];

function metricFaults(parts: Parts, feedback: Feedback, config: RecommendationConfig): Fault[] {
  const {
    estimators,
    evaluation: { metrics },
  } = config;
  if (metrics.length === 0) return [{ path: ['evaluation', 'metrics'], problem: 'must name at least one metric' }];
  const ranking = estimators.filter(({ name }) => feedback.recommenders[name]?.ranksOnly === true);
  return metrics.flatMap((label, m): Fault[] => {
    const path = ['evaluation', 'metrics', m];
    if (metrics.indexOf(label) < m) return [{ path, problem: `"${label}" is named twice` }];
    const metric = parseRecommendationMetric(label, parts.metrics);
    if (metric.kind === 'estimated')
      return estimateFaults(feedback, config, metric.metric).map((problem) => ({ path, problem: `"${label}" ${problem}` }));
    if (metric.kind !== 'pooled') return [];
    if (pooledMetrics[metric.name].needsPrediction && ranking.length > 0)
      return [
        {
          path,
          problem: `"${label}" needs predicted values, but ${ranking.map(({ name }) => name).join(', ')} only ranks; leave one of them out`,
        },
      ];
    if (metric.name === 'relative-log-loss' && !estimators.some(({ name }) => name === 'ideal'))
      return [{ path, problem: `"${label}" is relative to the method ideal; add it to the estimators, or use log-loss` }];
    return [];
  });
}

/** What estimates from held-out data need. */
function estimateFaults(
  { heldOut, metricEstimators, worlds }: Feedback,
  config: RecommendationConfig,
  { estimator, name }: EstimatedMetric,
): string[] {
  const { estimators, training, world } = config;
  if (heldOut === null) return ['is of the tasks implicit-feedback and explicit-feedback; leave it out'];
  if (!metricEstimators.includes(estimator))
    return ['needs values that are known where they were observed (explicit-feedback): without a click nobody knows; use snips'];
  if (training.heldOutShare === 0) return ['needs held-out data; set training.heldOutShare above 0'];
  if (estimators.some(({ training: own }) => (own?.heldOutShare ?? training.heldOutShare) !== training.heldOutShare))
    return ['needs the same held-out data of every method; leave training.heldOutShare out of the estimators'];
  if (estimators.some(({ name: method }) => method === 'expo-mf'))
    return ['needs held-out data, but expo-mf learns from all; leave one of them out'];
  if (estimableMetrics[name].binary && worldLacks({ worlds }, config).includes('relevance'))
    return ['is of pairs that are relevant or not; set world.relevantFrom'];
  if (estimableMetrics[name].independent && world.name === 'position-biased-lists')
    return ['takes pairs to be observed independently of each other, which those of one list are not; use dcg or recall'];
  return [];
}

/** A log states the exposure of its rows only. */
function loggedFaults({ recommenders }: Feedback, { estimators, exposure }: RecommendationConfig): Fault[] {
  if (exposure?.name !== 'logged') return [];
  return estimators.flatMap(({ name }, i): Fault[] =>
    recommenders[name]?.unseenExposure === true
      ? [
          {
            path: ['estimators', i],
            problem: `${name} asks for the exposure of unseen pairs, but logged propensities are of observed rows only: take another exposure, or leave ${name} out`,
          },
        ]
      : [],
  );
}

/** Recorded data have no truth. */
function truthFaults(config: RecommendationConfig): Fault[] {
  if (config.world.name !== 'recorded') return [];
  const faults = config.estimators.flatMap(({ name }, i): Fault[] =>
    name === 'ideal' ? [{ path: ['estimators', i], problem: 'ideal needs a simulated world: recorded data have no truth' }] : [],
  );
  if (config.exposure?.name === 'oracle')
    faults.push({
      path: ['exposure'],
      problem: 'oracle needs a simulated world; use logged, popularity-power, logistic, naive-bayes or expo-mf',
    });
  return faults;
}

interface Sizes {
  readonly name?: string | undefined;
  readonly users?: number;
  readonly items?: number;
  readonly dimension?: number;
  readonly hidden?: readonly number[];
}

/** Worlds, factors and layers that no memory holds. */
function sizeFaults({ world, model, exposure, estimators }: RecommendationConfig): Fault[] {
  const { users = 1, items = 1 }: Sizes = world; // how many recorded data have is not known yet
  const ofPairs = noRoomFor([users, 'users'], [items, 'items'], mostBytes);
  const sized: [(string | number)[], Sizes | null | undefined][] = [
    [['world'], world],
    [['model'], model],
    [['exposure'], exposure],
    ...estimators.flatMap((method, i): typeof sized => [
      [['estimators', i], method],
      [['estimators', i, 'model'], method.model],
    ]),
  ];
  const ofModels = sized.flatMap(([path, options]): Fault[] => {
    const problem = noRoomFor([users + items, 'users and items'], [options?.dimension ?? 1, 'factors'], mostBytes);
    const ofDimension = problem === null || options?.dimension === undefined ? [] : [{ path: [...path, 'dimension'], problem }];
    return [...ofDimension, ...hiddenFaults(path, 1, options?.hidden)];
  });
  return [...(ofPairs === null ? [] : [{ path: ['world'], problem: ofPairs }]), ...ofModels];
}
