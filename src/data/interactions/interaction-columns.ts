import type { InteractionLog } from './interaction-log.ts';

/** What a log's file may hold beside `user` and `item`, by the names of its columns; null where the log has none. */
export const interactionColumns = {
  click: ({ clicks }) => clicks,
  rating: ({ ratings }) => ratings,
  conversion: ({ conversions }) => conversions,
  propensity: ({ propensities }) => propensities,
  timestamp: ({ timestamps }) => timestamps,
  rank: ({ positions }) => positions && Uint16Array.from(positions, (position) => position + 1), // 1-based
} satisfies Readonly<Record<string, (log: InteractionLog) => ArrayLike<number> | null>>;
export type InteractionColumn = keyof typeof interactionColumns;

export const interactionColumnNames = Object.keys(interactionColumns) as readonly InteractionColumn[];
