import { queryDifferencePicture } from '../../../experiments/charts/query-difference-picture.ts';

const differences = [0.2, -0.1, 0, 0.3];

test('gains come first: of a metric the highest differences, of a loss the lowest', () => {
  expect(queryDifferencePicture('ips', { metric: 'ndcg@5', lowerIsBetter: false, unit: 'query' }, differences).alt).toBe(
    'Differences in ndcg@5 by query, ips: 2 better, 1 equal, 1 worse; from +0.3000 to −0.1000',
  );
  expect(queryDifferencePicture('ips', { metric: 'log-loss:rare', lowerIsBetter: true, unit: 'query' }, differences).alt).toBe(
    'Differences in log-loss:rare by query, ips: 1 better, 1 equal, 2 worse; from −0.1000 to +0.3000',
  );
});

test('all differences are equally broad, the first and the last too', () => {
  const { spec } = queryDifferencePicture('ips', { metric: 'ndcg@5', lowerIsBetter: false, unit: 'query' }, differences);
  const { data, layer } = spec as unknown as {
    data: { values: { query: number; above: number; below: number }[] };
    layer: { encoding: { x: { scale: { domain: number[] } } } }[];
  };
  expect(data.values.map(({ query, above, below }) => [query, above + below])).toEqual([
    [0.5, 0.3],
    [1, 0.3],
    [2, 0.2],
    [3, 0],
    [4, -0.1],
    [4.5, -0.1],
  ]);
  for (const { encoding } of layer) expect(encoding.x.scale.domain).toEqual([0.5, 4.5]);
});

test('what one difference is about has its own word', () => {
  const { alt, spec } = queryDifferencePicture('ips', { metric: 'ndcg@5', lowerIsBetter: false, unit: 'user' }, differences);
  expect(alt).toMatch(/^Differences in ndcg@5 by user, ips: 2 better/);
  expect(JSON.stringify(spec)).toContain('"users, from most gained to most lost"');
});
