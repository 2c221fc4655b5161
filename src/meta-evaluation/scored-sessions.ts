import type { SearchSession } from '../data/search-session.ts';
import { UsageError } from '../errors.ts';

/** A metric by the name it goes by in tables: what `parseSessionMetric` returns. */
export interface MetricColumn {
  readonly name: string;
  readonly compute: (sessions: readonly SearchSession[]) => Float64Array;
}

/** What becomes of search sessions on which a metric is undefined: left out for *all* metrics, or scored 0 by that metric. */
export type UndefinedRule = 'skip' | 'zero';

/** Metric values and satisfaction of the search sessions that everything is computed on. */
export interface ScoredSessions {
  readonly metrics: readonly string[];
  readonly values: readonly Float64Array[]; // [metric], one per session used
  readonly satisfaction: Float64Array;
  readonly sessions: readonly SearchSession[]; // those used
  readonly read: number; //                    in the log
  readonly unrated: number; //                 left out for want of satisfaction
  readonly undefinedCounts: readonly number[]; // [metric], among rated sessions
}

/** Below this a correlation with its interval says next to nothing. */
const fewest = 10;

/**
 * Scores the rated search sessions by every metric, so that all metrics are compared on the same sessions.
 * @throws UsageError without metrics or with one twice; when no session is rated, all ratings are equal, or fewer than ten sessions are left
 */
export function scoreSessions(
  sessions: readonly SearchSession[],
  metrics: readonly MetricColumn[],
  undefinedRule: UndefinedRule = 'skip',
): ScoredSessions {
  const names = metrics.map(({ name }) => name);
  const twice = names.find((name, m) => names.indexOf(name) < m);
  if (names.length === 0) throw new UsageError('a meta-evaluation needs at least one metric, got none');
  if (twice !== undefined) throw new UsageError(`metric "${twice}" is named twice; name it once, or give one of them other options`);
  const rated = sessions.filter(({ satisfaction }) => satisfaction !== undefined && Number.isFinite(satisfaction));
  if (rated.length === 0) {
    const ofQueries = sessions.some(({ queries }) => queries.some(({ satisfaction }) => satisfaction !== undefined));
    throw new UsageError(
      `none of ${sessions.length} search sessions has a satisfaction${ofQueries ? ' of its own, only queries have' : ''}: there is nothing to hold metrics against; add "satisfaction" to the log, or use evaluate-sessions`,
    );
  }
  const all = metrics.map(({ compute }) => compute(rated));
  const undefinedCounts = all.map((values) => values.reduce((count, value) => count + (Number.isNaN(value) ? 1 : 0), 0));
  const kept = rated.map((_, i) => i).filter((i) => undefinedRule === 'zero' || all.every((values) => !Number.isNaN(values[i])));
  if (kept.length < fewest) {
    const most = Math.max(...undefinedCounts);
    const which = names.filter((_, m) => undefinedCounts[m] === most).join(', ');
    const way = most === rated.length ? 'leave it out, or see its options' : 'leave it out, or see --undefined zero';
    const why = most > 0 ? `, as ${which} is undefined in ${most} of ${rated.length} rated ones: ${way}` : '';
    throw new UsageError(`a meta-evaluation needs at least ${fewest} search sessions, got ${kept.length}${why}`);
  }
  const satisfaction = Float64Array.from(kept, (i) => rated[i].satisfaction as number);
  if (satisfaction.every((value) => value === satisfaction[0]))
    throw new UsageError(
      `every one of ${kept.length} search sessions has satisfaction ${satisfaction[0]}: nothing correlates with a constant`,
    );
  return {
    metrics: names,
    values: all.map((values) => Float64Array.from(kept, (i) => (Number.isNaN(values[i]) ? 0 : values[i]))),
    satisfaction,
    sessions: kept.map((i) => rated[i]),
    read: sessions.length,
    unrated: sessions.length - rated.length,
    undefinedCounts,
  };
}
