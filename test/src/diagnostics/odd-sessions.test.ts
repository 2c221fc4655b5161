import { drift, oddSessions } from '../../../src/diagnostics/index.ts';

/** One list of two documents; rows: both clicked, the first, none. */
const log = {
  queries: Uint32Array.of(0),
  offsets: Uint32Array.of(0, 2),
  docs: Uint32Array.of(0, 1),
  list: Uint32Array.of(0, 0, 0),
  clickOffsets: Uint32Array.of(0, 2, 4, 6),
  clicks: Uint8Array.of(1, 1, 1, 0, 0, 0),
  count: Float64Array.of(2, 3, 5),
};

test('sessions that click everything, against as many as click-through would give', () => {
  const { clickedAll, expectedAll, repeated } = oddSessions(log);
  expect([clickedAll, repeated]).toEqual([2, null]);
  expect(expectedAll).toBeCloseTo(10 * 0.5 * 0.2, 12);
});

test('equal clicked sessions that follow each other, against random order', () => {
  const order = { rows: Uint32Array.of(2, 1, 0, 1, 0), counts: Float64Array.of(5, 2, 1, 1, 1) };
  const { repeated, expectedRepeated } = oddSessions(log, order);
  expect(repeated).toBe(1); // those without a click say nothing
  expect(expectedRepeated).toBeCloseTo((2 * 1 + 3 * 2) / 10, 12);
});

test('parts of equal numbers of sessions, in the order of the file', () => {
  const order = { rows: Uint32Array.of(2, 1, 0), counts: Float64Array.of(5, 3, 2) };
  const parts = drift(log, order, 2);
  expect(parts.map(({ sessions, clicks, firstRank, newLists }) => [sessions, clicks.value, firstRank.value, newLists])).toEqual([
    [5, 0, 0, 1],
    [5, (3 * 1 + 2 * 2) / 5, 1, 0],
  ]);
  expect(drift(log, order).map(({ sessions }) => sessions)).toEqual(new Array(10).fill(1));
});
