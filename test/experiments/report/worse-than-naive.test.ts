import { worseThanNaive } from '../../../experiments/report/worse-than-naive.ts';
import { compareMethods } from '../../../src/stats/compare-methods.ts';

const spread = [-0.01, 0, 0.01, 0.02, -0.02];

/** Naive beside a method whose every seed differs by so much (and a little noise), of a metric and a loss. */
function summary(difference: number, { seeds = 5, name = 'naive', reference = false, noise = 1, baseline = 'plain' } = {}) {
  return compareMethods({
    samples: 'seeds',
    baseline,
    methods: [
      { label: 'plain', name, reference: false, notes: [] },
      { label: 'dr', name: 'dr-jl', reference, notes: [] },
    ],
    metrics: ['ndcg', 'squared-error'],
    lowerIsBetter: ['squared-error'],
    values: spread.slice(0, seeds).map((drift) => [
      [0.5, 1.5],
      [0.5 - difference / 10 + (noise * drift) / 10, 1.5 + difference + noise * drift],
    ]),
  });
}

test('a method significantly below naive, or of a higher loss, is told with both values', () => {
  const [line, ...others] = worseThanNaive(summary(0.5));
  expect(others).toEqual([]);
  expect(line).toMatch(
    /^dr ends worse than plain: ndcg 0\.4500 against 0\.5000 \(Δ −0\.0500, p<0\.001\), squared-error 2\.0000 against 1\.5000/,
  );
});

test('what is better, or worse by chance, is not told', () => {
  expect(worseThanNaive(summary(-0.5))).toEqual([]);
  expect(worseThanNaive(summary(0.02, { noise: 20 }))).toEqual([]);
});

test('one or two seeds that no test can tell apart are told where the loss is more than a tenth higher in each', () => {
  expect(worseThanNaive(summary(0.5, { seeds: 1 }))[0]).toMatch(/squared-error 1\.99.*in the only one of the seeds/);
  expect(worseThanNaive(summary(0.5, { seeds: 2, noise: 10 }))[0]).toMatch(/squared-error .* in all 2 of the seeds/);
  expect(worseThanNaive(summary(0.1, { seeds: 1 }))).toEqual([]); // 6 %
});

test('references are not expected to beat naive, and another baseline is not naive', () => {
  expect(worseThanNaive(summary(0.5, { reference: true }))).toEqual([]);
  expect(worseThanNaive(summary(0.5, { name: 'ips' }))).toEqual([]);
});

test('where another method is the baseline, naive is compared with all the same', () => {
  expect(worseThanNaive(summary(0.5, { baseline: 'dr' }))).toEqual(worseThanNaive(summary(0.5)));
  expect(worseThanNaive(summary(0.5, { seeds: 1, baseline: 'dr' }))).toEqual(worseThanNaive(summary(0.5, { seeds: 1 })));
  expect(worseThanNaive(summary(-0.5, { baseline: 'dr' }))).toEqual([]);
});
