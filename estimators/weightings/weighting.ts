import type { RankingLists } from '../../src/learners/batches.ts';
import type { Normaliser } from '../../src/learners/ranking-learner.ts';
import type { Registered } from '../../src/registry.ts';
import type { GenericSchema } from '../../src/schema.ts';
import type { BiasKind, EstimatedBias } from '../bias/bias-estimator.ts';
import type { LearningInput, LoggedClicks } from '../estimator.ts';
import type { ClickSpread } from './click-spread.ts';
import type { WeightKind } from './loss-fault.ts';

/** What a weighting makes of the logs of an input: lists whose documents weigh as much as the log says of their relevance. */
export interface Weighted {
  readonly train: RankingLists;
  readonly heldOut: RankingLists | null; // weighed alike, for early stopping
  readonly normaliser: Normaliser;
  /** Lists of other sessions, weighed alike; absent where weights go by the whole log, and not by a list and the bias alone. */
  readonly listsOf?: (logged: LoggedClicks) => RankingLists;
  readonly clippedShare?: number; // share of the training log's clicks whose weight was cut; absent where none can be
}

/** @param bias what a bias estimator found; null for a weighting that takes none */
export type Weighting = (input: LearningInput, bias: EstimatedBias) => Weighted;

export type Spread = (logged: LoggedClicks, bias: EstimatedBias) => ClickSpread;

/** A way to correct clicks by a bias, by name. */
export type WeightingEntry<S extends GenericSchema = GenericSchema> = Registered<S, (options: never) => Weighting> & {
  /** What it corrects by; `none`: it takes clicks as they are; `either`: α and β where the estimator of bias tells them, else examination. */
  readonly takes: 'none' | 'examination' | 'affine' | 'either';
  /** Whether it takes examination that depends on the clicks above too: it weighs clicks one by one. */
  readonly byClicks?: boolean;
  /** What its weights ask of a loss, other than one number above 0 for each document; of what takes either, `positive` says that they are that by α and β too. */
  readonly weights?: WeightKind;
  /** How it spreads the clicks of a log, before any ranker is trained; absent where it multiplies none. */
  readonly spread?: (options: never) => Spread;
};

/** Whether a weighting can correct by what an estimator of bias gives. */
export const suits = ({ takes, byClicks = false }: Pick<WeightingEntry, 'takes' | 'byClicks'>, gives: BiasKind): boolean =>
  takes === 'none' || gives === 'both' || (gives === 'by-click' ? byClicks : takes === 'either' || takes === gives);
