import { pairExposure } from '../../../estimators/recommendation/exposure/index.ts';
import { checkEntireSpace, entireSpaceOptions, simulateEntireSpace } from '../../../simulators/recommendation/index.ts';
import { rowUsers } from '../../../src/data/interactions/interaction-log.ts';
import type { Decoded } from '../../../src/schema.ts';
import type { Prepare, WorldEntry } from '../recommendation/problem.ts';
import { testPairsOf } from '../recommendation/recorded-data.ts';

/** Every world with conversions, by name. */
export const conversionWorlds = {
  'entire-space': {
    description: 'impression → click → conversion, clicks correlated with conversions; every seed draws a world',
    options: entireSpaceOptions,
    create: (options: Decoded<typeof entireSpaceOptions>): Prepare => {
      checkEntireSpace(options);
      return async () => (rng) => {
        const { log, test, click, conversion, testConversions } = simulateEntireSpace(options, rng);
        return {
          log,
          target: (row) => (log.conversions as Uint8Array)[row],
          uniformSample: null,
          userFeatures: null,
          itemFeatures: null,
          known: pairExposure(rowUsers(log), log, (user, item) => click[user * options.items + item], []), // a conversion is seen of a click
          oracle: (user, item) => conversion[user * options.items + item],
          test: testPairsOf(test, (row) => testConversions[row]),
        };
      };
    },
    lacks: () => ['features', 'uniformSample'],
  },
} satisfies Readonly<Record<string, WorldEntry>>;
