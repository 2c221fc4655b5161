import { sigmoid } from '../math/log-space.ts';

/** What another document adds to a rank, as a function of x = s_j − s_i of the other and the document; its derivatives by x, by what it adds. */
export interface RankTerm {
  of(x: number): number;
  slope(value: number): number;
  bend(value: number): number;
}

/** σ(x/T): Qin, Liu & Li, Information Retrieval 2010. */
export const sigmoidTerm = (T: number): RankTerm => ({
  of: (x) => sigmoid(x / T),
  slope: (p) => (p * (1 - p)) / T,
  bend: (p) => (p * (1 - p) * (1 - 2 * p)) / (T * T),
});

/** max(0, 1 + x), which is not below 1[x ≥ 0]. */
export const hingeTerm: RankTerm = { of: (x) => Math.max(0, 1 + x), slope: (h) => (h > 0 ? 1 : 0), bend: () => 0 };

/** 1 + Σ_{j ≠ i} term(s_j − s_i), over places start … end − 1. */
export function termRank({ of }: RankTerm, scores: Float32Array, i: number, start: number, end: number): number {
  let rank = 1;
  for (let j = start; j < end; j++) if (j !== i) rank += of(scores[j] - scores[i]);
  return rank;
}

/**
 * Adds to a gradient, and the diagonal of a Hessian where it is given, those of a function of {@link termRank} of document i.
 * @param slope its derivative by the rank @param bend its second one
 */
export function addByRank(
  term: RankTerm,
  scores: Float32Array,
  i: number,
  { start, end, slope, bend }: { readonly start: number; readonly end: number; readonly slope: number; readonly bend: number },
  gradient: Float32Array,
  curvature?: Float32Array,
): void {
  let [rankSlope, rankBend] = [0, 0]; // of the rank by s_i
  for (let j = start; j < end; j++) {
    if (j === i) continue;
    const value = term.of(scores[j] - scores[i]);
    const q = term.slope(value);
    rankSlope -= q;
    gradient[j] += slope * q;
    if (!curvature) continue;
    const c = term.bend(value);
    rankBend += c;
    curvature[j] += bend * q * q + slope * c;
  }
  gradient[i] += slope * rankSlope;
  if (curvature) curvature[i] += bend * rankSlope * rankSlope + slope * rankBend;
}
