import { num } from './num.ts';
import { type NumOptions, numOptions, numSymbols } from './num-options.ts';
import type { SessionMetricEntry } from './session-metric.ts';

/** One entry per metric. */
export const sessionMetrics = {
  NUM: {
    description: 'normalised U-measure: the search session as one trailtext, over that of an ideal session',
    options: numOptions,
    symbols: numSymbols,
    create: (options: NumOptions) => (sessions) => num(sessions, options).num,
  },
} satisfies Record<string, SessionMetricEntry>;
