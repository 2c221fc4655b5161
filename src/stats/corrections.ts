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

export type CorrectionName = keyof typeof corrections;
