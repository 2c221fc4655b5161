import { bootstrapped } from '../../estimators/bias/bootstrap.ts';
import { clickSums } from '../../src/data/click-log.ts';
import { ClickLogBuilder } from '../../src/data/click-log-builder.ts';
import { createRng } from '../../src/random/rng.ts';

test('intervals of a ratio of click counts come to those of the delta method', () => {
  const builder = new ClickLogBuilder();
  const list = builder.addList(0, [0, 1]);
  builder.addRow(list, [1, 0], 800);
  builder.addRow(list, [0, 1], 200);
  const log = builder.build();
  const { intervals } = bootstrapped(Float64Array.of(1, 0.25), log, 400, createRng('bootstrap'), (resampled) => {
    const { clicks } = clickSums(resampled);
    return clicks.map((count) => count / clicks[0]);
  });
  const width = 2 * 1.96 * Math.sqrt(1 / 800 + 1 / 200); // of log c_2/c_1, each session clicking one of them
  expect(Math.log((intervals?.upper[1] ?? 0) / (intervals?.lower[1] ?? 1)) / width).toBeCloseTo(1, 0.5);
  expect([intervals?.lower[0], intervals?.upper[0]]).toEqual([1, 1]);
  expect(bootstrapped(Float64Array.of(1, 0.25), log, 0, createRng('none'), () => new Float64Array(2))).toEqual({});
});
