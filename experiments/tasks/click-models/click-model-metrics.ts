import type { Parts } from '../../parts/parts.ts';
import type { MetricDescription } from '../../tables/study-description.ts';
import { rankingMetrics } from '../ranking/evaluate-ranker.ts';
import type { ClickModelsConfig } from './click-models-config.ts';
import { clickScores, isScore, type Score } from './scores.ts';

/** Those asked for, else the usual ones. */
export function metricNames({ log, evaluation: { metrics } }: Pick<ClickModelsConfig, 'log' | 'evaluation'>): readonly string[] {
  if (metrics !== null) return metrics;
  const usual = Object.keys(clickScores).filter((name) => !name.startsWith('pooled-'));
  return log === null ? [...usual, 'ndcg@5'] : usual;
}

/** The metrics of a config, in its order. */
export function clickModelMetrics(parts: Pick<Parts, 'metrics'>, config: ClickModelsConfig): MetricDescription[] {
  return metricNames(config).map((label) => {
    if (isScore(label)) {
      const { description, lowerIsBetter, of }: Score = clickScores[label];
      return { label, description, unit: of === null ? 'query' : 'all', lowerIsBetter };
    }
    const data = { ...config.data, folds: null };
    const [metric] = rankingMetrics(parts, { data, evaluation: { metrics: [label], searchSessions: null } });
    return { ...metric, description: `${metric.description}; of documents by fitted attraction, queries that training sessions show` };
  });
}
