import type { SearchSession } from '../data/search-session.ts';
import type { Registered } from '../registry.ts';
import type { GenericSchema } from '../schema.ts';

/** One value per search session, in their order; NaN where the metric is undefined. */
export type SessionMetric = (sessions: readonly SearchSession[]) => Float64Array;

/** An object schema with its keys: what a metric's text may set. */
export type OptionsSchema = GenericSchema & { readonly entries: Readonly<Record<string, unknown>> };

/** A metric of search sessions by name. Its options are every constant of its formula, with defaults. */
export interface SessionMetricEntry<S extends OptionsSchema = OptionsSchema> extends Registered<S, (options: never) => SessionMetric> {
  /** The field's short names of options, as formulas write them: L for trailtextLength. */
  readonly symbols: Readonly<Record<string, string>>;
}
