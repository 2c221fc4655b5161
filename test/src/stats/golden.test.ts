import { readFileSync } from 'node:fs';
import { createRng } from '../../../src/random/rng.ts';
import { bootstrapInterval } from '../../../src/stats/bootstrap.ts';
import { cohenDz } from '../../../src/stats/cohen-dz.ts';
import { countedMean } from '../../../src/stats/counted-mean.ts';
import { holmCorrection } from '../../../src/stats/holm-correction.ts';
import { pairedDifferences } from '../../../src/stats/paired-differences.ts';
import { pairedTTest } from '../../../src/stats/paired-t-test.ts';
import { signFlipTest } from '../../../src/stats/sign-flip-test.ts';
import { tukeyHsd } from '../../../src/stats/tukey-hsd.ts';
import { wilcoxonSignedRankTest } from '../../../src/stats/wilcoxon-signed-rank-test.ts';
import { winTieLoss } from '../../../src/stats/win-tie-loss.ts';
import { sharedData, testWithData } from '../metrics/read-trec.ts';

interface Golden {
  readonly baseline: string;
  readonly per_query: Record<string, number[]>;
  readonly tests: Record<string, Record<string, number> & Record<'ci95_t' | 'ci95_boot_percentile' | 'ci95_boot_bca', number[]>>;
  readonly tukey_hsd_scipy: Record<string, number>;
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

testWithData('Wilcoxon', () => {
  const golden = read();
  for (const [system, expected] of Object.entries(golden.tests)) {
    const { statistic, p } = wilcoxonSignedRankTest(golden.per_query[system], golden.per_query[golden.baseline]);
    expect(statistic).toBe(expected.wilcoxon_W);
    expect(relative(p, expected.p_wilcoxon)).toBeLessThan(1e-10);
  }
});

testWithData('bootstrap intervals within the sampling error of two such bootstraps', () => {
  const golden = read();
  for (const [system, expected] of Object.entries(golden.tests)) {
    const differences = pairedDifferences(golden.per_query[system], golden.per_query[golden.baseline]);
    for (const [method, key] of [
      ['percentile', 'ci95_boot_percentile'],
      ['bca', 'ci95_boot_bca'],
    ] as const) {
      const interval = bootstrapInterval(784, countedMean(differences), createRng(system), { method, resamples: 4000 });
      // the 2.5 % quantile of B normal values has a standard error of √(0.025·0.975/B)/φ(1.96) = 2.67/√B standard deviations
      const bound = 4 * interval.standardError * 2.67 * Math.sqrt(1 / 4000 + 1 / 4000);
      expect(Math.abs(interval.lower - expected[key][0])).toBeLessThan(bound);
      expect(Math.abs(interval.upper - expected[key][1])).toBeLessThan(bound);
    }
  }
});

testWithData('Tukey HSD', () => {
  const golden = read();
  const names = Object.keys(golden.per_query);
  const ours = tukeyHsd(Object.values(golden.per_query));
  expect(ours).toHaveLength(Object.keys(golden.tukey_hsd_scipy).length);
  for (const { first, second, p } of ours)
    expect(Math.abs(p - golden.tukey_hsd_scipy[`${names[second]} vs ${names[first]}`])).toBeLessThan(1e-11);
});
