import type { SearchSession } from '../data/search-session.ts';
import { UsageError } from '../errors.ts';
import { createRng } from '../random/rng.ts';
import { correctDefined, type Estimate, meanInterval, orNull, pairedDifferences, pairedTTest, spreadSignFlipTest } from '../stats/index.ts';
import { clickThroughEnhancement } from './click-through-enhancement.ts';
import { num } from './num.ts';
import type { NumOptions } from './num-options.ts';
import type { NamedSessionMetric } from './parse-session-metric.ts';
import type { LabelSettings } from './settle-labels.ts';

/** One system's search sessions, by the name it has in tables. */
export interface SessionSystem {
  readonly label: string;
  readonly sessions: readonly SearchSession[];
}

/** Systems and metrics to be compared on the same search sessions. */
export interface SessionEvaluationRequest {
  readonly systems: readonly SessionSystem[]; // the first is the baseline
  readonly metrics: readonly NamedSessionMetric[];
  readonly labels: LabelSettings;
  readonly clickEnhancement: boolean; //         best labels of the search session for every metric, not only NUM
  readonly undefinedRule: 'skip' | 'zero'; //    what an undefined value counts as
  readonly test: 'paired-t' | 'sign-flip';
}

/** A metric of one system. */
export interface SystemScore {
  readonly mean: Estimate | null; //       95 % t interval over search sessions; null where none is defined
  readonly undefinedCount: number;
  readonly difference: PairedComparison | null; // from the baseline; null for it, and where fewer than two pairs are defined
}

export interface PairedComparison {
  readonly mean: Estimate; //            over the search sessions that both have a value on
  readonly p: number | null; //          two-sided; null where it is undefined, as the differences have no spread
  readonly adjustedP: number | null; //  Holm over the systems compared on this metric
}

/** Values of every metric on every search session of every system, with their means and comparisons. */
export interface SessionEvaluation {
  readonly request: SessionEvaluationRequest;
  readonly values: readonly (readonly Float64Array[])[]; // [system][metric], in the order of the system's search sessions; NaN: undefined
  readonly scores: readonly (readonly SystemScore[])[]; //  [system][metric]
  readonly notes: readonly string[];
}

/**
 * Every metric on every search session of every system, means, and differences from the first system on the search sessions both have, by id.
 * @throws UsageError when a system shares no search session with the first, or a metric is named twice
 */
export function evaluateSessions(
  request: SessionEvaluationRequest,
  onProgress: (done: number, total: number, what: string) => void = () => {},
): SessionEvaluation {
  const { systems, metrics, labels, undefinedRule } = request;
  const twice = metrics.find(({ name }, m) => metrics.findIndex((other) => other.name === name) < m);
  if (twice !== undefined) throw new UsageError(`metric "${twice.name}" is named twice; name it once, or give one of them other options`);
  const notes: string[] = [];
  const values = systems.map(({ label, sessions }, s) => {
    const scored = request.clickEnhancement ? clickThroughEnhancement(sessions, labels.labels) : sessions;
    return metrics.map((metric, m) => {
      if (m === 0 || sessions.length >= slow)
        onProgress(s * metrics.length + m, systems.length * metrics.length, `${metric.name} of ${label}`);
      notes.push(...clampNotes(metric, label, scored));
      const computed = metric.compute(scored);
      return undefinedRule === 'zero' ? computed.map((value) => (Number.isNaN(value) ? 0 : value)) : computed;
    });
  });
  const pairs = systems.map((system, s) => (s === 0 ? null : pairSessions(systems[0], system, notes)));
  const columns = metrics.map((_, m) =>
    scoreColumn(
      metrics[m].name,
      request.test,
      values.map((ofSystem) => ofSystem[m]),
      pairs,
    ),
  );
  return { request, values, scores: systems.map((_, s) => columns.map((column) => column[s])), notes };
}

/** Search sessions from which on a metric takes long enough to be told of. */
const slow = 50_000;

/** Places of the search sessions that two systems share, [of the baseline, of the system]. */
type Pairs = readonly (readonly [baseline: number, system: number])[];

function pairSessions(baseline: SessionSystem, system: SessionSystem, notes: string[]): Pairs {
  const places = new Map(system.sessions.map(({ id }, i) => [id, i]));
  const pairs = baseline.sessions.flatMap(({ id }, i) => {
    const place = places.get(id);
    return place === undefined ? [] : [[i, place] as const];
  });
  if (pairs.length === 0)
    throw new UsageError(
      `${system.label} and ${baseline.label} share no search session: systems are compared on search sessions of the same id`,
    );
  const alone = baseline.sessions.length + system.sessions.length - 2 * pairs.length;
  if (alone > 0) notes.push(`${system.label} is compared with ${baseline.label} on the ${pairs.length} search sessions that both have`);
  return pairs;
}

/** One metric of every system: the family of tests that Holm's correction is over. */
function scoreColumn(
  metric: string,
  test: SessionEvaluationRequest['test'],
  values: readonly Float64Array[],
  pairs: readonly (Pairs | null)[],
): SystemScore[] {
  const rng = createRng('evaluate-sessions');
  const raw = pairs.map((ofSystem, s) => {
    const both = (ofSystem ?? []).filter(([b, i]) => !Number.isNaN(values[0][b]) && !Number.isNaN(values[s][i]));
    if (both.length < 2) return null;
    const [ours, theirs] = [both.map(([, i]) => values[s][i]), both.map(([b]) => values[0][b])];
    const { p } = test === 'paired-t' ? pairedTTest(ours, theirs) : spreadSignFlipTest(ours, theirs, rng.fork(`${metric}/${s}`), 10_000);
    return { mean: meanInterval(pairedDifferences(ours, theirs)), p: orNull(p) };
  });
  const adjusted = correctDefined(
    'holm',
    raw.map((one) => one?.p ?? null),
  );
  return values.map((ofSystem, s) => {
    const defined = ofSystem.filter((value) => !Number.isNaN(value));
    const difference = raw[s];
    return {
      mean: defined.length === 0 ? null : meanInterval(defined),
      undefinedCount: ofSystem.length - defined.length,
      difference: difference && { ...difference, adjustedP: adjusted[s] },
    };
  });
}

/** NUM is no longer bounded with real lengths: how many scores were set to 1. */
function clampNotes({ name, metric, options }: NamedSessionMetric, label: string, sessions: readonly SearchSession[]): string[] {
  if (metric !== 'NUM' || options.useLengths !== true) return [];
  const { clampedCount } = num(sessions, options as Partial<NumOptions>);
  return clampedCount === 0 ? [] : [`${name} of ${label}: ${clampedCount} scores above 1 were set to 1`];
}
