import { ClickLogBuilder } from '../../../src/data/click-log-builder.ts';
import { withoutClickingEverything } from '../../../src/diagnostics/index.ts';

const logOf = (documents: number, rows: readonly (readonly [clicks: readonly number[], count: number])[]) => {
  const builder = new ClickLogBuilder(1);
  const list = builder.addList(
    0,
    Array.from({ length: documents }, (_, d) => d),
    0,
    0,
  );
  for (const [clicks, count] of rows) builder.addRow(list, clicks, count);
  return builder.build();
};
const bots = [[[1, 1, 1], 30] as const, [[1, 0, 0], 40] as const, [[0, 0, 1], 9] as const, [[0, 0, 0], 50] as const];

test('of sessions that click everything as many stay as the other sessions of the list foretell', () => {
  const found = withoutClickingEverything(logOf(3, bots));
  const expected = (99 * 40.5 * 0.5 * 9.5) / 100 ** 3;
  expect(found?.clickingEverything.sessions).toBe(30);
  expect(found?.clickingEverything.expected).toBeCloseTo(expected, 12);
  expect(Array.from(found?.log.count ?? []).sort((a, b) => a - b)).toEqual([expect.closeTo(expected, 12), 9, 40, 50]);
});

test('none are left out of lists of two, where they are few, as many as by chance, or alone', () => {
  const two = bots.map(([clicks, count]) => [clicks.slice(0, 2), count] as const);
  expect(withoutClickingEverything(logOf(2, two))).toBeNull();
  expect(withoutClickingEverything(logOf(3, [[[1, 1, 1], 4], ...bots.slice(1)]))).toBeNull();
  expect(
    withoutClickingEverything(
      logOf(3, [
        [[1, 1, 1], 500],
        [[1, 1, 0], 300],
        [[0, 1, 1], 300],
        [[1, 0, 1], 300],
      ]),
    ),
  ).toBeNull();
  expect(withoutClickingEverything(logOf(3, [[[1, 1, 1], 30]]))).toBeNull();
});
