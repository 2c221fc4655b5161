import fc from 'fast-check';
import { type ClickLog, checkClickLog, sessionsOf } from '../../../src/data/click-log.ts';
import { compact } from '../../../src/data/compact.ts';
import { type SplitOptions, splitClickLog } from '../../../src/data/split-click-log.ts';
import { UsageError } from '../../../src/errors.ts';
import { arbitraryLog } from './arbitrary-log.ts';

/** A list of two documents for each query, and for each list and click pattern a row of so many sessions. */
function logOf(queries: number, counts: readonly (readonly number[])[]): ClickLog {
  const rows = counts.flatMap((row, pattern) => row.map((count, l) => ({ list: l % queries, pattern, count })));
  return {
    queries: Uint32Array.from({ length: queries }, (_, q) => q),
    offsets: Uint32Array.from({ length: queries + 1 }, (_, q) => 2 * q),
    docs: Uint32Array.from({ length: 2 * queries }, (_, d) => d),
    list: Uint32Array.from(rows, ({ list }) => list),
    clickOffsets: Uint32Array.from({ length: rows.length + 1 }, (_, r) => 2 * r),
    clicks: Uint8Array.from(rows.flatMap(({ pattern }) => [pattern & 1, pattern >> 1])),
    count: Float64Array.from(rows, ({ count }) => count),
  };
}

const log = logOf(3, [
  [50, 30, 20],
  [1, 400, 7],
  [0.5 * 2, 3, 1000],
]);
const ways = ['session', 'time', 'query'] as const;
/** Of a compact log, in the order of its rows. */
const orderOf = ({ count }: ClickLog) => ({ rows: Uint32Array.from(count, (_, r) => r), counts: count });

/** Sessions of each row of the whole. */
function countsIn(part: ClickLog, whole: ClickLog): number[] {
  const textOf = (of: ClickLog, r: number) => `${of.list[r]}:${of.clicks.subarray(of.clickOffsets[r], of.clickOffsets[r + 1])}`;
  const known = new Map(Array.from(part.list, (_, r) => [textOf(part, r), part.count[r]]));
  expect(known.size).toBe(part.list.length);
  return Array.from(whole.list, (_, r) => known.get(textOf(whole, r)) ?? 0);
}

test.each(ways)('by %s: every session is in one part, and numbers stay what they are', (by) => {
  fc.assert(
    fc.property(arbitraryLog, fc.double({ min: 0.05, max: 0.95, noNaN: true }), fc.string(), (drawn, share, seed) => {
      const compacted = compact(drawn);
      const whole = { ...compacted, count: compacted.count.map(Math.ceil) };
      const source = { log: whole, order: orderOf(whole) };
      const n = Math.round(share * sessionsOf(whole));
      const queries = new Set(Array.from(whole.list, (l) => whole.queries[l]));
      const size = by === 'query' ? Math.round(share * queries.size) : n;
      if (size === 0 || size === (by === 'query' ? queries.size : sessionsOf(whole))) {
        expect(() => splitClickLog(source, { by, share, seed })).toThrow('leaves a part of the log empty');
        return;
      }
      const [first, rest] = splitClickLog(source, { by, share, seed });
      for (const part of [first, rest]) {
        checkClickLog(part, { queries: 3, documents: 4 });
        expect(part.docs).toBe(whole.docs);
      }
      const [inFirst, inRest] = [countsIn(first, whole), countsIn(rest, whole)];
      expect(inFirst.map((count, r) => count + inRest[r])).toEqual([...whole.count]);
      if (by === 'query') {
        const ofFirst = new Set(Array.from(first.list, (l) => whole.queries[l]));
        expect(ofFirst.size).toBe(size);
        expect(Array.from(rest.list, (l) => whole.queries[l]).filter((query) => ofFirst.has(query))).toEqual([]);
      } else expect(sessionsOf(first)).toBe(n);
      expect(splitClickLog(source, { by, share, seed })).toEqual([first, rest]);
    }),
  );
});

test('other seeds make other splits', () => {
  const firstOf = (by: SplitOptions['by'], seed: string) => [
    ...splitClickLog({ log, order: orderOf(log) }, { by, share: 0.5, seed })[0].count,
  ];
  const different = (by: SplitOptions['by']) => new Set(Array.from({ length: 8 }, (_, seed) => String(firstOf(by, String(seed))))).size;
  expect(different('session')).toBe(8);
  expect(different('query')).toBeGreaterThan(1);
  expect(different('time')).toBe(1);
});

test('sessions are drawn without replacement: a row’s share is hypergeometric', () => {
  const few = logOf(2, [[4, 6]]);
  const [draws, n, row] = [20_000, 5, 4];
  const seen = new Array(row + 1).fill(0);
  for (let i = 0; i < draws; i++) seen[countsIn(splitClickLog({ log: few }, { by: 'session', share: 0.5, seed: String(i) })[0], few)[0]]++;
  const choose = (of: number, k: number): number => (k === 0 ? 1 : (choose(of - 1, k - 1) * of) / k);
  seen.forEach((times, k) => {
    const p = (choose(row, k) * choose(10 - row, n - k)) / choose(10, n);
    expect(Math.abs(times / draws - p)).toBeLessThan(4.5 * Math.sqrt((p * (1 - p)) / draws));
  });
});

test('counts of a billion are drawn at once, to the exact share', () => {
  const large = logOf(2, [[1e9, 3e9]]);
  const [first] = splitClickLog({ log: large }, { by: 'session', share: 0.62, seed: '1' });
  expect(sessionsOf(first)).toBe(0.62 * 4e9);
  expect(Math.abs(first.count[0] - 0.62e9)).toBeLessThan(6 * Math.sqrt(0.62 * 0.38 * 1e9));
});

test('by time, the first sessions of the order, wherever they are counted', () => {
  const whole = logOf(1, [[5], [4]]);
  const order = { rows: Uint32Array.of(1, 0, 1, 0), counts: Float64Array.of(1, 2, 3, 3) };
  const [first, rest] = splitClickLog({ log: whole, order }, { by: 'time', share: 5 / 9, seed: '' });
  expect([countsIn(first, whole), countsIn(rest, whole)]).toEqual([
    [2, 3],
    [3, 1],
  ]);
});

test.each([
  [{ by: 'session', share: 0 }, log, 'above 0 and below 1, got 0'],
  [{ by: 'session', share: 1 }, log, 'got 1'],
  [{ by: 'session', share: Number.NaN }, log, 'got NaN'],
  [{ by: 'time', share: 0.5 }, log, 'by the order of its sessions'],
  [{ by: 'session', share: 0.5 }, logOf(1, [[0.5]]), 'count[0] is 0.5'],
  [{ by: 'query', share: 0.5 }, logOf(1, [[5]]), 'a share of 0.5 by query leaves a part of the log empty'],
] as const)('refuses %j', (options, of, message) => {
  const split = () => splitClickLog({ log: of }, { ...options, seed: '1' });
  expect(split).toThrow(message);
  expect(split).toThrow(UsageError);
});
