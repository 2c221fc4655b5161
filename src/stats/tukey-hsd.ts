import { UsageError } from '../errors.ts';
import { meanOf, pairsOf, type SystemPair } from './check-systems.ts';
import { isConstant, roundingOf } from './rounding.ts';
import { studentizedRangeTail } from './studentized-range.ts';

/**
 * Tukey's honestly significant differences of independent groups (Tukey–Kramer where sizes differ): q = |x̄_i − x̄_j| / √(s²/2 · (1/n_i + 1/n_j)),
 * s² pooled within groups with N − k degrees of freedom, p = P(Q > q). Kramer 1956. Where no group has spread, p is 1 of equal means, else NaN.
 * It ignores that systems were measured on the same queries, so it finds less than {@link randomisedTukeyHsd}; it is here to compare with.
 * @throws UsageError on fewer than two groups, a group of fewer than two values, or an undefined value
 */
export function tukeyHsd(groups: readonly ArrayLike<number>[]): SystemPair[] {
  if (groups.length < 2) throw new UsageError(`Tukey's HSD needs at least two groups, got ${groups.length}`);
  const means = groups.map(meanOf);
  let [squares, total] = [0, 0];
  for (const [g, values] of groups.entries()) {
    if (values.length < 2) throw new UsageError(`group ${g} needs at least two values, got ${values.length}`);
    if (!Number.isFinite(means[g])) throw new UsageError(`every value of group ${g} must be finite`);
    if (!isConstant(values)) for (let i = 0; i < values.length; i++) squares += (values[i] - means[g]) ** 2;
    total += values.length;
  }
  const degreesOfFreedom = total - groups.length;
  const variance = squares / degreesOfFreedom;
  return [...pairsOf(groups.length)].map(([first, second]) => {
    const difference = means[first] - means[second];
    const scale = Math.sqrt((variance / 2) * (1 / groups[first].length + 1 / groups[second].length));
    const equal = Math.abs(difference) <= roundingOf(Math.max(Math.abs(means[first]), Math.abs(means[second])));
    const q = equal ? 0 : variance === 0 ? Number.NaN : Math.abs(difference) / scale;
    return { first, second, difference, p: studentizedRangeTail(q, groups.length, degreesOfFreedom) };
  });
}
