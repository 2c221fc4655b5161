import { UsageError } from '../../../src/errors.ts';
import { numGrid, parseMetricGrid } from '../../../src/meta-evaluation/metric-grid.ts';
import { tuneMetric } from '../../../src/meta-evaluation/tune-metric.ts';
import { gaussian } from '../../../src/random/gaussian.ts';
import { createRng, type Rng } from '../../../src/random/rng.ts';
import { parseSessionMetric } from '../../../src/session-metrics/index.ts';
import { rated, told } from './rated-sessions.ts';

const normals = (n: number, rng: Rng) => Array.from({ length: n }, () => gaussian(rng));
/** A grid of one option, weight, over columns that are told. */
const gridOf = (weights: readonly number[], values: (weight: number) => number[]) => ({
  varied: ['weight'],
  points: weights.map((weight) => ({ column: told(`m(weight=${weight})`, values(weight)), options: { weight: String(weight) } })),
});

test('finds the weight that satisfaction was made with, and what that gains on sessions it was not chosen on', () => {
  const rng = createRng('tune');
  const [a, b] = [normals(600, rng), normals(600, rng)];
  const ratings = a.map((value, i) => value + 2 * b[i] + 0.3 * gaussian(rng));
  const values = (weight: number) => a.map((value, i) => value + weight * b[i]);
  const tuning = tuneMetric(rated(ratings), told('m', values(0)), gridOf([0, 0.5, 2, 8], values), createRng('x'), { resamples: 200 });
  expect(tuning).toMatchObject({
    chosen: 'm(weight=2)',
    sessions: { tuning: 300, heldOut: 300 },
    correlation: 'spearman',
    varied: ['weight'],
  });
  // r(a + 2b, a + 2b + 0.3e) = √(5/5.09), r(a, …) = 1/√5.09; Spearman is a little lower
  expect(tuning.heldOut.value).toBeGreaterThan(0.97);
  expect(Math.abs(tuning.untuned.heldOut.value - 1 / Math.sqrt(5.09))).toBeLessThan(4 / Math.sqrt(300));
  expect(tuning.gain.difference.lower).toBeGreaterThan(0);
  expect(tuning.grid.map(({ options }) => options)).toEqual([{ weight: '0' }, { weight: '0.5' }, { weight: '2' }, { weight: '8' }]);
});

test('where nothing helps, the best of a grid looks good on the half that chose it, and not on the other', () => {
  const rng = createRng('noise');
  let [tuned, heldOut] = [0, 0];
  const repeats = 40;
  for (let r = 0; r < repeats; r++) {
    const grid = gridOf([1, 2, 3, 4, 5, 6, 7, 8], () => normals(100, rng));
    const tuning = tuneMetric(rated(normals(100, rng)), told('m', normals(100, rng)), grid, rng.fork(`${r}`), { resamples: 20 });
    tuned += Math.max(...tuning.grid.map((point) => point.tuning)) / repeats;
    heldOut += tuning.heldOut.value / repeats;
  }
  // the mean of the highest of eight normals is 1.42 standard deviations, 1/√49 each
  expect(Math.abs(tuned - 1.42 / 7)).toBeLessThan((4 * 0.1) / Math.sqrt(repeats));
  expect(Math.abs(heldOut)).toBeLessThan(4 / 7 / Math.sqrt(repeats));
});

test('sessions of a topic never fall into both halves', () => {
  const rng = createRng('topics');
  const ratings = normals(60, rng);
  const sessions = rated(ratings).map((one, i) => ({ ...one, topic: i < 50 ? 'large' : `small ${i}` }));
  const { sessions: sizes } = tuneMetric(
    sessions,
    told('m', ratings),
    gridOf([1, 2], () => normals(60, rng)),
    createRng('x'),
    { unit: 'topic', resamples: 20 },
  );
  expect([50, 51, 52, 53, 54, 55, 4, 5, 6]).toContain(sizes.tuning); // large is with one half only
  expect(sizes.tuning + sizes.heldOut).toBe(60);
});

test('a metric that is constant whatever its options cannot be tuned', () => {
  const ratings = normals(40, createRng('x'));
  const tune = () =>
    tuneMetric(
      rated(ratings),
      told('m', ratings),
      gridOf([1, 2], () => new Array(40).fill(1)),
      createRng('x'),
    );
  expect(tune).toThrow(UsageError);
  expect(tune).toThrow('m is constant on the tuning half');
});

test('a grid is every combination, the last option fastest, one value fixed, computed as the metric it spells', () => {
  const { points, varied } = parseMetricGrid('NUM(L=20000|50000, s=100, C=0|1000)');
  expect(varied).toEqual(['L', 'C']);
  expect(points.map(({ column }) => column.name)).toEqual([
    'NUM(L=20000,s=100,C=0)',
    'NUM(L=20000,s=100,C=1000)',
    'NUM(L=50000,s=100,C=0)',
    'NUM(L=50000,s=100,C=1000)',
  ]);
  const sessions = [
    { id: 'x', queries: [{ results: [{ id: 'a', clicked: false }] }, { results: [{ id: 'b', clicked: true, grade: 2 }] }] },
  ];
  const shared = { highestGrade: 4 };
  const direct = parseSessionMetric('NUM(L=20000,s=100,C=1000)', shared).compute(sessions);
  expect(parseMetricGrid('NUM(L=20000|50000,s=100,C=0|1000)', shared).points[1].column.compute(sessions)).toEqual(direct);
  expect(parseMetricGrid(numGrid).points).toHaveLength(36);
});

test.each([
  ['NUM', 'no grid to tune over'],
  ['NUM(L=1000)', 'no grid to tune over'],
  ['NUM(L|C)', 'no grid to tune over'],
  ['NUM(Q=1|2)', 'no option "Q"'],
  ['NMU(L=1|2)', 'unknown session metric "NMU"'],
  [`NUM(L=${Array.from({ length: 50 }, (_, i) => i + 1).join('|')},C=${Array.from({ length: 50 }, (_, i) => i).join('|')})`, '2500 points'],
])('refuses the grid %s', (text, message) => {
  expect(() => parseMetricGrid(text)).toThrow(UsageError);
  expect(() => parseMetricGrid(text)).toThrow(message);
});
