import { UsageError } from '../errors.ts';
import type { Rng } from '../random/rng.ts';
import { lookup } from '../registry.ts';
import { checkSystems, pairsOf, type SystemPair } from './check-systems.ts';
import { pairedBootstrapTest } from './paired-bootstrap-test.ts';
import { pairedTTest } from './paired-t-test.ts';
import { randomisedTukeyHsd } from './randomised-tukey-hsd.ts';

type PairTest = (systems: readonly ArrayLike<number>[], rng: Rng) => SystemPair[];

const pairwise =
  (p: (a: ArrayLike<number>, b: ArrayLike<number>, rng: Rng) => { difference: number; p: number }): PairTest =>
  (systems, rng) =>
    [...pairsOf(systems.length)].map(([first, second]) => ({
      first,
      second,
      ...p(systems[first], systems[second], rng.fork(`${first}/${second}`)),
    }));

/** Tests of every pair of systems. */
export const pairTests = {
  'randomised-tukey': {
    description: 'randomised Tukey HSD: corrected for the number of pairs (Carterette 2012)',
    test: randomisedTukeyHsd as PairTest,
  },
  bootstrap: { description: 'paired bootstrap test, each pair on its own (Sakai, SIGIR 2006)', test: pairwise(pairedBootstrapTest) },
  't-test': {
    description: 'paired t-test, each pair on its own',
    test: pairwise((a, b) => {
      const { p, difference } = pairedTTest(a, b);
      return { p, difference: difference.value };
    }),
  },
} satisfies Record<string, { description: string; test: PairTest }>;

/** The name of a test of every pair of systems. */
export type PairTestName = keyof typeof pairTests;

/** How many of the pairs of systems a metric tells apart. Sakai, SIGIR 2006. */
export interface DiscriminativePower {
  readonly pairs: readonly SystemPair[];
  readonly significant: number; // pairs with p < α
  readonly share: number; //       of all pairs
  /** The smallest difference of means that was significant, NaN if none: how far apart systems must be to be told apart. */
  readonly smallestSignificant: number;
}

/**
 * Discriminative power of a metric: the share of pairs of systems that a significance test tells apart at level α. Sakai, SIGIR 2006.
 * It says how stable a metric is, not that it measures the right thing.
 * @param systems [system][unit]: the metric's values, the same units for all
 * @throws UsageError on an α outside (0, 1), an unknown test, fewer than two systems or units, ragged or undefined values
 */
export function discriminativePower(
  systems: readonly ArrayLike<number>[],
  rng: Rng,
  { test = 'randomised-tukey', alpha = 0.05 }: { test?: PairTestName; alpha?: number } = {},
): DiscriminativePower {
  if (!(alpha > 0 && alpha < 1)) throw new UsageError(`alpha must be in (0, 1), got ${alpha}; try 0.05`);
  checkSystems(systems);
  const pairs = lookup<{ test: PairTest }>('pair test', pairTests, test).test(systems, rng);
  const told = pairs.filter(({ p }) => p < alpha);
  const smallestSignificant = told.length === 0 ? Number.NaN : Math.min(...told.map(({ difference }) => Math.abs(difference)));
  return { pairs, significant: told.length, share: told.length / pairs.length, smallestSignificant };
}
