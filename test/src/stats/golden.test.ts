import { readFileSync } from 'node:fs';
import { createRng } from '../../../src/random/rng.ts';
import { cohenDz } from '../../../src/stats/cohen-dz.ts';
import { holmCorrection } from '../../../src/stats/holm-correction.ts';
import { pairedTTest } from '../../../src/stats/paired-t-test.ts';
import { signFlipTest } from '../../../src/stats/sign-flip-test.ts';
import { winTieLoss } from '../../../src/stats/win-tie-loss.ts';
import { sharedData, testWithData } from '../metrics/read-trec.ts';

interface Golden {
  readonly baseline: string;
  readonly per_query: Record<string, number[]>;
  readonly tests: Record<string, Record<string, number> & { ci95_t: number[] }>;
}

/** scipy's values for eight systems × 784 queries. */
const read = (): Golden => JSON.parse(readFileSync(sharedData('significance-golden.json'), 'utf8'));
const relative = (ours: number, theirs: number) => Math.abs(ours / theirs - 1);

testWithData('paired t-test, interval, d_z and win/tie/loss as scipy', () => {
  const golden = read();
  const baseline = golden.per_query[golden.baseline];
  for (const [system, expected] of Object.entries(golden.tests)) {
    const values = golden.per_query[system];
    const { t, p, degreesOfFreedom, difference } = pairedTTest(values, baseline);
    expect(degreesOfFreedom).toBe(expected.df);
    expect(relative(t, expected.t)).toBeLessThan(1e-10);
    expect(relative(p, expected.p_t)).toBeLessThan(1e-9);
    expect(relative(difference.value, expected.mean_diff)).toBeLessThan(1e-10);
    expect(difference.lower).toBeCloseTo(expected.ci95_t[0], 12);
    expect(difference.upper).toBeCloseTo(expected.ci95_t[1], 12);
    expect(relative(cohenDz(values, baseline), expected.cohen_dz)).toBeLessThan(1e-10);
    expect(winTieLoss(values, baseline)).toEqual({ wins: expected.wins, ties: expected.ties, losses: expected.losses });
  }
});

testWithData('sign-flip test within the sampling error of two such tests', () => {
  const golden = read();
  for (const [system, expected] of Object.entries(golden.tests)) {
    const { p, exact } = signFlipTest(golden.per_query[system], golden.per_query[golden.baseline], createRng(system));
    const bound = 4 * Math.sqrt((2 * expected.p_signflip_mc * (1 - expected.p_signflip_mc)) / 20_000) + 1e-4;
    expect(exact).toBe(false);
    expect(Math.abs(p - expected.p_signflip_mc)).toBeLessThan(bound);
  }
});

testWithData('Holm', () => {
  const tests = Object.values(read().tests);
  const adjusted = holmCorrection(tests.map(({ p_t }) => p_t));
  for (const [i, { p_holm }] of tests.entries()) expect(relative(adjusted[i], p_holm)).toBeLessThan(1e-12);
});
