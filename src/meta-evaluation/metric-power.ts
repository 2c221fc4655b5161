import type { SearchSession } from '../data/search-session.ts';
import { UsageError } from '../errors.ts';
import type { Rng } from '../random/rng.ts';
import { type DiscriminativePower, discriminativePower, type PairTestName } from '../stats/discriminative-power.ts';
import type { MetricColumn, UndefinedRule } from './scored-sessions.ts';

/** The log of one system; logs of several are compared session by session, by id. */
export interface SystemLog {
  readonly name: string;
  readonly sessions: readonly SearchSession[];
}

/** Which pairs of systems a metric tells apart, and on how many search sessions. */
export interface MetricPower extends DiscriminativePower {
  readonly metric: string;
  readonly units: number; // search sessions that every system has and the metric is defined on
}

/**
 * Discriminative power of every metric over systems that met the same users and needs (as the simulator's common random numbers give).
 * @throws UsageError on fewer than two systems, an id twice in a log, or fewer than ten shared search sessions on which a metric is defined
 */
export function metricPower(
  systems: readonly SystemLog[],
  metrics: readonly MetricColumn[],
  rng: Rng,
  options: { test?: PairTestName; alpha?: number; undefinedRule?: UndefinedRule } = {},
): MetricPower[] {
  const { test = 'randomised-tukey', alpha = 0.05, undefinedRule = 'skip' } = options;
  if (systems.length < 2) throw new UsageError(`discriminative power needs at least two systems, got ${systems.length}`);
  const shared = sharedSessions(systems);
  return metrics.map(({ name, compute }) => {
    const values = shared.map((sessions) =>
      compute(sessions).map((value) => (undefinedRule === 'zero' && Number.isNaN(value) ? 0 : value)),
    );
    const kept = [...values[0].keys()].filter((i) => values.every((ofSystem) => !Number.isNaN(ofSystem[i])));
    if (kept.length < 10)
      throw new UsageError(
        `${name} is defined on only ${kept.length} search sessions that all ${systems.length} systems have; at least 10 are needed`,
      );
    const units = values.map((ofSystem) => Float64Array.from(kept, (i) => ofSystem[i]));
    return { metric: name, units: kept.length, ...discriminativePower(units, rng.fork(name), { test, alpha }) };
  });
}

/** Of every system the search sessions whose ids all systems have, in one order. */
function sharedSessions(systems: readonly SystemLog[]): SearchSession[][] {
  const byId = systems.map(({ name, sessions }) => {
    const map = new Map(sessions.map((session) => [session.id, session]));
    if (map.size < sessions.length) throw new UsageError(`system ${name} has a search session id twice; ids pair the systems' sessions`);
    return map;
  });
  const ids = systems[0].sessions.map(({ id }) => id).filter((id) => byId.every((map) => map.has(id)));
  return byId.map((map) => ids.map((id) => map.get(id) as SearchSession));
}
