import { benchClickLogs, relpredLines } from './click-logs.ts';

test('a small benchmark goes the whole way', async () => {
  const lines = await benchClickLogs(2000);
  expect(lines.map(({ unit }) => unit)).toEqual(['sessions/s', 'sessions/s']);
  for (const { value, ratio } of lines) expect(Math.min(value, ratio as number)).toBeGreaterThan(0);
});

test('pages show ten different documents and are clicked', () => {
  const lines = [...relpredLines(2000, 1000)];
  for (const line of lines) expect(new Set(line.split('\n')[0].split('\t').slice(5)).size).toBe(10);
  const clicks = lines.reduce((sum, line) => sum + line.split('\n').length - 2, 0) / lines.length;
  const mean = Array.from({ length: 10 }, (_, k) => 0.42 / (k + 1)).reduce((sum, p) => sum + p, 0);
  expect(Math.abs(clicks - mean)).toBeLessThan(5 * Math.sqrt(mean / lines.length));
});
