import type { SearchSession } from '../data/search-session.ts';
import type { Registered } from '../registry.ts';
import type { GenericSchema } from '../schema.ts';
import type { SessionTable } from './session-table.ts';

/** One value per search session, in their order; NaN where the metric is undefined. */
export type SessionMetric = (sessions: readonly SearchSession[]) => Float64Array;

/** An object schema with its keys: what a metric's text may set. */
export type OptionsSchema = GenericSchema & { readonly entries: Readonly<Record<string, unknown>> };

/** A metric of search sessions by name. Its options are every constant of its formula, with defaults. */
export interface SessionMetricEntry<S extends OptionsSchema = OptionsSchema> extends Registered<S, (options: never) => SessionMetric> {
  /** The field's short names of options, as formulas write them: L for trailtextLength. */
  readonly symbols: Readonly<Record<string, string>>;
  /** Options that the printed name says even where they have their default, as readers would take the other for granted. */
  readonly alwaysNamed?: readonly string[];
}

/** A metric that is one number of each search session's table, and perhaps of the search session itself. */
export function perSession(table: SessionTable, value: (table: SessionTable, session: SearchSession) => number): SessionMetric {
  return (sessions) => {
    const values = new Float64Array(sessions.length);
    for (let s = 0; s < sessions.length; s++) {
      table.load(sessions[s]);
      values[s] = value(table, sessions[s]);
    }
    return values;
  };
}
