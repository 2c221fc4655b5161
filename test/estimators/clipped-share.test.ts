import { clippedShare } from '../../estimators/clipped-share.ts';
import { builtIn } from '../../experiments/catalogue/catalogue.ts';
import { runTask } from '../../experiments/engine/run-task.ts';
import { rowsIn } from '../../experiments/tables/run-result.ts';
import type { RankingConfig } from '../../experiments/tasks/ranking/ranking-config.ts';
import { weights } from '../../experiments/tasks/ranking/ranking-tables.ts';
import { tinyConfig } from '../experiments/tiny-runs.ts';
import { exactLog, examination, expectation } from './world.ts';

/** The share that a run tells of each of its methods; undefined where none. */
async function sharesIn(config: RankingConfig): Promise<(number | undefined)[]> {
  const { result } = await runTask(builtIn().tasks.ranking, config);
  const rows = rowsIn(result, weights);
  return result.methods.map((label) => rows.find(({ method }) => method === label)?.clipped_share);
}

test('is the probability that a click is at a position below the clip', () => {
  const log = exactLog(1e6);
  const clicks = expectation((theta, gamma) => theta * gamma);
  for (const clip of [0.01, 0.2, 0.7, 1]) {
    const below = expectation((theta, gamma) => (theta < clip ? theta * gamma : 0));
    expect(clippedShare(log, (_, k) => examination[k] < clip)).toBeCloseTo(below / clicks, 12);
  }
});

test('looks at the shown document where weights differ by list', () => {
  const log = exactLog(1e6);
  const clicks = expectation((theta, gamma) => theta * gamma);
  expect(clippedShare(log, (shown) => shown === 4)).toBeCloseTo((0.6 * 0.5 * 0.2) / clicks, 12);
});

test('is 0 without clicks', () => {
  const log = exactLog(1);
  expect(clippedShare({ ...log, clicks: log.clicks.map(() => 0) }, () => true)).toBe(0);
});

test('rises with the clip from 0 to 1 in a run; methods that cannot clip have none', async () => {
  const clips = [0.01, 0.3, 0.5, 1];
  const estimators = ['naive', 'ips', ...clips.map((clip) => ({ name: 'clipped-ips', clip, label: `clip ${clip}` })), 'dual-learning'];
  const capped = { name: 'dual-learning', maximumWeight: 1.1, label: 'capped' };
  const config = tinyConfig({ seeds: 1, estimators: [...estimators, capped] });
  const [naive, ips, lowest, low, high, all, dual, ofCapped] = await sharesIn(config);
  expect([naive, ips, dual]).toEqual([undefined, undefined, undefined]);
  expect(lowest).toBe(0);
  expect(low).toBeGreaterThan(0);
  expect(high).toBeGreaterThan(low as number);
  expect(high).toBeLessThan(1);
  expect(all).toBe(1); // eye tracking: not even the first rank is always examined
  expect(ofCapped).toBeGreaterThan(0);
  const affine = tinyConfig({
    seeds: 1,
    simulation: { sessions: 2000, clickModel: 'trust-bias' },
    estimators: [0, 0.5].map((clip) => ({ name: 'affine', clip, label: `a${clip}` })),
    baseline: null,
  });
  const [none, some] = await sharesIn(affine);
  expect(none).toBeUndefined();
  expect(some).toBeGreaterThan(0);
});
