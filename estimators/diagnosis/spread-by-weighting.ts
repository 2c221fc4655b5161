import { decodeOptions } from '../../src/decode-options.ts';
import { UsageError } from '../../src/errors.ts';
import type { EstimatedBias } from '../bias/bias-estimator.ts';
import type { LoggedClicks } from '../logged-clicks.ts';
import type { ClickSpread } from '../weightings/click-spread.ts';
import type { WeightingEntry } from '../weightings/weighting.ts';

/** A weighting with its usual options: how it spreads the clicks of a log, or why it does not. */
export interface WeightingSpread {
  readonly name: string;
  readonly spread: ClickSpread | null;
  readonly why: string; // empty where there is a spread
}

/** How many clicks each weighting would let speak, given a bias; weightings that cannot take it are left out. */
export const spreadByWeighting = (
  weightings: Readonly<Record<string, WeightingEntry>>,
  logged: LoggedClicks,
  bias: EstimatedBias,
): WeightingSpread[] =>
  Object.entries(weightings).map(([name, { spread, options, takes }]) => {
    if (spread === undefined) return { name, spread: null, why: 'multiplies no clicks' };
    if (takes === 'affine' && !bias.affine)
      return { name, spread: null, why: 'corrects by α and β of trust bias, which this bias has none of' };
    try {
      return { name, spread: spread(decodeOptions(name, options, {}) as never)(logged, bias), why: '' };
    } catch (fault) {
      if (!(fault instanceof UsageError)) throw fault;
      return { name, spread: null, why: fault.message };
    }
  });
