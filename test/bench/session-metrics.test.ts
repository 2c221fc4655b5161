import { randomSessions } from './session-metrics.ts';

test('the search sessions it scores have the size it says, repeats and relevant documents', () => {
  const sessions = randomSessions(2000);
  const queries = sessions.flatMap((session) => session.queries);
  expect(Math.abs(queries.length / sessions.length - 3)).toBeLessThan(4 * Math.sqrt(2 / 2000)); // uniform on 1 … 5
  expect(queries.every(({ results }) => results.length === 10)).toBe(true);
  expect(queries.some(({ results }) => results.some(({ grade }) => grade === 4))).toBe(true);
  expect(
    sessions.some(
      (session) => new Set(session.queries.flatMap(({ results }) => results.map(({ id }) => id))).size < 10 * session.queries.length,
    ),
  ).toBe(true);
});
