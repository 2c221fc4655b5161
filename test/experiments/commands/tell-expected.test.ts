import { expectedLine } from '../../../experiments/commands/tell-expected.ts';
import { expectedWork } from '../../../experiments/tasks/ranking/expected-work.ts';
import { tinyConfig } from '../tiny-runs.ts';

const work = { seconds: 6000, what: 'mlp × 30', parts: 5, lighter: 'ranker=linear' };

test('minutes are said with what takes them and what takes less', () => {
  expect(expectedLine([work], 2, 8)).toBe('about 50 minutes: mlp × 30; -j 5, or ranker=linear takes less');
  expect(expectedLine([work], 8, 8)).toBe('about 20 minutes: mlp × 30; ranker=linear takes less'); // five seeds keep five processes busy
  expect(expectedLine([work, work, work], 1, 1)).toBe('about 5 hours: 3 runs, each mlp × 30; ranker=linear takes less');
});

test('what is short is not worth a word', () => {
  expect(expectedLine([{ ...work, seconds: 60 }], 1, 1)).toBe(null);
  expect(expectedLine([], 1, 1)).toBe(null);
});

test('the work grows with weights, documents, steps and seeds; there is none without networks', async () => {
  expect(await expectedWork(tinyConfig())).toBe(null);
  const config = { ranker: { name: 'mlp', hidden: [8] }, training: { steps: 50 }, estimators: ['naive', 'ips'] };
  const one = await expectedWork(tinyConfig(config));
  const weights = 4 * 8 + 8; // features × hidden + hidden × 1
  const documents = 320; // 16 queries of 20; lists of 10 positions, two a query, would show as many
  const operations = 6 * weights * documents * 50 * 2 * 2; // steps, methods, seeds
  expect(one?.what).toBe('mlp × 4');
  expect(one?.seconds).toBeCloseTo(operations / 8e9, 6);
  const twice = await expectedWork(tinyConfig({ ...config, seeds: 4 }));
  expect(twice?.seconds).toBeCloseTo(2 * (one?.seconds as number), 9);
});
