import type { SearchSession } from '../../../src/data/search-session.ts';
import type { MetricColumn } from '../../../src/meta-evaluation/scored-sessions.ts';

/** A search session of one query; `clicks` are what was clicked of a list of documents a, b, c …, with grades if given. */
export const session = (id: string, satisfaction: number | undefined, extra: Partial<SearchSession> = {}): SearchSession => ({
  id,
  queries: [{ results: [{ id: 'a', clicked: true }] }],
  ...(satisfaction === undefined ? {} : { satisfaction }),
  ...extra,
});

/** One search session per rating, named s0, s1 … */
export const rated = (ratings: ArrayLike<number>): SearchSession[] => Array.from(ratings, (value, i) => session(`s${i}`, value));

/** A metric that says what it is told: one value per session named s0, s1 … */
export const told = (name: string, values: ArrayLike<number>): MetricColumn => ({
  name,
  compute: (sessions) => Float64Array.from(sessions, ({ id }) => values[Number(id.slice(1))]),
});
