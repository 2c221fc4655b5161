import { attractionFromLabels, simulateSearchSessions } from '../../../simulators/index.ts';
import type { QuerySet } from '../../../src/data/query-set.ts';
import { evaluateRanking, type MetricEntry, measures, parseMetric } from '../../../src/metrics/index.ts';
import type { Rng } from '../../../src/random/rng.ts';
import { num } from '../../../src/session-metrics/index.ts';
import type { Parts } from '../../parts/parts.ts';
import type { MetricDescription } from '../../tables/study-description.ts';
import type { RankingConfig } from './ranking-config.ts';
import { makeClickModel } from './simulate-logs.ts';

const numMetric: MetricDescription = {
  label: 'num',
  description: 'NUM, normalised U-measure, of simulated search sessions',
  unit: 'search-session',
  lowerIsBetter: false,
};

/** The metrics of the result: the ad-hoc ones per query, and NUM per search session where sessions are configured. */
export function rankingMetrics({ metrics: table }: Parts, { metrics, searchSessions }: RankingConfig['evaluation']): MetricDescription[] {
  const described = metrics.map((label): MetricDescription => {
    const { metric } = parseMetric(label, table);
    const known: Readonly<Record<string, Pick<MetricEntry, 'description' | 'lowerIsBetter'>>> = { ...measures, ...table };
    return { label, description: known[metric].description, unit: 'query', lowerIsBetter: known[metric].lowerIsBetter === true };
  });
  return searchSessions === null ? described : [...described, numMetric];
}

/**
 * The values of every one of {@link rankingMetrics} for the ranking that the scores (length D) make of the test part. NUM is of search sessions
 * simulated on it, with the same users, needs and reformulations for every ranker of a seed.
 */
export function evaluateScores(
  parts: Parts,
  config: RankingConfig,
  test: QuerySet,
  scores: Float32Array,
  highestGrade: number,
  rng: Rng,
): Float64Array[] {
  const { simulation, evaluation } = config;
  const { metrics, emptyQueries, searchSessions } = evaluation;
  const perQuery = evaluateRanking(scores, test, metrics, { emptyQueries, highestGrade }, parts.metrics);
  const values = metrics.map((name) => perQuery[name]);
  if (searchSessions === null) return values;
  const { count, ...options } = searchSessions;
  const attraction = attractionFromLabels(test.labels, { noise: simulation.noise, highestGrade });
  const sessionsPerNeed = Math.max(1, Math.round(count / (test.offsets.length - 1)));
  const users = { attraction, clickModel: makeClickModel(parts, simulation), sessionsPerNeed, positions: simulation.positions, options };
  const sessions = simulateSearchSessions({ querySet: test, scores, ...users }, rng.fork('search-sessions'));
  return [...values, num(sessions, { ...evaluation.num, highestGrade: evaluation.num.labels === 'click' ? 1 : highestGrade }).num];
}
