import { advise, recommendedName, worlds } from './advice.ts';

test('forty logs: four kinds of users, five sizes, with overlap and without', () => {
  expect(worlds).toHaveLength(40);
  expect(new Set(worlds.map((world) => JSON.stringify(world))).size).toBe(40);
});

test('what follows from a small log is worth more than clicks as they are, by the truth', async () => {
  const { recommended, value, values } = await advise(
    { clickModel: 'position-based', sessions: 10_000, temperature: 0.5, queries: 40 },
    '1',
    ['naive'],
  );
  expect(recommended).toBe('bias:all-pairs,weighting:name:clipped-ips,clip:0.1');
  expect(value).toBeGreaterThan(values.naive);
});

test('without a document that moved, the form of a ranker tells the bias', async () => {
  const world = { clickModel: 'dynamic-bayesian', sessions: 5000, temperature: 0, queries: 40 };
  expect(await recommendedName(world)).toBe('bias:regression-em,weighting:clipped-ips');
});

test.each([
  [5000, 0.5, 'name:click-model-labels,clickModel:dynamic-bayesian'],
  [20_000, 0.5, 'bias:all-pairs,weighting:ips'],
  [20_000, 0, 'name:click-model-labels,clickModel:dynamic-bayesian'],
])('users who stop at their first click, %i sessions, temperature %d: %s', async (sessions, temperature, name) => {
  expect(await recommendedName({ clickModel: 'cascade', sessions, temperature, queries: 40 })).toBe(name);
});
