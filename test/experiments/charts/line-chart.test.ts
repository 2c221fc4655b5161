import { drawSvg } from '../../../experiments/charts/draw-svg.ts';
import { lineChart } from '../../../experiments/charts/line-chart.ts';

const options = { title: 'T', x: 'rank', y: 'rate' };
const pointsOf = (picture: ReturnType<typeof lineChart>) =>
  (picture.spec as unknown as { data: { values: { series: string; x: number; y: number }[] } }).data.values;

test('ranks count from 1 unless places are given', () => {
  expect(pointsOf(lineChart({ a: [5, 6] }, options))).toEqual([
    { series: 'a', x: 1, y: 5 },
    { series: 'a', x: 2, y: 6 },
  ]);
  expect(pointsOf(lineChart({ a: [5, 6] }, { ...options, at: [10, 20] })).map(({ x }) => x)).toEqual([10, 20]);
});

test('what an axis cannot show is left out', () => {
  expect(pointsOf(lineChart({ a: [1, 0, Number.NaN, 2] }, { ...options, logY: true })).map(({ y }) => y)).toEqual([1, 2]);
  expect(pointsOf(lineChart({ a: [1, 2] }, { ...options, at: [0, 1], logX: true }))).toHaveLength(1);
});

test('the text says where every line starts and ends', () => {
  expect(lineChart({ a: [1, 0.25], b: [] }, options).alt).toBe('T: rate by rank; a from 1.00 at 1 to 0.250 at 2; b has no values');
});

test('it is drawn with one path per series and a legend, and says nothing on the way', async () => {
  const warnings: unknown[] = [];
  const { warn } = console;
  console.warn = (...words: unknown[]) => void warnings.push(words);
  const svg = await drawSvg(lineChart({ first: [3, 2, 1], second: [1, 2, 3] }, { ...options, logX: true, at: [1, 10, 100] }));
  expect(svg).toMatch(/#0072b2[\s\S]*#d55e00/);
  expect(svg).toContain('second');
  console.warn = warn;
  expect(warnings).toEqual([]);
});
