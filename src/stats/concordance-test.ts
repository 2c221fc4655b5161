import { UsageError } from '../errors.ts';
import { signTest } from './sign-test.ts';

/** What a concordance test found: which of two metrics agrees with gold where they disagree. Sakai, WWW 2012. */
export interface Concordance {
  readonly pairs: number; //           compared
  readonly disagreements: number; //   pairs that the two metrics order oppositely
  readonly first: number; //           share of disagreements on which the first metric agrees with every gold metric; NaN where no gold tells the two of any apart
  readonly second: number;
  /** Two-sided sign test over the disagreements on which exactly one of the two agrees. Pairs that share items are not independent: read it with care. */
  readonly p: number;
}

/**
 * Concordance test (intuitiveness): on the pairs of items that two metrics order oppositely, how often does each agree with simple gold metrics?
 * For a pair (i, j), δ = M(i) − M(j): a disagreement is δ₁·δ₂ < 0, and a metric agrees with a gold where δ·δ_gold ≥ 0, so a tie of the gold
 * counts for both; with several golds it must agree with all. Where the golds tie on all disagreements (a gold that is constant), they say nothing,
 * and the shares are NaN. Sakai, SIGIR 2012 and WWW 2012, algorithm 1.
 * @param first, second, golds one value per item @param pairs item indices i₀ j₀ i₁ j₁ …: the same query under two systems, or two search sessions
 * @throws UsageError on no gold, a length mismatch, an odd list of indices, or one that is out of range
 */
export function concordanceTest(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  golds: readonly ArrayLike<number>[],
  pairs: Uint32Array,
): Concordance {
  if (golds.length === 0) throw new UsageError('a concordance test needs at least one gold metric');
  for (const values of [second, ...golds])
    if (values.length !== first.length) throw new UsageError(`every metric must have ${first.length} values, got ${values.length}`);
  if (pairs.length % 2 !== 0) throw new UsageError(`pairs must be an even number of indices, got ${pairs.length}`);
  if (pairs.some((i) => i >= first.length)) throw new UsageError(`pairs must name items below ${first.length}`);
  let isTold = false;
  let [disagreements, firstAgrees, secondAgrees, onlyFirst, onlySecond] = [0, 0, 0, 0, 0];
  for (let k = 0; k < pairs.length; k += 2) {
    const [i, j] = [pairs[k], pairs[k + 1]];
    const delta = first[i] - first[j];
    if (!(delta * (second[i] - second[j]) < 0)) continue;
    disagreements++;
    let [one, two] = [true, true];
    for (const gold of golds) {
      const goldDelta = delta * (gold[i] - gold[j]);
      if (goldDelta !== 0) isTold = true;
      if (!(goldDelta >= 0)) one = false;
      if (!(goldDelta <= 0)) two = false; // the second metric's δ has the other sign
    }
    if (one) firstAgrees++;
    if (two) secondAgrees++;
    if (one && !two) onlyFirst++;
    if (two && !one) onlySecond++;
  }
  return {
    pairs: pairs.length / 2,
    disagreements,
    first: isTold ? firstAgrees / disagreements : Number.NaN,
    second: isTold ? secondAgrees / disagreements : Number.NaN,
    p: signTest(onlyFirst, onlySecond),
  };
}
