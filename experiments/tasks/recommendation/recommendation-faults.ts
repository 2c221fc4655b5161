import type { Fault } from '../../config/faults.ts';
import { repeatedLabels, unknownBaseline } from '../ranking/impossible-combinations.ts';
import { type EstimatedMetric, estimableMetrics } from './estimable-metrics.ts';
import { type RecommendationConfig, recommendationTasks } from './recommendation-config.ts';
import { parseRecommendationMetric, pooledMetrics } from './recommendation-metrics.ts';

/** Faults of a recommendation config that no single value has. */
export function recommendationFaults(config: RecommendationConfig): Fault[] {
  return [...repeatedLabels(config), ...unknownBaseline(config), ...metricFaults(config), ...truthFaults(config)];
}

function metricFaults(config: RecommendationConfig): Fault[] {
  const {
    task,
    estimators,
    evaluation: { metrics },
  } = config;
  if (metrics.length === 0) return [{ path: ['evaluation', 'metrics'], problem: 'must name at least one metric' }];
  const { recommenders } = recommendationTasks[task];
  const ranking = estimators.filter(
    ({ name }) => (recommenders as Readonly<Record<string, object>>)[name] !== undefined && onlyRanks(task, name),
  );
  return metrics.flatMap((label, m): Fault[] => {
    const path = ['evaluation', 'metrics', m];
    if (metrics.indexOf(label) < m) return [{ path, problem: `"${label}" is named twice` }];
    const metric = parseRecommendationMetric(label);
    if (metric.kind === 'estimated')
      return estimateFaults(config, metric.metric).map((problem) => ({ path, problem: `"${label}" ${problem}` }));
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
function estimateFaults({ task, estimators, training, world }: RecommendationConfig, { estimator, name }: EstimatedMetric): string[] {
  if (task === 'conversions') return ['is of the tasks implicit-feedback and explicit-feedback; leave it out'];
  if (estimator === 'dr' && task !== 'explicit-feedback')
    return ['needs values that are known where they were observed (explicit-feedback): without a click nobody knows; use snips'];
  if (training.heldOutShare === 0) return ['needs held-out data; set training.heldOutShare above 0'];
  if (estimators.some(({ name }) => name === 'expo-mf')) return ['needs held-out data, but expo-mf learns from all; leave one of them out'];
  if (estimableMetrics[name].independent && world.name === 'position-biased-lists')
    return ['takes pairs to be observed independently of each other, which those of one list are not; use dcg or recall'];
  return [];
}

function onlyRanks(task: RecommendationConfig['task'], name: string): boolean {
  const entry = (recommendationTasks[task].recommenders as Readonly<Record<string, { readonly ranksOnly?: boolean }>>)[name];
  return entry.ranksOnly === true;
}

/** Recorded data have no truth. */
function truthFaults(config: RecommendationConfig): Fault[] {
  if (config.world.name !== 'recorded') return [];
  const faults = config.estimators.flatMap(({ name }, i): Fault[] =>
    name === 'ideal' ? [{ path: ['estimators', i], problem: 'ideal needs a simulated world: recorded data have no truth' }] : [],
  );
  if ('exposure' in config && config.exposure.name === 'oracle')
    faults.push({
      path: ['exposure'],
      problem: 'oracle needs a simulated world; use logged, popularity-power, logistic, naive-bayes or expo-mf',
    });
  return faults;
}
