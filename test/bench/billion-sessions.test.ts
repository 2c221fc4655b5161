import { benchBillionSessions } from './billion-sessions.ts';

test('a small study goes the whole way for both click models, and learns', async () => {
  const lines = await benchBillionSessions({ sessions: 1e6, queries: 50, positions: 10 });
  expect(lines.map(({ unit }) => unit)).toEqual(['s', 'rows', '', 's', 'rows', '', 'GB']);
  for (const { name, value } of lines) {
    expect(value).toBeGreaterThan(name.includes('NDCG') ? 0.6 : 0); // a random order has about 0.42
    if (name.includes('NDCG')) expect(value).toBeLessThanOrEqual(1);
  }
});
