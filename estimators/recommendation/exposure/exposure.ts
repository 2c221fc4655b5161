import type { Sourced } from '../../../src/bias-source.ts';
import type { InteractionLog, PairFeatures } from '../../../src/data/interactions/interaction-log.ts';
import { UsageError } from '../../../src/errors.ts';
import type { Rng } from '../../../src/random/rng.ts';
import type { Registered } from '../../../src/registry.ts';
import type { GenericSchema } from '../../../src/schema.ts';

/** A quantity of a pair. */
export type OfPair = (user: number, item: number) => number;

/** P(O = 1): how likely a pair was seen. */
export interface Exposure {
  /** In (0, 1]. */
  readonly pair: OfPair;
  /** Of an observed row of the log, where more is known of it than of its pair (its rating, its logged propensity). */
  readonly row: (row: number) => number;
  /** What a reader must know, such as items that nothing is known of. */
  readonly notes: readonly string[];
}

/** What an exposure estimator may see. */
export interface ExposureInput {
  readonly log: InteractionLog;
  readonly target: (row: number) => number; // of a row, in [0, 1]
  /** Pairs that were shown uniformly at random, never of the test part; for naive Bayes. */
  readonly uniformSample: { readonly log: InteractionLog; readonly target: (row: number) => number } | null;
  readonly userFeatures: PairFeatures | null;
  readonly itemFeatures: PairFeatures | null;
  /** For the oracle only. */
  readonly known: Exposure | null;
  readonly rng: Rng;
}

export type EstimateExposure = (input: ExposureInput) => Exposure;
export type ExposureEntry<S extends GenericSchema = GenericSchema> = Registered<S, (options: never) => EstimateExposure> & Sourced;

/** The exposure that depends on the item alone. */
export function itemExposure(log: InteractionLog, theta: Float64Array, notes: readonly string[]): Exposure {
  checkExposure(theta, 'item');
  return { pair: (_, item) => theta[item], row: (row) => theta[log.items[row]], notes };
}

/** The exposure of a row as that of its pair. */
export function pairExposure(users: Uint32Array, log: InteractionLog, pair: OfPair, notes: readonly string[]): Exposure {
  return { pair, row: (row) => pair(users[row], log.items[row]), notes };
}

/** @throws UsageError unless every value is in (0, 1] */
export function checkExposure(theta: Float64Array, what: string): void {
  const bad = theta.findIndex((value) => !(value > 0 && value <= 1));
  if (bad >= 0) throw new UsageError(`the exposure of ${what} ${bad} must be in (0, 1], got ${theta[bad]}; set a floor, or clip`);
}
