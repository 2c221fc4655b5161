import { benchRecommendation } from './recommendation.ts';

test('a small benchmark measures updates, training and memory', () => {
  const lines = benchRecommendation({ updates: 20_000, steps: 5, interactions: 20_000, expoMf: { users: 20, dimension: 4 } });
  expect(lines.map(({ unit }) => unit)).toEqual(['updates/s', 'updates/s', 'updates/s', 'updates/s', 's', 's', 's', 'GB']);
  for (const { value } of lines.slice(0, -1)) expect(value).toBeGreaterThan(0);
});
