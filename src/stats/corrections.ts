import { benjaminiHochbergCorrection } from './benjamini-hochberg-correction.ts';
import { bonferroniCorrection } from './bonferroni-correction.ts';
import { checkPValues } from './check-p-values.ts';
import { holmCorrection } from './holm-correction.ts';

/** Corrections of a family of p-values for there being several; same order and length as the input. */
export const corrections = {
  holm: holmCorrection,
  bonferroni: bonferroniCorrection,
  'benjamini-hochberg': benjaminiHochbergCorrection,
  none: (pValues: ArrayLike<number>): Float64Array => {
    checkPValues(pValues);
    return Float64Array.from(pValues);
  },
};

/** The correction of the p-values that are defined; what is not (null, NaN) stays null and counts for nothing. */
export function correctDefined(correction: CorrectionName, pValues: readonly (number | null)[]): (number | null)[] {
  const defined = pValues.flatMap((p, i) => (p === null || Number.isNaN(p) ? [] : [{ i, p }]));
  const corrected = corrections[correction](defined.map(({ p }) => p));
  const all = new Array<number | null>(pValues.length).fill(null);
  for (const [rank, { i }] of defined.entries()) all[i] = corrected[rank];
  return all;
}

/** A correction of p-values for how many there are. */
export type CorrectionName = keyof typeof corrections;
