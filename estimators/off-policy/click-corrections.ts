import type { Bias } from '../../src/bias.ts';
import type { ClickLog } from '../../src/data/click-log.ts';
import { shownAffine } from '../shown-bias.ts';

/** c − β and α of every shown position of every row, in the order of `log.clicks`: E(c − β) = α γ where the bias is right, after the clicks above too. */
export interface Corrections {
  readonly gained: Float64Array;
  readonly alpha: Float64Array;
}

/** α is examination and β 0 without trust bias. @throws UsageError as `shownAffine` */
export function clickCorrections(log: ClickLog, bias: Bias): Corrections {
  const gained = Float64Array.from(log.clicks);
  if (bias.kind === 'by-click') return { gained, alpha: bias.examination };
  const alpha = new Float64Array(gained.length);
  const shown = shownAffine(log, bias);
  for (let r = 0; r < log.list.length; r++) {
    const start = log.offsets[log.list[r]] - log.clickOffsets[r];
    for (let i = log.clickOffsets[r]; i < log.clickOffsets[r + 1]; i++) {
      alpha[i] = shown.alpha[start + i];
      gained[i] -= shown.beta[start + i];
    }
  }
  return { gained, alpha };
}

/** Σ over sessions by document row. */
export const sumsByDocument = (log: ClickLog, corrections: Corrections, documents: number): Corrections =>
  addByDocument({ gained: new Float64Array(documents), alpha: new Float64Array(documents) }, log, corrections);

/** The same, added to what other sessions gave. @returns the sums */
export function addByDocument(sums: Corrections, log: ClickLog, { gained, alpha }: Corrections): Corrections {
  for (let r = 0; r < log.list.length; r++)
    for (let i = log.clickOffsets[r], shown = log.offsets[log.list[r]]; i < log.clickOffsets[r + 1]; i++, shown++) {
      sums.gained[log.docs[shown]] += log.count[r] * gained[i];
      sums.alpha[log.docs[shown]] += log.count[r] * alpha[i];
    }
  return sums;
}
