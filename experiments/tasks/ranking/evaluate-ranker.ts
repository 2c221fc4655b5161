import { attractionFromLabels, simulateSearchSessions } from '../../../simulators/index.ts';
import type { QuerySet } from '../../../src/data/query-set.ts';
import { evaluateRanking } from '../../../src/metrics/index.ts';
import type { Rng } from '../../../src/random/rng.ts';
import { num } from '../../../src/session-metrics/index.ts';
import type { RunConfig } from './run-config.ts';
import { makeClickModel } from './simulate-logs.ts';

/** The columns of the result: the ad-hoc metrics per query, and NUM per search session where sessions are configured. */
export function metricColumns({ metrics, searchSessions }: RunConfig['evaluation']): { label: string; unit: 'query' | 'search-session' }[] {
  const columns = metrics.map((label) => ({ label, unit: 'query' as const }));
  return searchSessions === null ? columns : [...columns, { label: 'num', unit: 'search-session' as const }];
}

/** The values of every column of {@link metricColumns} for the ranking that the scores (length D) make of the test part. */
export function evaluateScores(config: RunConfig, test: QuerySet, scores: Float32Array, highestGrade: number, rng: Rng): Float64Array[] {
  const { metrics, emptyQueries } = config.evaluation;
  const perQuery = evaluateRanking(scores, test, metrics, { emptyQueries, highestGrade });
  return [...metrics.map((name) => perQuery[name]), ...searchSessionScores(config, test, scores, highestGrade, rng)];
}

/** NUM of search sessions simulated on the ranking; the same users, needs and reformulations for every ranker of a seed. */
function searchSessionScores(
  { simulation, evaluation }: RunConfig,
  test: QuerySet,
  scores: Float32Array,
  highestGrade: number,
  rng: Rng,
): Float64Array[] {
  if (evaluation.searchSessions === null) return [];
  const { count, ...options } = evaluation.searchSessions;
  const needs = test.offsets.length - 1;
  const sessions = simulateSearchSessions(
    {
      querySet: test,
      scores,
      attraction: attractionFromLabels(test.labels, { noise: simulation.noise, highestGrade }),
      clickModel: makeClickModel(simulation),
      sessionsPerNeed: Math.max(1, Math.round(count / needs)),
      positions: simulation.positions,
      options,
    },
    rng.fork('search-sessions'),
  );
  return [num(sessions, { ...evaluation.num, highestGrade: evaluation.num.labels === 'click' ? 1 : highestGrade }).num];
}
