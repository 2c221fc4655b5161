import type { SearchResult, SearchSession } from '../data/search-session.ts';
import { UsageError } from '../errors.ts';
import { twoToThe } from '../math/exponential-grade.ts';
import { type Described, lookup } from '../registry.ts';

type Gold = (session: SearchSession) => number;
interface GoldMetric extends Described {
  readonly of: Gold;
  readonly clicks?: boolean; // it needs them
}

/** Whether it was recorded of every result whether it was clicked. */
export const hasClicks = ({ queries }: SearchSession): boolean =>
  queries.every(({ results }) => results.every(({ clicked }) => clicked !== undefined));

const resultsOf = ({ queries }: SearchSession): SearchResult[] => queries.flatMap(({ results }) => results);

/** Simple things that a good metric should agree with; higher is better. They state what is meant, they are no metrics to report. */
export const goldMetrics = {
  satisfaction: {
    description: "the user's own rating",
    of: ({ satisfaction }: SearchSession) => satisfaction ?? Number.NaN,
  },
  'gain-found': {
    description: 'Σ 2^grade − 1 over the documents clicked, each once; without grades how many they are',
    clicks: true,
    of: (session: SearchSession) => {
      const gains = new Map<string, number>();
      for (const { id, clicked, grade } of resultsOf(session)) if (clicked) gains.set(id, twoToThe(grade ?? 1) - 1);
      return [...gains.values()].reduce((sum, gain) => sum + gain, 0);
    },
  },
  'few-queries': { description: 'minus the number of queries', of: ({ queries }: SearchSession) => -queries.length },
  'early-click': {
    description: 'minus the number of results shown before the first click of the search session',
    clicks: true,
    of: (session: SearchSession) => {
      const results = resultsOf(session);
      const first = results.findIndex(({ clicked }) => clicked);
      return -(first < 0 ? results.length : first);
    },
  },
  'click-precision': {
    description: 'share of results clicked',
    clicks: true,
    of: (session: SearchSession) => {
      const results = resultsOf(session);
      return results.length === 0 ? 0 : results.filter(({ clicked }) => clicked).length / results.length;
    },
  },
} satisfies Record<string, GoldMetric>;

/** The name of a gold metric. */
export type GoldName = keyof typeof goldMetrics;

/** Values of gold metrics: `a` is one, `a+b` both, with which a metric then has to agree. @throws UsageError on an unknown name, and where clicks that it needs were not recorded */
export function goldValues(sessions: readonly SearchSession[], text: string): Float64Array[] {
  return text.split('+').map((name) => {
    const { of, clicks = false } = lookup<GoldMetric>('gold metric', goldMetrics, name.trim());
    const without = clicks ? sessions.find((session) => !hasClicks(session)) : undefined;
    if (without !== undefined)
      throw new UsageError(
        `gold metric "${name.trim()}" needs clicks, which were not recorded of search session ${without.id}; leave it out`,
      );
    return Float64Array.from(sessions, of);
  });
}
