import { twoToThe } from '../math/exponential-grade.ts';

/** Gain of a label l ≥ 0 on a scale that need not be known. */
export const labelGains = {
  linear: (label: number) => label,
  exponential: (label: number) => twoToThe(label) - 1,
} as const;

/** Gain of a label l ≥ 0 as a share, in [0, 1], of what is possible with highest grade H. */
export const gainShares = {
  /** l/H */
  linear: (label: number, highestGrade: number) => label / highestGrade,
  /** (2^l − 1)/2^H */
  exponential: (label: number, highestGrade: number) => (twoToThe(label) - 1) / twoToThe(highestGrade),
} as const;
