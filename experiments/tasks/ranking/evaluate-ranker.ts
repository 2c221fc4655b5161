import { attractionFromLabels, simulateSearchSessions } from '../../../simulators/index.ts';
import type { QuerySet } from '../../../src/data/query-set.ts';
import { type GainRule, gainOf, gainWords } from '../../../src/label-gains.ts';
import { evaluateRanking, type MetricEntry, measures, type metrics, parseMetric } from '../../../src/metrics/index.ts';
import type { Rng } from '../../../src/random/rng.ts';
import { num } from '../../../src/session-metrics/index.ts';
import type { Parts } from '../../parts/parts.ts';
import type { MetricDescription } from '../../tables/study-description.ts';
import type { RankingConfig } from './ranking-config.ts';
import { makeClickModel } from './simulate-logs.ts';

/** The metrics that go by the gains of `data.gains`; measures in ir_measures' notation have gains of their own. */
const ofGains: readonly string[] = ['dcg', 'err', 'ndcg'] satisfies (keyof typeof metrics)[];

const numMetric: MetricDescription = {
  label: 'num',
  description: 'NUM, normalised U-measure, of simulated search sessions',
  unit: 'search-session',
  lowerIsBetter: false,
};

/** The metrics of the result: the ad-hoc ones per query, and NUM per search session where sessions are configured. */
export function rankingMetrics({ metrics: table }: Parts, { data, evaluation }: RankingConfig): MetricDescription[] {
  const { metrics, searchSessions } = evaluation;
  const told = (description: string) =>
    data.gains === 'exponential' ? description : `${description} (gains of labels: ${gainWords(data.gains)})`;
  const described = metrics.map((label): MetricDescription => {
    const { metric } = parseMetric(label, table);
    const known: Readonly<Record<string, Pick<MetricEntry, 'description' | 'lowerIsBetter'>>> = { ...measures, ...table };
    const { description } = known[metric];
    return {
      label,
      description: ofGains.includes(metric) ? told(description) : description,
      unit: 'query',
      lowerIsBetter: known[metric].lowerIsBetter === true,
    };
  });
  return searchSessions === null ? described : [...described, { ...numMetric, description: told(numMetric.description) }];
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
  const { simulation, evaluation, data } = config;
  const { searchSessions } = evaluation;
  const values = perQueryValues(parts, config, test, scores, highestGrade);
  if (searchSessions === null) return values;
  const { count, ...options } = searchSessions;
  const { gains } = data;
  const attraction = attractionFromLabels(test.labels, { noise: simulation.noise, highestGrade, gains });
  const sessionsPerNeed = Math.max(1, Math.round(count / (test.offsets.length - 1)));
  const users = { attraction, clickModel: makeClickModel(parts, simulation), sessionsPerNeed, positions: simulation.positions, options };
  const { querySet, gain, highest } =
    gains === 'exponential' ? { querySet: test, gain: gains, highest: highestGrade } : gradedByGain(test, gains);
  const sessions = simulateSearchSessions({ querySet, scores, gains: gain, ...users }, rng.fork('search-sessions'));
  return [...values, num(sessions, { ...evaluation.num, gain, highestGrade: evaluation.num.labels === 'click' ? 1 : highest }).num];
}

/** The metrics per query of a ranking. @throws UsageError for labels that a metric does not take */
export function perQueryValues(
  parts: Parts,
  { data: { gains }, evaluation: { metrics, emptyQueries } }: RankingConfig,
  test: QuerySet,
  scores: Float32Array,
  highestGrade: number,
): Float64Array[] {
  const perQuery = evaluateRanking(scores, test, metrics, { emptyQueries, highestGrade, gain: gains }, parts.metrics);
  return metrics.map((name) => perQuery[name]);
}

/** Queries whose labels are their gains, for NUM with linear gain; a click on what is not judged is worth 1, as it is with exponential gains. */
function gradedByGain(test: QuerySet, gains: GainRule) {
  const gain = gainOf(gains);
  const labels = test.labels.map((label) => (label > 0 ? gain(label) : label));
  return { querySet: { ...test, labels }, gain: 'linear' as const, highest: labels.reduce((a, b) => Math.max(a, b), 1) };
}
