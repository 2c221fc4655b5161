import { clickModels, logLikelihood } from '../../../click-models/index.ts';
import { marginalLog } from '../../../estimators/index.ts';
import { inverseLoggingPropensities } from '../../../estimators/weightings/inverse-logging-propensity.ts';
import { clickSums } from '../../../src/data/click-log.ts';
import { ClickLogBuilder } from '../../../src/data/click-log-builder.ts';
import { exactClicks } from './world.ts';

test('a marginal log has the sums of the log, in at most K + 1 rows a list', () => {
  const { log } = exactClicks({ click: (k, y) => 1 / (1 + k + Math.exp(-y)), sessions: 1e4 });
  const marginal = marginalLog(log);
  const [before, after] = [clickSums(log), clickSums(marginal)];
  expect([...marginal.docs]).toEqual([...log.docs]);
  after.clicks.forEach((clicks, i) => {
    expect(clicks).toBeCloseTo(before.clicks[i], 6);
  });
  after.sessions.forEach((sessions, l) => {
    expect(sessions).toBeCloseTo(before.sessions[l], 6);
  });
  expect(marginal.list.length).toBeLessThanOrEqual(5 * log.queries.length);
});

test('clicks that all or no session had, equal sums, and lists that nobody saw', () => {
  const builder = new ClickLogBuilder();
  builder.addList(1, [5, 6]); // unseen
  const list = builder.addList(0, [0, 1, 2, 3]);
  builder.addRow(list, [1, 1, 0, 0], 3);
  builder.addRow(list, [1, 0, 1, 0], 3);
  const marginal = marginalLog(builder.build());
  expect([...marginal.queries]).toEqual([0]);
  expect(Array.from(marginal.count, (count, row) => [count, [...marginal.clicks.slice(4 * row, 4 * row + 4)]])).toEqual([
    [3, [1, 0, 0, 0]],
    [3, [1, 1, 1, 0]],
  ]);
});

test('of a click model whose ranks are independent, a marginal log has the likelihood of the log', () => {
  const { log } = exactClicks({ click: (k, y) => 1 / (1 + k + Math.exp(-y)), sessions: 1e4, queries: 2 });
  for (const name of ['position-based', 'trust-bias'] as const) {
    const model =
      name === 'trust-bias'
        ? clickModels[name].create({ affine: null }, 4)
        : clickModels[name].create({ examination: 'eye-tracking', eta: 1 }, 4);
    const total = ({ offsets, list, docs, clickOffsets, clicks, count }: typeof log) =>
      count.reduce((sum, n, row) => {
        const attraction = Float64Array.from(docs.subarray(offsets[list[row]], offsets[list[row] + 1]), (doc) => 0.1 + 0.05 * doc);
        return sum + n * logLikelihood(model, { attraction }, clicks.subarray(clickOffsets[row], clickOffsets[row + 1]));
      }, 0);
    expect(total(marginalLog(log)) / total(log)).toBeCloseTo(1, 9);
  }
});

test('policy weights: impressions of the document over those at the rank, cut, with mean 1', () => {
  // document 0: 6 at rank 1, 2 at rank 2; document 1: 2 at rank 1, 6 at rank 2; document 2: always at rank 3
  const builder = new ClickLogBuilder();
  builder.addRow(builder.addList(0, [0, 1, 2]), [1, 0, 0], 6);
  builder.addRow(builder.addList(0, [1, 0, 2]), [0, 1, 0], 2);
  const log = builder.build();
  const free = [8 / 6, 8 / 6, 1, 8 / 2, 8 / 2, 1];
  const expected = (values: readonly number[]) => {
    const sum = values.reduce((total, value, i) => total + value * (i < 3 ? 6 : 2), 0);
    return values.map((value) => (value * 24) / sum);
  };
  expect([...inverseLoggingPropensities(log, 0)]).toEqual(expected(free).map((value) => expect.closeTo(value, 12)));
  expect([...inverseLoggingPropensities(log, 0.5)]).toEqual(
    expected(free.map((value) => Math.min(value, 2))).map((value) => expect.closeTo(value, 12)),
  );
});
