import { UsageError } from '../errors.ts';
import { normalQuantile, normalTail } from './normal.ts';
import { roundingOf } from './rounding.ts';
import { studentTail } from './student-t.ts';

/** Two correlations that share a variable: r_1y and r_2y of predictors 1 and 2 with y, and r_12 between the predictors. */
export interface DependentCorrelations {
  readonly first: number; //   r_1y
  readonly second: number; //  r_2y
  readonly between: number; // r_12
  readonly n: number; //       observations
}

/**
 * Williams' t for the hypothesis ρ_1y = ρ_2y, with n − 3 degrees of freedom:
 * t = (r_1y − r_2y) √((n − 1)(1 + r_12) / (2(n − 1)/(n − 3)·|R| + r̄²(1 − r_12)³)), |R| = 1 + 2r_1y r_2y r_12 − r_1y² − r_2y² − r_12²,
 * r̄ = (r_1y + r_2y)/2. Williams 1959; Steiger, Psychological Bulletin 87, 1980, eq. 7, who recommends it for small and large samples alike.
 * It supposes normal data; for ranks, or ratings of five levels, look at the bootstrap too. Equal predictors (r_12 = 1): t = 0, p = 1; opposite ones (r_12 = −1): NaN.
 * @throws UsageError on n < 4, a correlation outside [−1, 1], or three that no data can have
 */
export function williamsTest(correlations: DependentCorrelations): {
  readonly t: number;
  readonly degreesOfFreedom: number;
  readonly p: number;
} {
  check(correlations);
  const { first, second, between, n } = correlations;
  const degreesOfFreedom = n - 3;
  if (isEqual(first, second)) return { t: 0, degreesOfFreedom, p: 1 };
  const spread = 2 * ((n - 1) / (n - 3)) * determinant(correlations) + ((first + second) / 2) ** 2 * (1 - between) ** 3;
  const t = (first - second) * Math.sqrt(((n - 1) * (1 + between)) / spread);
  return { t, degreesOfFreedom, p: studentTail(t, degreesOfFreedom) };
}

/**
 * Meng, Rosenthal and Rubin's z for the same hypothesis, with an interval for the difference of Fisher's z-transforms:
 * z = (artanh r_1y − artanh r_2y) √((n − 3)/(2(1 − r_12)h)), h = (1 − f·m)/(1 − m), f = min(1, (1 − r_12)/(2(1 − m))), m = (r_1y² + r_2y²)/2.
 * A correlation of ±1 has no transform: all is NaN, but for two equal ones with r_12 = 1: z = 0, p = 1. Meng, Rosenthal & Rubin, Psychological
 * Bulletin 111, 1992.
 * @throws UsageError as {@link williamsTest}, and on a level outside (0, 1)
 */
export function mengTest(
  correlations: DependentCorrelations,
  level = 0.95,
): { readonly z: number; readonly p: number; readonly lower: number; readonly upper: number } {
  check(correlations);
  if (!(level > 0 && level < 1)) throw new UsageError(`a confidence level must be in (0, 1), got ${level}; try 0.95`);
  const { first, second, between, n } = correlations;
  if (isEqual(first, second) && isEqual(between, 1)) return { z: 0, p: 1, lower: 0, upper: 0 };
  if (isEqual(Math.abs(first), 1) || isEqual(Math.abs(second), 1))
    return { z: Number.NaN, p: Number.NaN, lower: Number.NaN, upper: Number.NaN };
  const m = (first ** 2 + second ** 2) / 2;
  const f = Math.min(1, (1 - between) / (2 * (1 - m)));
  const h = (1 - f * m) / (1 - m);
  const standardError = Math.sqrt((2 * (1 - between) * h) / (n - 3));
  const difference = Math.atanh(first) - Math.atanh(second);
  const half = normalQuantile((1 + level) / 2) * standardError;
  return { z: difference / standardError, p: normalTail(difference / standardError), lower: difference - half, upper: difference + half };
}

const isEqual = (first: number, second: number): boolean => Math.abs(first - second) <= roundingOf(1);

const determinant = ({ first, second, between }: DependentCorrelations): number =>
  Math.max(0, 1 + 2 * first * second * between - first ** 2 - second ** 2 - between ** 2);

function check(correlations: DependentCorrelations): void {
  const { n, ...values } = correlations;
  if (!(Number.isSafeInteger(n) && n >= 4))
    throw new UsageError(`a test of dependent correlations needs at least four observations, got ${n}`);
  for (const [name, r] of Object.entries(values))
    if (!(r >= -1 && r <= 1)) throw new UsageError(`correlation "${name}" must be in [-1, 1], got ${r}`);
  const { first, second, between } = values;
  if (1 + 2 * first * second * between - first ** 2 - second ** 2 - between ** 2 < -1e-9)
    throw new UsageError(`no data have the correlations ${first}, ${second} and ${between} at once`);
}
