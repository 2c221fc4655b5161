import type { ClickLog } from '../src/data/click-log.ts';
import { UsageError } from '../src/errors.ts';
import { type Estimate, meanEstimate } from '../src/stats/estimate.ts';

/**
 * Per row r: Σ_k c_rk v_rk, v one value per shown document of every list, in the order of `log.docs`.
 * @throws UsageError on a length mismatch
 */
export function rowSums(log: ClickLog, values: Float64Array, what: string): Float64Array {
  if (values.length !== log.docs.length)
    throw new UsageError(`expected ${log.docs.length} ${what}, one per shown document, got ${values.length}`);
  const sums = new Float64Array(log.list.length);
  for (let r = 0; r < sums.length; r++) {
    const shown = log.offsets[log.list[r]] - log.clickOffsets[r];
    for (let k = log.clickOffsets[r]; k < log.clickOffsets[r + 1]; k++) if (log.clicks[k] === 1) sums[r] += values[shown + k];
  }
  return sums;
}

/** (1/n) Σ_r n_r Σ_k c_rk w_rk g_rk: the mean over sessions of the weighted gain of what was clicked, with its standard error. */
export function weightedGain(log: ClickLog, gains: Float64Array, weights: Float64Array): Estimate {
  if (gains.length !== log.docs.length)
    throw new UsageError(`expected ${log.docs.length} gains, one per shown document, got ${gains.length}`);
  return meanEstimate(
    rowSums(
      log,
      gains.map((gain, i) => gain * weights[i]),
      'weighted gains',
    ),
    log.count,
  );
}
