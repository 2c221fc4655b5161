import { readStudy } from '../../../experiments/catalogue/read-study.ts';
import { expectedLine } from '../../../experiments/commands/tell-expected.ts';
import { expectedWork } from '../../../experiments/tasks/ranking/expected-work.ts';
import { scorers } from '../../../src/models/scorers.ts';
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

test('where no override takes less, none is named; several runs are told by the longest', () => {
  expect(expectedLine([{ ...work, parts: 1, lighter: null }], 1, 8)).toBe('about 2 hours: mlp × 30');
  const short = { ...work, seconds: 60, what: 'ips × 5', lighter: null };
  expect(expectedLine([short, work], 1, 1)).toContain('2 runs, each mlp × 30; ranker=linear takes less');
});

test('the work grows with weights, documents, steps and seeds', async () => {
  const config = { ranker: { name: 'mlp', hidden: [8] }, training: { steps: 50 }, estimators: ['naive', 'ips'] };
  const one = await expectedWork(tinyConfig(config));
  const weights = 4 * 8 + 8; // features × hidden + hidden × 1
  const documents = 320; // 16 queries of 20; lists of 10 positions, two a query, show as many places
  const step = (6 * weights * documents) / 8e9 + 0.15e-6 * 320;
  expect(one?.what).toBe('mlp × 4');
  expect(one?.seconds).toBeCloseTo(step * 50 * 2 * 2, 9); // steps, methods, seeds
  const twice = await expectedWork(tinyConfig({ ...config, seeds: 4 }));
  expect(twice?.seconds).toBeCloseTo(2 * (one?.seconds as number), 9);
});

test('the best of several penalties is trained several times', async () => {
  const seconds = async (ranker: string, l2: unknown, more = {}) =>
    (await expectedWork(tinyConfig({ ranker, estimators: ['naive', 'skyline'], training: { l2 }, ...more })))?.seconds as number;
  expect(await seconds('mlp', [0.1, 0.01, 0])).toBeCloseTo(3 * (await seconds('mlp', 0)), 9);
  expect(await seconds('linear', 'auto')).toBeCloseTo(9 * (await seconds('linear', 0)), 9); // 16 queries of 4 features
  const large = { data: { synthetic: { trainQueries: 40, features: 4 } } };
  expect(await seconds('linear', 'auto', large)).toBeCloseTo(await seconds('linear', 0, large), 9);
});

test('every registered ranker has its cost, and what is slow is named', async () => {
  for (const name of Object.keys(scorers)) {
    const work = await expectedWork(
      tinyConfig({ ranker: name === 'embedding' ? { name, of: 'document' } : name, estimators: ['naive', 'ips'] }),
    );
    expect(work).toMatchObject({ lighter: name === 'linear' ? 'seeds=1' : 'ranker=linear' });
    expect(work?.what).toMatch(name === 'linear' ? /^(naive|ips) × 2/ : new RegExp(`^${name} × 4$`));
  }
  const slow = await expectedWork(tinyConfig({ estimators: ['naive', 'prpo'], training: { steps: 1000 } }));
  expect(slow?.what).toBe('prpo × 2');
  expect(await expectedWork(tinyConfig({ estimators: ['random'], baseline: null }))).toBe(null);
});

test('click models: by the rows of the log, not those that only count', async () => {
  const large = ['simulation.sessions=1e7', 'data.synthetic.trainQueries=100000', 'evaluation.resamples=40', 'seeds=2'];
  const { task, config } = await readStudy('click-models', large);
  const work = await task.expectedWork?.(config);
  expect(work?.what).toBe('position-based × 2, dependent-click × 2, click-chain × 2, …');
  expect(work?.seconds).toBeCloseTo(0.62 * 1e7 * 10 * 1e-6 * 41 * 5 * 2, 0); // rows, positions, resamples, models, seeds
});

test('recommenders: by steps, batches and width; expo-mf by users, items and factors', async () => {
  const usual = ['seeds=2', 'evaluation.metrics=[auc]', 'baseline=null', 'training.steps=500', 'training.batch=1000', 'model.dimension=10'];
  const expected = async (...more: string[]) => {
    const { task, config } = await readStudy('mnar-semi-synthetic', [
      ...usual,
      'world={name: synthetic, users: 1000, items: 500}',
      ...more,
    ]);
    return task.expectedWork?.(config);
  };
  const one = await expected('estimators=[popularity, naive, ubpr]');
  expect(one).toMatchObject({ what: 'ubpr × 2, naive × 2', parts: 2 });
  expect(one?.seconds).toBeCloseTo(500 * 1000 * (0.4e-6 + 10 * 0.01e-6) * (1 + 2) * 2, 9); // steps, batch, a pair, models, seeds
  const exposures = await expected('estimators=[{name: expo-mf, dimension: 100, iterations: 20}]');
  expect(exposures?.seconds).toBeCloseTo(0.03e-9 * 20 * 1000 * 500 * 100 ** 2 * 2, 6);
  expect(await expected('estimators=[popularity]')).toBe(null);
});
