import { optional, picklist, real } from '../schema.ts';

/** Options of metrics whose gain decays with time. */
export const timeOptions = (over: 'session' | 'mean-of-queries') => ({
  /** Seconds that a new query takes before its first result is looked at. 0: the published formulas have no such time. */
  reformulationTime: optional(real(0), 0),
  /** Time runs on through the search session, or starts at 0 with every query, and the queries' values are averaged. */
  over: optional(picklist(['session', 'mean-of-queries']), over),
});
