import { type AxisLine, axisPicture, axisRange, bandsFit } from '../../../experiments/charts/axis-picture.ts';

const along = { words: 'sessions', title: 'sessions' };
const line = (method: string, mean: number, reference = false): AxisLine => ({
  ...{ method, reference },
  points: [1e3, 1e4].map((at) => ({ at, mean, lower: mean - 0.2, upper: mean + 0.2 })),
});
const lines = (count: number) => Array.from({ length: count }, (_, i) => line(`m${i}`, 0.5 + i / 100));

interface Layer {
  readonly mark: { readonly type: string };
  readonly data: { readonly values: readonly { readonly method: string; readonly mean: number }[] };
}
const layersOf = (all: readonly AxisLine[], type: string, range?: [number, number]) =>
  (axisPicture('', 'ndcg@10', along, all, range).spec as unknown as { layer: readonly Layer[] }).layer.filter(
    ({ mark }) => mark.type === type,
  );

test('seven methods have bands; of more lines alone are drawn, and the axis is theirs', () => {
  expect([bandsFit([...lines(7), line('skyline', 0.9, true)]), bandsFit(lines(8))]).toEqual([true, false]);
  expect([layersOf(lines(7), 'area').length, layersOf(lines(8), 'area').length]).toEqual([7, 0]);
  const [lowest, highest] = axisRange([lines(7)]) as [number, number];
  expect([lowest, highest]).toEqual([expect.closeTo(0.3), expect.closeTo(0.76)]);
  expect(axisRange([lines(8)])).toEqual([0.5, expect.closeTo(0.57)]);
});

test('names of references that begin close to each other stand side by side on the highest, others on their own lines', () => {
  const references = [line('production', 0.3, true), line('expected', 0.84, true), line('skyline', 0.86, true)];
  const [{ data }] = layersOf([line('ips', 0.6), ...references], 'text', [0, 1]);
  expect(data.values.map(({ method, mean }) => [method, mean])).toEqual([
    ['skyline, expected', 0.86],
    ['production', 0.3],
  ]);
});
