import { documentProbabilities, drawSearchSessions } from '../../../simulators/index.ts';
import type { QuerySet } from '../../../src/data/query-set.ts';
import { type GainRule, gainOf, gainWords } from '../../../src/label-gains.ts';
import {
  evaluateRanking,
  isExposureMetric,
  type MetricEntry,
  measures,
  type metrics,
  parseMetric,
  policyExposure,
} from '../../../src/metrics/index.ts';
import type { Rng } from '../../../src/random/rng.ts';
import { numScorer } from '../../../src/session-metrics/index.ts';
import type { Parts } from '../../parts/parts.ts';
import type { MetricDescription } from '../../tables/study-description.ts';
import type { RankingConfig } from './ranking-config.ts';
import { documentOptions, makeClickModel } from './simulate-logs.ts';

/** The metrics that go by the gains of `data.gains`; measures in ir_measures' notation have gains of their own. */
const ofGains: readonly string[] = ['dcg', 'err', 'ndcg'] satisfies (keyof typeof metrics)[];

const numMetric: MetricDescription = {
  label: 'num',
  description: 'NUM, normalised U-measure, of simulated search sessions, the mean over those of a query',
  unit: 'query',
  lowerIsBetter: false,
};

/** The metrics of the result: the ad-hoc ones per query, and NUM per query where search sessions are configured. */
export function rankingMetrics(
  { metrics: table }: Pick<Parts, 'metrics'>,
  {
    data,
    evaluation,
  }: Pick<RankingConfig, 'data'> & { readonly evaluation: Pick<RankingConfig['evaluation'], 'metrics' | 'searchSessions'> },
): MetricDescription[] {
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
 * simulated on it, with the same users, needs and reformulations for every ranker of a seed: of a query, the mean over its sessions where defined.
 * @param keep gets the NUM of every search session, the same number for every query, in the order of queries; queries without documents have NaN
 */
export function evaluateScores(
  parts: Parts,
  config: RankingConfig,
  test: QuerySet,
  scores: Float32Array,
  highestGrade: number,
  rng: Rng,
  keep: (bySession: Float64Array) => void = () => {},
): Float64Array[] {
  const values = perQueryValues(parts, config, test, scores, highestGrade);
  if (config.evaluation.searchSessions === null) return values;
  const each = sessionsPerQuery(config, test);
  const bySession = searchSessionNums(parts, config, test, scores, highestGrade, each, rng.fork('search-sessions'));
  keep(bySession);
  const byQuery = Float64Array.from(test.queryIds, (_, q) => {
    const defined = bySession.subarray(q * each, (q + 1) * each).filter((value) => !Number.isNaN(value));
    return defined.reduce((sum, value) => sum + value, 0) / defined.length;
  });
  return [...values, byQuery];
}

/** Search sessions of every test query: as many of each as give about the number that is configured. */
export const sessionsPerQuery = ({ evaluation: { searchSessions } }: RankingConfig, { queryIds }: QuerySet): number =>
  Math.max(1, Math.round((searchSessions?.count ?? 0) / queryIds.length));

/** NUM of every search session, `each` of every query; NaN of queries without documents. */
function searchSessionNums(
  parts: Parts,
  config: RankingConfig,
  test: QuerySet,
  scores: Float32Array,
  highestGrade: number,
  each: number,
  rng: Rng,
): Float64Array {
  const {
    simulation,
    evaluation,
    data: { gains },
  } = config;
  const { count: _count, ...options } = evaluation.searchSessions ?? {};
  const clickModel = makeClickModel(parts, simulation);
  const documents = documentProbabilities(clickModel, test.labels, documentOptions(config, highestGrade));
  const users = { ...documents, clickModel, sessionsPerNeed: each, positions: simulation.positions, options };
  const { querySet, gain, highest } =
    gains === 'exponential' ? { querySet: test, gain: gains, highest: highestGrade } : gradedByGain(test, gains);
  const score = numScorer({ ...evaluation.num, gain, highestGrade: evaluation.num.labels === 'click' ? 1 : highest });
  const nums = new Float64Array(each * test.queryIds.length).fill(Number.NaN);
  const drawn = new Uint32Array(test.queryIds.length);
  for (const { need, session } of drawSearchSessions({ querySet, scores, gains: gain, ...users }, rng))
    nums[need * each + drawn[need]++] = score(session).num;
  return nums;
}

/** The metrics per query of a ranking. @throws UsageError for labels that a metric does not take */
export function perQueryValues(
  parts: Pick<Parts, 'metrics'>,
  {
    data: { gains },
    evaluation: { metrics, emptyQueries, policy },
  }: Pick<RankingConfig, 'data'> & {
    readonly evaluation: Pick<RankingConfig['evaluation'], 'metrics' | 'emptyQueries'> &
      Partial<Pick<RankingConfig['evaluation'], 'policy'>>;
  },
  test: QuerySet,
  scores: Float32Array,
  highestGrade: number,
): Float64Array[] {
  const perQuery = evaluateRanking(scores, test, metrics, { emptyQueries, highestGrade, gain: gains }, parts.metrics);
  return metrics.map((name) => {
    const { metric, cutoff } = parseMetric(name, parts.metrics);
    return policy === 'plackett-luce' && isExposureMetric(metric)
      ? policyExposure(metric, scores, test, { cutoff, emptyQueries })
      : perQuery[name];
  });
}

/** Queries whose labels are their gains, for NUM with linear gain; a click on what is not judged is worth 1, as it is with exponential gains. */
function gradedByGain(test: QuerySet, gains: GainRule) {
  const gain = gainOf(gains);
  const labels = test.labels.map((label) => (label > 0 ? gain(label) : label));
  return { querySet: { ...test, labels }, gain: 'linear' as const, highest: labels.reduce((a, b) => Math.max(a, b), 1) };
}
