import type { Recommender } from '../../../estimators/recommendation/index.ts';
import { parseRecommendationMetric, type RecommendationMetric } from '../../../estimators/recommendation/recommendation-metrics.ts';
import type { InteractionLog } from '../../../src/data/interactions/interaction-log.ts';
import type { MetricEntry } from '../../../src/metrics/metrics.ts';
import { meanEstimate } from '../../../src/stats/estimate.ts';
import { rowsOf, type TableRows } from '../../tables/table.ts';
import { scoresTable } from './scores-table.ts';

const mostUsers = 200;

/** The metric that rankings are compared by: the first of the study that is of each user's ranking of all items, or ndcg. */
export const rankingMetric = (
  metrics: readonly RecommendationMetric[],
  table: Readonly<Record<string, MetricEntry>>,
): RecommendationMetric =>
  metrics.find(({ stratum, ...one }) => one.kind === 'ranking' && stratum === null && table[one.metric.metric]?.lowerIsBetter !== true) ??
  parseRecommendationMetric('ndcg');

/** The row of {@link scoresTable} of a method. @param values of the ranking metric, per user @param popularity those of the method popularity */
export function comparedScores(spread: number, metric: string, values: Float64Array, popularity: Float64Array): TableRows {
  const both = Array.from(values.keys()).filter((u) => !Number.isNaN(values[u]) && !Number.isNaN(popularity[u]));
  const mean = (of: (user: number) => number) => (both.length === 0 ? null : meanEstimate(both.map(of)));
  const difference = mean((u) => values[u] - popularity[u]);
  return rowsOf(scoresTable, [
    {
      ...{ spread, metric },
      value: mean((u) => values[u])?.value ?? null,
      popularity: mean((u) => popularity[u])?.value ?? null,
      difference: difference?.value ?? null,
      standard_error: both.length > 1 ? (difference?.standardError ?? null) : null,
    },
  ]);
}

/** Standard deviation of a user's scores over all items, root mean square over users, of many users over every so-and-so-many-th. */
export function scoreSpread({ scores }: Pick<Recommender, 'scores'>, { userIds, itemIds }: InteractionLog): number {
  const I = itemIds.length;
  const items = Uint32Array.from({ length: I }, (_, i) => i);
  const [user, out] = [new Uint32Array(I), new Float32Array(I)];
  const step = Math.max(1, Math.ceil(userIds.length / mostUsers));
  let [variances, users] = [0, 0];
  for (let u = 0; u < userIds.length; u += step) {
    scores(user.fill(u), items, I, out);
    let sum = 0;
    for (const score of out) sum += score;
    for (const score of out) variances += (score - sum / I) ** 2 / I;
    users++;
  }
  return Math.sqrt(variances / users);
}
