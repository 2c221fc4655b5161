import type { TestPairs } from '../../../estimators/recommendation/evaluate-recommender.ts';
import type { Exposure, OfPair } from '../../../estimators/recommendation/index.ts';
import type { Accounting } from '../../../src/data/accounting.ts';
import type { InteractionLog, PairFeatures } from '../../../src/data/interactions/interaction-log.ts';
import type { Rng } from '../../../src/random/rng.ts';
import type { Registered } from '../../../src/registry.ts';
import type { GenericSchema } from '../../../src/schema.ts';

/** What one seed's learners get, and what they are tested on. */
export interface RecommendationProblem {
  readonly log: InteractionLog;
  readonly target: (row: number) => number;
  readonly uniformSample: { readonly log: InteractionLog; readonly target: (row: number) => number } | null;
  readonly userFeatures: PairFeatures | null;
  readonly itemFeatures: PairFeatures | null;
  readonly known: Exposure | null; // the truth, for the oracle
  readonly oracle: OfPair | null; //   the truth, for ideal
  readonly test: TestPairs;
  readonly unit?: number; //           what 1 of a target is on the scale of the ratings; absent where a target is no rating
  /** The test part as a log, where its labels are made of ratings. */
  readonly testLog?: InteractionLog;
}

/** Draws the problem of a seed. */
export interface DrawProblem {
  (rng: Rng): RecommendationProblem;
  /** Of files that were read. */
  readonly accounting?: readonly Accounting[];
}

/** What is the same for all seeds is made once; each seed draws its own problem. */
export type Prepare = () => Promise<DrawProblem>;

/** What only some problems have: features of users or items, a uniform sample, targets that are relevant or not. */
export type Lack = 'features' | 'uniformSample' | 'relevance';

/** Where users, items and feedback come from, by name; `create` takes decoded options and throws a UsageError where they do not fit together. */
export type WorldEntry<S extends GenericSchema = GenericSchema> = Registered<S, (options: never) => Prepare> & {
  /** Files or folders that the options name, for the record. */
  readonly paths?: (options: never) => readonly string[];
  /** What its problems lack for certain; of files more may show when they are read. */
  readonly lacks?: (options: never) => readonly Lack[];
};
