import type { Bias } from '../src/bias.ts';
import type { Registered } from '../src/registry.ts';
import type { GenericSchema } from '../src/schema.ts';

/**
 * How a user clicks on a list. Attraction is the probability of a click when examined (trust bias: of relevance), one per position.
 * A model is a walk down the list: `state` is all that the clicks above a position say about it, one number.
 * Everything else (log-likelihood, sampling one session, sampling counted sessions) follows from the walk,
 * so it is written once for all models.
 */
export interface ClickModel {
  readonly name: string;
  /** What the model was made with, by name; one value per position, length K. Enough to write down and to make it again. */
  readonly parameters: Readonly<Record<string, Float64Array>>;
  /** K, how many positions the parameters cover; Infinity where the model has none per position. Longer lists are a UsageError. */
  readonly positions: number;
  /** Examination or affine bias, where it is the same for every list; null where examination depends on the documents above. */
  readonly bias: Bias | null;
  /** State before the first position. */
  readonly initialState: number;
  /** P(C_k = 1 | clicks above k), k 0-based. */
  conditional(position: number, attraction: number, state: number): number;
  /** State before position k + 1 once position k was clicked or not. */
  next(position: number, attraction: number, state: number, clicked: boolean): number;
  /** P(C_k = 1) for every position, by the model's own formula (not by the walk: a contract test compares the two). */
  marginal(attraction: Float64Array): Float64Array;
  /** P(E_k = 1) for every position: the inverse of this makes a click an unbiased sign of attraction (not so under trust bias). */
  examination(attraction: Float64Array): Float64Array;
}

/** Receives one click pattern (valid only during the call) and how many sessions had it. */
export type CountedPattern = (clicks: Uint8Array, count: number) => void;

/** A click model, by name; `create` takes decoded options and K, the number of positions. */
export type ClickModelEntry<S extends GenericSchema = GenericSchema> = Registered<S, (options: never, positions: number) => ClickModel>;
