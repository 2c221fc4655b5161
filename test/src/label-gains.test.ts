import { UsageError } from '../../src/errors.ts';
import { gainOf, gainScale, gainShares, gains, gainTableFault, highestOfTable, labelFault } from '../../src/label-gains.ts';
import { evaluateRanking } from '../../src/metrics/index.ts';

test('gains and their shares', () => {
  expect([0, 1, 3].map(gains.linear)).toEqual([0, 1, 3]);
  expect([0, 1, 3].map(gains.exponential)).toEqual([0, 1, 7]);
  expect([0, 1, 4].map((label) => gainShares.linear(label, 4))).toEqual([0, 1 / 4, 1]);
  expect([0, 1, 4].map((label) => gainShares.exponential(label, 4))).toEqual([0, 1 / 16, 15 / 16]);
});

test('a rule gives every label its gain, none to 0 and below', () => {
  expect([-1, 0, 1, 3].map(gainOf('exponential'))).toEqual([0, 0, 1, 7]);
  expect([-1, 0, 1, 1000].map(gainOf('linear'))).toEqual([0, 0, 1, 1000]);
  expect([-1, 0, 1, 2, Math.fround(0.1)].map(gainOf({ 0: 0, 0.1: 2, 1: 2, 2: 5.5 }))).toEqual([0, 0, 2, 5.5, 2]);
  expect(highestOfTable({ 1: 2, 10: 3, 9: 2 })).toBe(10);
  expect(highestOfTable('linear')).toBe(null);
});

test('the full gain of a scale is above all where gains are exponential, else that of the highest label', () => {
  expect(gainScale('exponential', 4)).toMatchObject({ highest: 15, full: 16 });
  expect(gainScale('linear', 1000)).toMatchObject({ highest: 1000, full: 1000 });
  expect(gainScale({ 1: 2, 2: 5 }, 2)).toMatchObject({ highest: 5, full: 5 });
  expect(() => gainScale({ 1: 0, 2: 5 }, 1)).toThrow('the highest label, 1, must have a gain above 0, got 0');
});

test.each<[Record<string, number>, RegExp]>([
  [{ a: 1 }, /has "a" for a label; labels are numbers/],
  [{ '1e-50': 1 }, /has "1e-50" for a label; labels are numbers that 32 bits hold/],
  [{ '': 1 }, /has "" for a label/],
  [{ 1: -1 }, /gives label 1 the gain -1; gains are finite numbers of at least 0/],
  [{ 1: Number.NaN }, /gives label 1 the gain NaN/],
  [{ 0: 1, 1: 2 }, /gives label 0 the gain 1; a label of 0 is not relevant/],
  [{ 1: 3, 2: 2 }, /gives label 2 less than label 1/],
  [{ 1: 1, '1.0': 2 }, /names one label twice, as 1 and 1\.0/],
  [{}, /gives no label a gain above 0/],
  [{ 0: 0, 1: 0 }, /gives no label a gain above 0/],
])('a table %j is refused', (table, message) => {
  expect(gainTableFault(table)).toMatch(message);
  expect(() => gainOf(table)).toThrow(UsageError);
});

test('labels without a gain: of a table those it does not name, of exponential gains those that overflow, of linear ones none', () => {
  expect(labelFault({ 1: 1, 3: 2 })(2)).toBe('label 2 has no gain in the table, which names 1, 3; add it');
  expect([-1, 0, 1, 3].map(labelFault({ 1: 1, 3: 2 }))).toEqual([null, null, null, null]);
  expect(() => gainOf({ 1: 1 })(2)).toThrow(UsageError);
  expect(labelFault('exponential')(401)).toMatch(/at most 400/);
  expect(labelFault('linear')(1e30)).toBe(null);
});

test('metrics by a table: gains over the ideal, ERR with g/g(Y); a label of gain 0 makes no query relevant', () => {
  const set = { labels: Float32Array.of(0, 20, 1000, 5, 5), offsets: Uint32Array.of(0, 3, 5) };
  const gain = { 0: 0, 5: 0, 20: 2, 1000: 10 };
  const values = evaluateRanking(Float32Array.of(1, 3, 2, 2, 1), set, ['dcg', 'ndcg', 'err'], {
    gain,
    highestGrade: 1000,
    emptyQueries: 'skip',
  });
  const dcg = 2 + 10 / Math.log2(3);
  expect([...values.dcg]).toEqual([expect.closeTo(dcg, 12), Number.NaN]);
  expect([...values.ndcg]).toEqual([expect.closeTo(dcg / (10 + 2 / Math.log2(3)), 12), Number.NaN]);
  expect([...values.err]).toEqual([expect.closeTo(0.2 + (0.8 * 1) / 2, 12), Number.NaN]);
});
