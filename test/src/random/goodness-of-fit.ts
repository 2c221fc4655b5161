/**
 * How many standard errors Pearson's χ² of the counts lies from its expectation, by Wilson and Hilferty's cube root.
 * Cells expected fewer than ten times are pooled. Two-sided use also catches a fit too good to be random.
 * @param probabilities of every cell, sum 1
 */
export function chiSquareZ(counts: ArrayLike<number>, probabilities: ArrayLike<number>): number {
  const n = Array.from(counts).reduce((sum, count) => sum + count, 0);
  let statistic = 0;
  let cells = 0;
  let pooled = { count: 0, expected: 0 };
  const add = (count: number, expected: number) => {
    statistic += (count - expected) ** 2 / expected;
    cells++;
  };
  for (let i = 0; i < counts.length; i++) {
    const expected = n * probabilities[i];
    if (expected === 0 && counts[i] > 0) return Infinity; // something impossible happened
    if (expected >= 10) add(counts[i], expected);
    else pooled = { count: pooled.count + counts[i], expected: pooled.expected + expected };
  }
  if (pooled.expected > 0) add(pooled.count, pooled.expected);
  return standardised(statistic, cells - 1);
}

/**
 * The same for two tables of counts that should come from one distribution: Σ (√(n₂/n₁) a − √(n₁/n₂) b)²/(a + b).
 * Cells seen fewer than 20 times in all are pooled.
 */
export function twoSampleChiSquareZ(first: ArrayLike<number>, second: ArrayLike<number>): number {
  const total = (counts: ArrayLike<number>) => Array.from(counts).reduce((sum, count) => sum + count, 0);
  const ratio = Math.sqrt(total(second) / total(first));
  let statistic = 0;
  let cells = 0;
  let [rareFirst, rareSecond] = [0, 0];
  const add = (a: number, b: number) => {
    statistic += (ratio * a - b / ratio) ** 2 / (a + b);
    cells++;
  };
  for (let i = 0; i < first.length; i++) {
    if (first[i] + second[i] >= 20) add(first[i], second[i]);
    else [rareFirst, rareSecond] = [rareFirst + first[i], rareSecond + second[i]];
  }
  if (rareFirst + rareSecond > 0) add(rareFirst, rareSecond);
  return standardised(statistic, cells - 1);
}

/** Wilson and Hilferty's normal score of a χ² statistic; 0 where nothing was free to differ. */
function standardised(statistic: number, freedom: number): number {
  if (freedom <= 0) return 0;
  const spread = 2 / (9 * freedom);
  return (Math.cbrt(statistic / freedom) - (1 - spread)) / Math.sqrt(spread);
}

/** Φ(z) = ½ + φ(z)(z + z³/3 + z⁵/(3·5) + …), summed until it stands still. */
export function normalCdf(z: number): number {
  let [term, sum] = [z, 0];
  for (let i = 1; sum + term !== sum; i++) {
    sum += term;
    term *= (z * z) / (2 * i + 1);
  }
  return 0.5 + (sum * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI);
}
