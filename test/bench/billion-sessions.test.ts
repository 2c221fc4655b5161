import { benchBillionSessions, benchSessionCost } from './billion-sessions.ts';

test('a small study goes the whole way for both click models, and learns', async () => {
  const lines = await benchBillionSessions({ sessions: 1e6, queries: 50, positions: 10 });
  expect(lines.map(({ unit }) => unit)).toEqual(['s', 'rows', '', 's', 'rows', '', 'GB']);
  for (const { name, value } of lines) {
    expect(value).toBeGreaterThan(name.includes('NDCG') ? 0.6 : 0); // a random order has about 0.42
    if (name.includes('NDCG')) expect(value).toBeLessThanOrEqual(1);
  }
});

test('cost by sessions: rows grow no faster than sessions, and every step is timed', async () => {
  const lines = await benchSessionCost([1e3, 1e6], 20);
  expect(lines.map(({ unit }) => unit)).toEqual(['rows', 's', 's', 'rows', 's', 's']);
  const [few, many] = lines.filter(({ unit }) => unit === 'rows').map(({ value }) => value);
  expect(few).toBeLessThanOrEqual(1e3);
  expect(many).toBeLessThanOrEqual(20 * 2 ** 10); // patterns of ten clicks on twenty lists
  for (const { value } of lines) expect(value).toBeGreaterThan(0);
});
