import type { SessionEvaluation } from '../../src/session-metrics/evaluate-sessions.ts';
import { intervalCells, intervalHead } from '../records/csv.ts';

/** Means by metric and system. */
export const scoreHead = ['metric', 'system', 'mean', 'lower', 'upper', 'n', 'undefined', ...intervalHead('difference'), 'p', 'p_holm'];
export function* scoreRows({ request: { metrics, systems }, scores }: SessionEvaluation): Generator<(string | number | null)[]> {
  for (const [m, { name }] of metrics.entries())
    for (const [s, { label }] of systems.entries()) {
      const { mean, undefinedCount, difference } = scores[s][m];
      yield [
        ...[name, label, ...intervalCells(mean), mean?.n ?? 0, undefinedCount],
        ...[...intervalCells(difference?.mean), difference?.p ?? null, difference?.adjustedP ?? null],
      ];
    }
}

/** Values by search session: one row each, a column per metric, empty where undefined. */
export const perSessionHead = ({ request: { metrics } }: SessionEvaluation): string[] =>
  ['system', 'session', 'queries', 'satisfaction'].concat(metrics.map(({ name }) => name));
export function* perSessionRows({ request: { systems }, values }: SessionEvaluation): Generator<(string | number | null)[]> {
  for (const [s, { label, sessions }] of systems.entries())
    for (const [i, { id, queries, satisfaction }] of sessions.entries())
      yield [label, id, queries.length, satisfaction ?? null, ...values[s].map((ofMetric) => ofMetric[i])];
}

/** The whole evaluation as JSON; NaN is null. */
export function evaluationJson(evaluation: SessionEvaluation, perSession: boolean): unknown {
  const { request, scores, values, notes } = evaluation;
  const { labels, clickEnhancement, undefinedRule, test, systems, metrics } = request;
  return {
    settings: { ...labels, clickEnhancement, undefined: undefinedRule, test },
    notes,
    metrics: metrics.map(({ name, metric, options }, m) => ({
      name,
      metric,
      options,
      systems: systems.map(({ label }, s) => ({ system: label, ...scores[s][m] })),
    })),
    ...(perSession && {
      sessions: systems.flatMap(({ label, sessions }, s) =>
        sessions.map(({ id, queries, satisfaction = null }, i) => ({
          system: label,
          session: id,
          queries: queries.length,
          satisfaction,
          values: Object.fromEntries(metrics.map(({ name }, m) => [name, values[s][m][i]])),
        })),
      ),
    }),
  };
}
