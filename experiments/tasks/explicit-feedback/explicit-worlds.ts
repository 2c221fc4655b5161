import {
  checkSelfSelectedRatings,
  selfSelectedRatingsOptions,
  simulateSelfSelectedRatings,
} from '../../../simulators/recommendation/index.ts';
import { type Decoded, nullable, optional, real, strictObject } from '../../../src/schema.ts';
import type { Parts } from '../../parts/parts.ts';
import type { Prepare, WorldEntry } from '../recommendation/problem.ts';
import { targetOf, testPairsOf } from '../recommendation/recorded-data.ts';
import { recordedWorld } from '../recommendation/recorded-world.ts';

const selfSelected = strictObject({
  relevantFrom: optional(nullable(real()), null), // lowest rating that is relevant; null: the rating on [0, 1]
  ...selfSelectedRatingsOptions.entries,
});

/** Every explicit-feedback world, by name. */
export const explicitWorlds = ({ readers }: Parts) =>
  ({
    'self-selected-ratings': {
      description: 'ratings that users choose to give, more often the better they like an item; every seed draws a world',
      options: selfSelected,
      create: ({ relevantFrom, ...options }: Decoded<typeof selfSelected>): Prepare => {
        checkSelfSelectedRatings(options);
        return async () => (rng) => {
          const { log, uniformSample, uniformTest, ratings, propensities, scale } = simulateSelfSelectedRatings(options, rng);
          const value = (rating: number) =>
            relevantFrom === null ? (rating - scale[0]) / (scale[1] - scale[0]) : Number(rating >= relevantFrom);
          const at = (user: number, item: number) => user * options.items + item;
          return {
            log,
            target: targetOf(log, relevantFrom, scale),
            uniformSample: uniformSample && { log: uniformSample, target: targetOf(uniformSample, relevantFrom, scale) },
            userFeatures: null,
            itemFeatures: null,
            known: {
              pair: (user, item) => propensities[at(user, item)],
              row: (row) => (log.propensities as Float64Array)[row],
              notes: [],
            },
            oracle: (user, item) => value(ratings[at(user, item)]),
            test: testPairsOf(uniformTest, targetOf(uniformTest, relevantFrom, scale)),
            testLog: uniformTest,
            ...(relevantFrom === null && { unit: scale[1] - scale[0] }),
          };
        };
      },
      lacks: ({ uniformSample, relevantFrom }: Decoded<typeof selfSelected>) => [
        'features',
        ...(uniformSample === 0 ? (['uniformSample'] as const) : []),
        ...(relevantFrom === null ? (['relevance'] as const) : []),
      ],
    },
    recorded: recordedWorld(
      readers,
      'real ratings, or impressions with clicks and their propensities, and a uniformly random test part',
      ({ log }, { relevantFrom }, target) => ({ log, target: target(log, relevantFrom) }),
    ),
  }) satisfies Readonly<Record<string, WorldEntry>>;
