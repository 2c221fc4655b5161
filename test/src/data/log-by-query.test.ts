import fc from 'fast-check';
import type { ClickLog } from '../../../src/data/click-log.ts';
import { ClickLogBuilder } from '../../../src/data/click-log-builder.ts';
import { logByQuery } from '../../../src/data/log-by-query.ts';

const rowsOf = (log: ClickLog) =>
  Array.from(log.list, (l, r) => ({
    query: log.queries[l],
    policy: log.policies?.[l],
    docs: [...log.docs.subarray(log.offsets[l], log.offsets[l + 1])],
    clicks: [...log.clicks.subarray(log.clickOffsets[r], log.clickOffsets[r + 1])],
    count: log.count[r],
  }));

test('the same rows, query by query and list by list, else in their old order, each told where it was', () => {
  const row = fc.record({
    query: fc.integer({ min: 0, max: 3 }),
    length: fc.integer({ min: 0, max: 3 }),
    clicked: fc.integer({ min: 0, max: 7 }),
  });
  fc.assert(
    fc.property(fc.array(row, { maxLength: 60 }), (rows) => {
      const builder = new ClickLogBuilder(1, 2);
      for (const { query, length, clicked } of rows) {
        const docs = Array.from({ length }, (_, k) => 10 * query + k);
        builder.addRow(
          builder.addList(query, docs),
          docs.map((_, k) => (clicked >> k) & 1),
          1 + clicked,
        );
      }
      const log = builder.build();
      const old = rowsOf(log);
      const { log: ordered, before } = logByQuery(log);
      const places = before?.rows ?? Uint32Array.from(old.keys());
      expect([...places].sort((a, b) => a - b)).toEqual([...old.keys()]);
      expect(rowsOf(ordered)).toEqual(Array.from(places, (place) => old[place]));
      const queries = rowsOf(ordered).map(({ query }) => query);
      if (before !== null) expect(queries).toEqual([...queries].sort((a, b) => a - b));
      for (let r = 1; before !== null && r < places.length; r++)
        if (queries[r] === queries[r - 1])
          expect(Math.sign(ordered.list[r] - ordered.list[r - 1]) || Math.sign(places[r] - places[r - 1])).toBe(1);
    }),
  );
});

test('rows of queries among each other are ordered, rows that are stay as they are', () => {
  const logOf = (queries: readonly number[]) => {
    const builder = new ClickLogBuilder();
    for (const [at, query] of queries.entries()) builder.addRow(builder.addList(query, [10 * query]), [at % 2], 1 + at);
    return builder.build();
  };
  const mixed = Array.from({ length: 40 }, (_, r) => r % 3);
  expect(logByQuery(logOf(mixed)).before).not.toBeNull();
  expect(logByQuery(logOf([...mixed].sort())).before).toBeNull();
});
