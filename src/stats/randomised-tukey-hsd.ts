import { UsageError } from '../errors.ts';
import type { Rng } from '../random/rng.ts';
import { shuffle } from '../random/shuffle.ts';
import { checkSystems, meanOf, pairsOf, type SystemPair } from './check-systems.ts';

/**
 * Randomised Tukey HSD: all pairs of systems at once, corrected for there being many. Under the hypothesis that all systems are equal the
 * values of a unit (query, search session) can be dealt out anew; a pair's p is the share of deals whose *largest* difference of means
 * reaches the pair's own: p = (b + 1)/(B + 1). Carterette, TOIS 30(1), 2012; Sakai, Laboratory Experiments in IR, 2018, §4.
 * @param systems [system][unit], the same units for all
 * @throws UsageError on fewer than two systems or units, ragged or undefined values, B < 1
 */
export function randomisedTukeyHsd(systems: readonly ArrayLike<number>[], rng: Rng, deals = 5000): SystemPair[] {
  checkSystems(systems);
  if (!(Number.isSafeInteger(deals) && deals >= 1)) throw new UsageError(`deals must be a whole number of at least 1, got ${deals}`);
  const [k, units] = [systems.length, systems[0].length];
  const means = systems.map(meanOf);
  const pairs = [...pairsOf(k)].map(([first, second]) => ({ first, second, difference: means[first] - means[second] }));
  const size = systems.reduce((sum, values) => Array.from(values).reduce((s, v) => s + Math.abs(v), sum), 0) / units;
  const ranges = new Float64Array(deals);
  const dealt = Uint32Array.from({ length: k }, (_, s) => s);
  const sums = new Float64Array(k);
  for (let b = 0; b < deals; b++) {
    sums.fill(0);
    for (let unit = 0; unit < units; unit++) {
      shuffle(dealt, rng);
      for (let s = 0; s < k; s++) sums[s] += systems[dealt[s]][unit];
    }
    let [low, high] = [Infinity, -Infinity];
    for (const sum of sums) {
      if (sum < low) low = sum;
      if (sum > high) high = sum;
    }
    ranges[b] = (high - low) / units;
  }
  const threshold = 1e-12 * size; // sums equal but for rounding count as equal
  return pairs.map((pair) => {
    let reached = 0;
    for (const range of ranges) if (range >= Math.abs(pair.difference) - threshold) reached++;
    return { ...pair, p: (reached + 1) / (deals + 1) };
  });
}
