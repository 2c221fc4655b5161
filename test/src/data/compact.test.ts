import fc from 'fast-check';
import { type ClickLog, checkClickLog, clickSums, sessionsOf } from '../../../src/data/click-log.ts';
import { compact, compactInOrder } from '../../../src/data/compact.ts';
import { arbitraryLog, build, sessionsByText } from './arbitrary-log.ts';

/** Click sums by query and documents, so that logs with other list numbers can be compared. */
function sumsByText(log: ClickLog): Record<string, number[]> {
  const { clicks, sessions } = clickSums(log);
  const sums: Record<string, number[]> = {};
  log.queries.forEach((query, l) => {
    const [start, end] = [log.offsets[l], log.offsets[l + 1]];
    const text = `${query}: ${log.docs.slice(start, end)}`;
    const mine = [sessions[l], ...clicks.slice(start, end)];
    sums[text] = mine.map((sum, i) => sum + (sums[text]?.[i] ?? 0));
  });
  return sums;
}

test('merges equal lists and rows in the order of first appearance', () => {
  const log = compact({
    queries: Uint32Array.of(1, 0, 1, 1),
    offsets: Uint32Array.of(0, 2, 4, 6, 8),
    docs: Uint32Array.of(5, 4, 5, 4, 5, 4, 4, 5), // lists 0 and 2 are equal; 1 is of another query, 3 in another order
    list: Uint32Array.of(3, 2, 0, 1, 2),
    clickOffsets: Uint32Array.of(0, 2, 4, 6, 8, 10),
    clicks: Uint8Array.of(1, 0, 0, 1, 0, 1, 0, 1, 1, 1),
    count: Float64Array.of(1, 2, 4, 8, 16),
  });
  expect(log).toEqual({
    queries: Uint32Array.of(1, 0, 1),
    offsets: Uint32Array.of(0, 2, 4, 6),
    docs: Uint32Array.of(5, 4, 5, 4, 4, 5),
    list: Uint32Array.of(2, 0, 1, 0),
    clickOffsets: Uint32Array.of(0, 2, 4, 6, 8),
    clicks: Uint8Array.of(1, 0, 0, 1, 0, 1, 1, 1),
    count: Float64Array.of(1, 2 + 4, 8, 16),
  });
});

test('keeps what the log says, leaves no equal lists or rows, and is idempotent', () => {
  fc.assert(
    fc.property(arbitraryLog, (log) => {
      const small = compact(log);
      checkClickLog(small, { queries: 3, documents: 4 });
      expect(sessionsByText(small)).toEqual(sessionsByText(log));
      expect(sumsByText(small)).toEqual(sumsByText(log));
      expect(sessionsOf(small)).toBe(sessionsOf(log));
      expect(small.list.length).toBe(Object.keys(sessionsByText(log)).length);
      expect(small.queries.length).toBe(Object.keys(sumsByText(log)).length);
      expect(compact(small)).toEqual(small);
    }),
  );
});

test('an empty log stays empty', () => {
  expect(compact(build([]))).toEqual(build([]));
});

test('many distinct rows stay distinct, and fast', () => {
  const patterns = 2 ** 16;
  const sessions = 2 * patterns; // every pattern of 16 positions comes twice
  const log: ClickLog = {
    queries: Uint32Array.of(0),
    offsets: Uint32Array.of(0, 16),
    docs: Uint32Array.from({ length: 16 }, (_, k) => k),
    list: new Uint32Array(sessions),
    clickOffsets: Uint32Array.from({ length: sessions + 1 }, (_, r) => 16 * r),
    clicks: Uint8Array.from({ length: 16 * sessions }, (_, i) => (Math.floor(i / 16) >> (i % 16)) & 1),
    count: new Float64Array(sessions).fill(1),
  };
  const started = performance.now();
  const small = compact(log);
  expect(performance.now() - started).toBeLessThan(2000); // about 0.05 s; a table that clusters needs minutes
  expect(small.count.length).toBe(patterns);
  expect(small.count.every((count) => count === 2)).toBe(true);
  expect(Buffer.from(small.clicks).equals(log.clicks.subarray(0, 16 * patterns))).toBe(true);
});

test('in order: what the first sessions were can still be told', () => {
  fc.assert(
    fc.property(arbitraryLog, (raw) => {
      const { log, order } = compactInOrder(raw);
      expect(log).toEqual(compact(raw));
      const text = ({ queries, offsets, docs, list, clickOffsets, clicks, contexts, policies }: ClickLog, r: number) => {
        const l = list[r];
        return JSON.stringify([
          ...[queries[l], contexts?.[l], policies?.[l], ...docs.slice(offsets[l], offsets[l + 1]), '/'],
          ...clicks.slice(clickOffsets[r], clickOffsets[r + 1]),
        ]);
      };
      const told = Array.from(order.rows, (row, i) => [text(log, row), order.counts[i]] as const);
      const expected: [string, number][] = [];
      for (let r = 0; r < raw.list.length; r++) {
        const last = expected.at(-1);
        if (last?.[0] === text(raw, r)) last[1] += raw.count[r];
        else expected.push([text(raw, r), raw.count[r]]);
      }
      expect(told).toEqual(expected);
    }),
  );
});
