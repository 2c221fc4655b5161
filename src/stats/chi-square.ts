import { normalCdf } from './normal.ts';

/**
 * P(χ²_ν ≥ x) by the cube root of Wilson & Hilferty (PNAS 1931), ∛(x/ν) ~ N(1 − 2/(9ν), 2/(9ν)). Right to two digits from ν = 25 on; far in the tail too large for
 * smaller ν, never too small: of 10⁻⁶ it says 4·10⁻⁶ at ν = 1 and 1.6·10⁻⁶ at ν = 9.
 * @param degrees ν > 0, whole or not
 */
export function chiSquareTail(x: number, degrees: number): number {
  if (!(x > 0)) return 1;
  const variance = 2 / (9 * degrees);
  return normalCdf(-(Math.cbrt(x / degrees) - 1 + variance) / Math.sqrt(variance));
}
