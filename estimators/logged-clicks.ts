import type { Bias } from '../src/bias.ts';
import type { ClickLog } from '../src/data/click-log.ts';
import type { QuerySet } from '../src/data/query-set.ts';

/** The bias a log was drawn with, for estimators that are told it (propensity: oracle). */
export interface KnownBias {
  readonly examination: Bias; //   P(E = 1)
  readonly affine: Extract<Bias, { kind: 'affine' }> | null; // α and β where clicks are affine in relevance (trust bias)
}

/** A click log, the queries it is about, and its true bias where an oracle may be asked. */
export interface LoggedClicks {
  readonly querySet: QuerySet;
  readonly log: ClickLog;
  readonly knownBias: KnownBias | null;
  /** True P(click | examined) by document row, in [0, 1]: for reference methods alone, all others get null. */
  readonly knownAttraction?: Float64Array | null;
}
