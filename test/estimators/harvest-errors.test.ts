import { rateVariance } from '../../estimators/bias/harvest-errors.ts';
import type { RankIntervals } from '../../estimators/index.ts';
import type { ClickLog } from '../../src/data/click-log.ts';
import { ClickLogBuilder } from '../../src/data/click-log-builder.ts';
import { UsageError } from '../../src/errors.ts';
import { createRng } from '../../src/random/rng.ts';
import { normalQuantile } from '../../src/stats/normal.ts';
import { estimateBias, expectedLog } from './bias-world.ts';

const theta = [1, 0.6, 0.4, 0.3, 0.25];

/** Twenty queries, three lists each as a noisy ranker orders eight documents, a hundred sessions each. */
function drawn(seed: string): ClickLog {
  const rng = createRng(`harvest ${seed}`);
  const builder = new ClickLogBuilder(1, 1);
  for (let query = 0; query < 20; query++) {
    const own = Array.from({ length: 8 }, () => 0.05 + 0.9 * rng.double() ** 2);
    for (let l = 0; l < 3; l++) {
      const scores = own.map((gamma) => gamma + 0.5 * (rng.double() + rng.double() - 1));
      const order = [...own.keys()].sort((a, b) => scores[b] - scores[a]).slice(0, theta.length);
      const list = builder.addList(
        query,
        order.map((d) => 8 * query + d),
        0,
        0,
      );
      for (let s = 0; s < 100; s++)
        builder.addRow(
          list,
          order.map((d, k) => Number(rng.double() < theta[k] * own[d])),
          1,
        );
    }
  }
  return builder.build();
}

test('20 queries of 3 lists of 100 sessions: intervals of 95 % hold the truth in 90 % of the ranks and logs at least', () => {
  const logs = Array.from({ length: 150 }, (_, i) => drawn(String(i)));
  for (const name of ['pivot-one', 'adjacent-chain', 'all-pairs'] as const) {
    let [held, asked] = [0, 0];
    for (const log of logs) {
      const intervals = intervalsOf(name, log);
      if (intervals === null) continue;
      for (let k = 1; k < theta.length; k++) if (intervals.lower[k] <= theta[k] && theta[k] <= intervals.upper[k]) held++;
      asked += theta.length - 1;
    }
    expect(asked).toBeGreaterThan(300);
    expect(held / asked).toBeGreaterThanOrEqual(0.9);
    expect(held / asked).toBeLessThan(0.99);
  }
});

/** null where a log has no document at two ranks that pivot-one compares, which it refuses. */
function intervalsOf(name: 'pivot-one' | 'adjacent-chain' | 'all-pairs', log: ClickLog): RankIntervals | null {
  try {
    return estimateBias(name, log).intervals ?? null;
  } catch (error) {
    if (error instanceof UsageError) return null;
    throw error;
  }
}

test.each(['pivot-one', 'all-pairs'] as const)('%s: a pair of ranks that one query ties has the noise of its clicks', (name) => {
  const swap = (query: number, order: readonly number[]) => ({ query, docs: order.map((d) => 3 * query + d), probability: 4e-8 }); // 40 sessions
  const lists = Array.from({ length: 50 }, (_, q) => [swap(q, [0, 1, 2]), swap(q, [1, 0, 2])]).flat();
  const attraction = Array.from({ length: 153 }, () => 0.5);
  const log = expectedLog([...lists, swap(50, [0, 1, 2]), swap(50, [2, 1, 0])], [[1, 0.5, 0.25]], attraction);
  const { intervals, examination } = estimateBias(name, log);
  // Documents 0 and 2 of query 50, each once at rank 1 and once at rank 3, in 40 sessions: rates .5 and .125
  const relative = (rate: number) => (2 * rateVariance(40 * rate, 40)) / (2 * rate) ** 2;
  const error = Math.sqrt(relative(0.5) + relative(0.125));
  expect(examination?.[2]).toBeCloseTo(0.25, 6);
  const wide = Math.log((intervals?.upper[2] ?? 0) / 0.25) / normalQuantile(0.975);
  if (name === 'pivot-one') expect(wide).toBeCloseTo(error, 9);
  else expect(wide).toBeGreaterThan(0.9 * error);
  expect(Math.log((intervals?.upper[1] ?? 0) / 0.5)).toBeLessThan(0.3 * wide);
});

test('the variance of a rate is not too small on average, even of one session, and 0 of no click alone', () => {
  for (const [n, p] of [
    [1, 0.3],
    [2, 0.9],
    [6, 0.05],
  ]) {
    let mean = 0;
    for (let c = 0, chance = (1 - p) ** n; c <= n; c++, chance *= ((n - c + 1) * p) / (c * (1 - p))) mean += chance * rateVariance(c, n);
    expect(mean).toBeCloseTo((p * (1 - p)) / n + (p / n) ** 2, 12);
  }
  expect(rateVariance(5, 5)).toBeGreaterThan(0);
  expect(rateVariance(0, 5)).toBe(0);
});
