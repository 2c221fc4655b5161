/** 2^l, without a call of the power function for the whole labels that nearly all are. */
export const twoToThe = (label: number): number => (label >= 0 && label < 31 && Math.trunc(label) === label ? 1 << label : 2 ** label);

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
