import { parseMetric } from '../../../src/metrics/parse-metric.ts';

test('reads the name and the cutoff', () => {
  expect(parseMetric('ndcg@10')).toMatchObject({ name: 'ndcg@10', metric: 'ndcg', cutoff: 10 });
  expect(parseMetric('average-precision')).toMatchObject({ metric: 'average-precision', cutoff: Infinity });
});

test('computes with its own cutoff', () => {
  const values = parseMetric('precision@1').compute(Float32Array.of(1, 0), Uint32Array.of(0, 2), { cutoff: 2 });
  expect([...values]).toEqual([1]);
});

test.each([
  ['ndgc@10', 'did you mean "ndcg"?'],
  ['constructor', 'unknown metric'],
  ['ndcg@0', 'the cutoff of "ndcg@0" must be a whole number of at least 1, got 0'],
  ['ndcg@1.5', 'got 1.5'],
  ['ndcg@10.0', 'write the cutoff as ndcg@10'], // else one metric could be named twice
  ['ndcg@010', 'write the cutoff as ndcg@10'],
  ['ndcg@', 'such as ndcg@10'],
  ['ndcg@ten', 'such as ndcg@10'],
  ['ndcg@-1', 'such as ndcg@10'],
  ['ndcg@5@5', 'such as ndcg@10'],
])('refuses %s', (name, message) => expect(() => parseMetric(name)).toThrow(message));
