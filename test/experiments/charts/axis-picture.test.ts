import { type AxisLine, axisPicture, axisRange, bandsFit } from '../../../experiments/charts/axis-picture.ts';

const along = { words: 'sessions', title: 'sessions' };
const line = (method: string, mean: number, reference = false): AxisLine => ({
  ...{ method, reference },
  points: [1e3, 1e4].map((at) => ({ at, mean, lower: mean - 0.2, upper: mean + 0.2 })),
});
const lines = (count: number) => Array.from({ length: count }, (_, i) => line(`m${i}`, 0.5 + i / 100));

interface Layer {
  readonly mark: { readonly type: string };
  readonly encoding: Readonly<Record<'strokeDash' | 'color', { readonly scale: { readonly domain: string[]; readonly range: unknown[] } }>>;
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

test('references are told apart by their dashes, in the legend: no name stands in the plot', () => {
  const references = ['production', 'expected', 'skyline'].map((name, i) => line(name, 0.84 + i / 100, true));
  const all = [line('ips', 0.6), ...references];
  expect(layersOf(all, 'text')).toEqual([]);
  const [{ encoding }] = layersOf(all, 'line');
  expect(encoding.strokeDash.scale.domain).toEqual(['ips', 'production', 'expected', 'skyline']);
  expect(new Set(encoding.strokeDash.scale.range.map(String)).size).toBe(4);
  expect(new Set(encoding.color.scale.range).size).toBe(2);
});
