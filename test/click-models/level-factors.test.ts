import type { EventTables } from '../../click-models/fit/event-tables.ts';
import { factorsOf, levelFactors } from '../../click-models/fit/level-factors.ts';
import { modelOf } from './simulated-log.ts';

const logPrior = (values: Float64Array, mean: number, strength: number) =>
  values.reduce((sum, p) => sum + strength * (mean * Math.log(p) + (1 - mean) * Math.log1p(-p)), 0);

test('a factor goes to where both priors are highest, products stay, and what has no draw is left alone', () => {
  const { definition } = modelOf('position-based', 3);
  const values = { examination: Float64Array.of(0.9, 0.5, 0.2), attraction: Float64Array.of(0.1, 0.3, 0.05, 0.4) };
  const counts = { examination: new Float64Array(6).fill(1), attraction: Float64Array.of(1, 1, 1, 1, 1, 1, 0, 0) };
  const priors = { examination: { mean: 0.5, strength: 1 }, attraction: { mean: 0.4, strength: 20 } };
  const before = { examination: values.examination.slice(), attraction: values.attraction.slice() };
  levelFactors(factorsOf(definition), { values, counts } as unknown as EventTables, priors);
  const c = values.examination[0] / before.examination[0];
  for (const [i, p] of before.examination.entries()) expect(values.examination[i]).toBeCloseTo(p * c, 12);
  for (const i of [0, 1, 2]) expect(values.attraction[i]).toBeCloseTo(before.attraction[i] / c, 12);
  expect(values.attraction[3]).toBe(0.4);
  const at = (factor: number) =>
    logPrior(
      before.examination.map((p) => p * factor),
      0.5,
      1,
    ) +
    logPrior(
      before.attraction.subarray(0, 3).map((p) => p / factor),
      0.4,
      20,
    );
  const grid = Array.from({ length: 2000 }, (_, i) => 0.31 + (i * (1.11 - 0.31)) / 2000); // attraction .3 below 1, examination .9 below 1
  const best = grid.reduce((top, factor) => (at(factor) > at(top) ? factor : top));
  expect(Math.abs(c - best)).toBeLessThan(0.001);
});

test('of grids rows and columns have a factor between them, and with attraction; of cascades nothing has', () => {
  expect(factorsOf(modelOf('grid', 6, { columns: 3 }).definition)).toEqual([
    { up: ['columnExamined'], down: ['attraction'] },
    { up: ['columnExamined'], down: ['rowExamined'] },
  ]);
  expect(factorsOf(modelOf('dynamic-bayesian', 6).definition)).toEqual([]);
});
