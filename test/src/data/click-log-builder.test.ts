import fc from 'fast-check';
import { type ClickLog, checkClickLog } from '../../../src/data/click-log.ts';
import { ClickLogBuilder } from '../../../src/data/click-log-builder.ts';
import { concatLogs } from '../../../src/data/concat-logs.ts';
import { subsetLists } from '../../../src/data/subset-lists.ts';
import { arbitraryLog, build, sessionsByText } from './arbitrary-log.ts';

test('interns lists and keeps rows as they come', () => {
  const builder = new ClickLogBuilder();
  const shown = Uint32Array.of(7, 3);
  const first = builder.addList(2, shown);
  const other = builder.addList(2, [3, 7]);
  shown[0] = 0; // copied: no longer matters
  expect([first, other, builder.addList(2, [7, 3]), builder.addList(1, [7, 3]), builder.addList(2, [7])]).toEqual([0, 1, 0, 2, 3]);
  builder.addRow(other, [0, 1]);
  builder.addRow(first, Uint8Array.of(1, 1), 5);
  builder.addRow(other, [0, 1]);
  const log = builder.build();
  expect(log).toEqual({
    queries: Uint32Array.of(2, 2, 1, 2),
    offsets: Uint32Array.of(0, 2, 4, 6, 7),
    docs: Uint32Array.of(7, 3, 3, 7, 7, 3, 7),
    list: Uint32Array.of(1, 0, 1),
    clickOffsets: Uint32Array.of(0, 2, 4, 6),
    clicks: Uint8Array.of(0, 1, 1, 1, 0, 1),
    count: Float64Array.of(1, 5, 1),
  });
  builder.addRow(first, [0, 0], 2);
  expect(log.list.length).toBe(3);
  expect(builder.build().count).toEqual(Float64Array.of(1, 5, 1, 2));
});

test('a million rows are cheap', () => {
  const builder = new ClickLogBuilder();
  const docs = new Uint32Array(10);
  const clicks = new Uint8Array(10);
  const started = performance.now();
  for (let r = 0; r < 1_000_000; r++) {
    docs[r % 10] = r % 1000;
    clicks[r % 10] ^= 1;
    builder.addRow(builder.addList(r % 100, docs), clicks);
  }
  const log = builder.build();
  expect(performance.now() - started).toBeLessThan(5000); // about 0.3 s
  expect(log.clicks.length).toBe(10_000_000);
  checkClickLog(log, { queries: 100, documents: 1000 });
});

test('logs in one: the sessions of both', () => {
  fc.assert(
    fc.property(arbitraryLog, arbitraryLog, (a, b) => {
      const both = concatLogs(a, b);
      checkClickLog(both, { queries: 3, documents: 4 });
      const sum = sessionsByText(a);
      for (const [text, count] of Object.entries(sessionsByText(b))) sum[text] = (sum[text] ?? 0) + count;
      expect(sessionsByText(both)).toEqual(sum);
      expect(both.queries.length).toBe(a.queries.length + b.queries.length);
    }),
  );
});

test('a subset of the lists has their rows and no others', () => {
  fc.assert(
    fc.property(arbitraryLog, (log) => {
      const part = subsetLists(log, (l) => log.queries[l] !== 1);
      checkClickLog(part, { queries: 3, documents: 4 });
      const expected = Object.entries(sessionsByText(log)).filter(([text]) => !text.startsWith('1:'));
      expect(sessionsByText(part)).toEqual(Object.fromEntries(expected));
      expect(part.queries).not.toContain(1);
    }),
  );
});

test('builds the empty log', () => {
  expect(build([]).offsets).toEqual(Uint32Array.of(0));
});

test.each<[Partial<ClickLog>, RegExp]>([
  [{ offsets: Uint32Array.of(1, 2) }, /must start at 0/],
  [{ clickOffsets: Uint32Array.of(1, 3) }, /must start at 0/],
  [{ clicks: Uint8Array.of(1) }, /expected 2 clicks, got 1/],
  [{ clicks: Uint8Array.of(1, 0, 0) }, /expected 2 clicks, got 3/],
  [{ count: Float64Array.of(Infinity) }, /count\[0\] must be finite and above 0, got Infinity/],
  [{ docs: Uint32Array.of(0, 9) }, /shown document 9 is not in the query set/],
])('a log with %j is refused', (part, rule) => {
  const whole: ClickLog = {
    queries: Uint32Array.of(0),
    offsets: Uint32Array.of(0, 2),
    docs: Uint32Array.of(0, 1),
    list: Uint32Array.of(0),
    clickOffsets: Uint32Array.of(0, 2),
    clicks: Uint8Array.of(1, 0),
    count: Float64Array.of(3),
  };
  expect(() => checkClickLog(whole, { queries: 1, documents: 2 })).not.toThrow();
  expect(() => checkClickLog({ ...whole, ...part }, { queries: 1, documents: 2 })).toThrow(rule);
});
