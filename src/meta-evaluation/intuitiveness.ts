import { UsageError } from '../errors.ts';
import { permutation } from '../random/permutation.ts';
import type { Rng } from '../random/rng.ts';
import { concordanceTest } from '../stats/concordance-test.ts';
import { goldValues } from './gold-metrics.ts';
import type { ScoredSessions } from './scored-sessions.ts';

/** Of the pairs of search sessions on which a metric and another disagree, the share on which each agrees with the gold metrics. */
export interface Intuitiveness {
  readonly gold: string;
  readonly metric: string;
  readonly other: string;
  readonly pairs: number;
  readonly disagreements: number;
  readonly metricAgrees: number; // share; NaN without a disagreement, and where the gold tells none of them
  readonly otherAgrees: number;
  /** Sign test over disjoint pairs only (no session in two of them), where its independence holds; so it rests on fewer pairs than the shares. */
  readonly p: number;
}

/**
 * Concordance tests of every pair of metrics, by every gold (`a+b`: agree with both). Sakai, SIGIR 2012.
 * The pairs are of search sessions: all of them, or `pairs` drawn with replacement where there are more.
 * @throws UsageError on an unknown gold or fewer than one pair
 */
export function intuitiveness(scored: ScoredSessions, golds: readonly string[], rng: Rng, pairs = 20_000): Intuitiveness[] {
  if (!(Number.isSafeInteger(pairs) && pairs >= 1)) throw new UsageError(`pairs must be a whole number of at least 1, got ${pairs}`);
  const { metrics, values, sessions } = scored;
  const drawn = sessionPairs(sessions.length, pairs, rng.fork('pairs'));
  const shuffled = permutation(sessions.length, rng.fork('disjoint'));
  const disjoint = shuffled.subarray(0, 2 * Math.floor(sessions.length / 2));
  return golds.flatMap((gold) => {
    const truth = goldValues(sessions, gold);
    return metrics.flatMap((metric, m) =>
      metrics.slice(m + 1).map((other, below): Intuitiveness => {
        const test = concordanceTest(values[m], values[m + 1 + below], truth, drawn);
        const { p } = concordanceTest(values[m], values[m + 1 + below], truth, disjoint);
        const { disagreements, first, second } = test;
        return { gold, metric, other, pairs: test.pairs, disagreements, metricAgrees: first, otherAgrees: second, p };
      }),
    );
  });
}

/** Indices i₀ j₀ i₁ j₁ …, i ≠ j. */
function sessionPairs(n: number, most: number, rng: Rng): Uint32Array {
  const all = (n * (n - 1)) / 2;
  if (all <= most) {
    const pairs = new Uint32Array(2 * all);
    let k = 0;
    for (let i = 0; i < n; i++)
      for (let j = i + 1; j < n; j++) {
        pairs[k++] = i;
        pairs[k++] = j;
      }
    return pairs;
  }
  const pairs = new Uint32Array(2 * most);
  for (let k = 0; k < pairs.length; k += 2) {
    pairs[k] = Math.floor(rng.next() * n);
    pairs[k + 1] = (pairs[k] + 1 + Math.floor(rng.next() * (n - 1))) % n;
  }
  return pairs;
}
