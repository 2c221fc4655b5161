import type { TestPairs } from '../../../estimators/recommendation/evaluate-recommender.ts';
import { pairExposure } from '../../../estimators/recommendation/exposure/index.ts';
import {
  checkListModel,
  type ImplicitFeedback,
  type RecommendationWorld,
  semiSyntheticOptions,
  semiSyntheticWorld,
  simulateImplicitFeedback,
  simulateLists,
  syntheticWorld,
  syntheticWorldOptions,
} from '../../../simulators/recommendation/index.ts';
import { filterRows, findRow, firstOfPairs, rowUsers } from '../../../src/data/interactions/interaction-log.ts';
import { named } from '../../../src/named.ts';
import { createRng, type Rng } from '../../../src/random/rng.ts';
import { make } from '../../../src/registry.ts';
import { type Decoded, integer, optional, positive, repetitions, shownPositions, strictObject } from '../../../src/schema.ts';
import { filePath } from '../../config/text-rules.ts';
import type { Parts } from '../../parts/parts.ts';
import type { Prepare, RecommendationProblem, WorldEntry } from '../recommendation/problem.ts';
import { openInteractionData, type Readers, readerName } from '../recommendation/recorded-data.ts';
import { recordedWorld } from '../recommendation/recorded-world.ts';

/** The same world for every seed, which draws relevance, exposure and clicks. */
const worldSeed = { worldSeed: optional(integer(), 1) };
const syntheticOptions = strictObject({ ...worldSeed, ...syntheticWorldOptions.entries });
const semiSynthetic = (readers: Readers) =>
  strictObject({
    reader: optional(readerName(readers), 'movielens-100k'),
    path: filePath(),
    ...worldSeed,
    ...semiSyntheticOptions.entries,
  });
const listOptions = (clickModels: Parts['clickModels']) =>
  strictObject({
    ...syntheticOptions.entries,
    clickModel: optional(named(clickModels), 'position-based'),
    positions: optional(shownPositions(), 10), //  items a list shows
    temperature: optional(positive(), 1), //       of the recommender that draws the lists from the world's exposure
    exposureDraws: optional(repetitions(), 200), // lists a user that the true exposure is averaged over
  });

const synthetic = (options: Decoded<typeof syntheticOptions>): RecommendationWorld =>
  syntheticWorld(options, createRng(`world/${options.worldSeed}`));

type SemiSynthetic = Decoded<ReturnType<typeof semiSynthetic>>;
type ListOptions = Decoded<ReturnType<typeof listOptions>>;

/** Every implicit-feedback world, by name. */
export const implicitWorlds = ({ clickModels, readers }: Parts) =>
  ({
    synthetic: {
      description: 'low-rank relevance and exposure driven by popularity, correlated as asked: the embedded default',
      options: syntheticOptions,
      create:
        (options: Decoded<typeof syntheticOptions>): Prepare =>
        async () => {
          const world = synthetic(options);
          return (rng) => simulatedProblem(world, simulateImplicitFeedback(world, rng));
        },
      lacks: () => ['uniformSample'],
    },
    'semi-synthetic': {
      description: 'relevance and exposure fitted to real ratings, feedback drawn from them (Saito et al. 2020)',
      options: semiSynthetic(readers),
      paths: ({ path }: SemiSynthetic) => [path],
      create: (options: SemiSynthetic): Prepare => {
        const read = openInteractionData(readers, options);
        return async () => {
          const { log, accounting = [] } = await read();
          const world = semiSyntheticWorld(log, options, createRng(`world/${options.worldSeed}`));
          const draw = (rng: Rng) => simulatedProblem(world, simulateImplicitFeedback(world, rng));
          return Object.assign(draw, { accounting });
        };
      },
      lacks: () => ['features', 'uniformSample'],
    },
    'position-biased-lists': {
      description: 'one list a user from a recommender of the synthetic world, clicked as a click model says',
      options: listOptions(clickModels),
      create: (options: ListOptions): Prepare => {
        const clickModel = make('click model', clickModels, options.clickModel, options.positions);
        checkListModel(clickModel, Math.min(options.positions, options.items));
        return async () => {
          const base = synthetic(options);
          return (rng) => {
            const { world, ...feedback } = simulateLists({ ...options, world: base, clickModel }, rng);
            return simulatedProblem(world, feedback);
          };
        };
      },
      lacks: () => ['uniformSample'],
    },
    recorded: recordedWorld(
      readers,
      'real clicks (or high ratings), one per pair, and a uniformly random test part',
      (data, options, target) => {
        const relevant = target(data.log, options.relevantFrom ?? 0);
        const log = firstOfPairs({ ...filterRows(data.log, (row) => relevant(row) === 1), propensities: null });
        return { log, target: () => 1, uniformSample: null };
      },
    ),
  }) satisfies Readonly<Record<string, WorldEntry>>;

/** Tested on the relevance of all pairs without a click. */
function simulatedProblem(world: RecommendationWorld, { log, relevant }: ImplicitFeedback): RecommendationProblem {
  const [U, I] = [world.userIds.length, world.itemIds.length];
  const theta = (user: number, item: number) => world.exposure[user * I + item];
  return {
    log,
    target: () => 1,
    uniformSample: null,
    userFeatures: world.userFeatures,
    itemFeatures: world.itemFeatures,
    known: pairExposure(rowUsers(log), log, theta, []),
    oracle: (user, item) => world.relevance[user * I + item],
    test: unclickedPairs(log, relevant, U, I),
  };
}

function unclickedPairs(log: ImplicitFeedback['log'], relevant: Uint8Array, U: number, I: number): TestPairs {
  const clicks = log.clicks.reduce((sum, click) => sum + click, 0);
  const offsets = new Uint32Array(U + 1);
  const items = new Uint32Array(U * I - clicks);
  const labels = new Float32Array(U * I - clicks);
  let at = 0;
  for (let u = 0; u < U; u++) {
    for (let i = 0; i < I; i++) {
      const row = findRow(log, u, i);
      if (row >= 0 && log.clicks[row] === 1) continue;
      items[at] = i;
      labels[at++] = relevant[u * I + i];
    }
    offsets[u + 1] = at;
  }
  return { offsets, items, labels };
}
