import { inverseLoggingPropensities } from '../../../estimators/weightings/inverse-logging-propensity.ts';
import { ClickLogBuilder } from '../../../src/data/click-log-builder.ts';

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
