import fc from 'fast-check';
import { expectedReciprocalRank } from '../../../src/metrics/err.ts';
import { evaluateRanking, type MetricEntry, measures, metrics, parseMetric, rankLabels } from '../../../src/metrics/index.ts';
import type { MetricOptions } from '../../../src/metrics/metric-options.ts';
import { createRng } from '../../../src/random/rng.ts';
import { shuffle } from '../../../src/random/shuffle.ts';
import { meanEstimate } from '../../../src/stats/estimate.ts';
import { ordersByScore } from './orders.ts';

/** Squares of the expected exposure over orders, not the expectation of squares: expected-exposure.test.ts. */
const ofExposure = ['ee-d', 'ee-l'];
const linear = Object.keys(metrics).filter((name) => !ofExposure.includes(name));
const fromConfigs = linear.flatMap((name) => [name, `${name}@1`, `${name}@3`]);
/** Every measure but those of diversity, with and without what its parameters change. */
const notation = Object.entries(measures).flatMap(([name, { parameters, at, createSubtopic }]) => {
  if (createSubtopic !== undefined) return [];
  const of = (parameter: string) => parameters.find((one) => one.name === parameter);
  const shallow = at === 'recall' ? [`${name}@0.1`, `${name}@0.7`] : of(at) ? [`${name}@2`, `${name}@3`] : [];
  const deep = of(at)?.required ? [] : [name];
  const condensed = of('judged_only') ? [...deep, ...shallow].map((one) => one.replace(name, `${name}(judged_only=True)`)) : [];
  return [...deep, ...shallow, ...condensed];
});
const others = [
  'nDCG(gains={1:3,2:1})@3',
  'nDCG(base=4)',
  'Rprec(multiple=1.5)',
  'P(relative=True)@2',
  'SetF(beta=2)',
  'AP(rel=2)',
  'RR(rel=2)@3',
  'NumRet(rel=1)',
  'SDCG(max_rel=3)@4',
  'INST(max_rel=3)',
  'Compat(normalize=False)',
];
const own: Record<string, MetricEntry> = {
  ...metrics,
  'place-of-first': {
    description: 'knows nothing of ties',
    compute: (ranked, offsets) => Float64Array.from(offsets.subarray(1), (end, q) => ranked.subarray(offsets[q], end).indexOf(1) + 1),
  },
};
const all = [...fromConfigs, ...notation, ...others, 'place-of-first'];

interface Ranking {
  readonly scores: readonly number[];
  readonly labels: readonly number[]; // of those, and then of judged documents that were not retrieved
  readonly depth: number;
}
const ranking = (most: number) =>
  fc
    .record({
      documents: fc.array(fc.tuple(fc.constantFrom(-Infinity, 0, 0, 0, 1, 2), fc.constantFrom(-2, -1, 0, 0, 1, 1, 2, 3)), {
        minLength: 1,
        maxLength: most,
      }),
      missed: fc.array(fc.constantFrom(0, 1, 2), { maxLength: 2 }),
      depth: fc.constantFrom(1, 2, 3, Infinity),
    })
    .map(
      ({ documents, missed, depth }): Ranking => ({
        scores: documents.map(([score]) => score),
        labels: [...documents.map(([, label]) => label), ...missed],
        depth,
      }),
    );

/** The labels in ranked order with those not retrieved behind them, and options. */
function ranked({ scores, labels, depth }: Ranking, emptyQueries: 'zero' | 'skip'): [Float32Array, Uint32Array, MetricOptions] {
  const n = scores.length;
  const told = rankLabels(Float64Array.from(scores), Float32Array.from(labels.slice(0, n)), Uint32Array.of(0, n));
  const ends = Array.from(labels.slice(n), (_, i) => n + i + 1);
  return [
    Float32Array.from([...told.ranked, ...labels.slice(n)]),
    Uint32Array.of(0, labels.length),
    { emptyQueries, highestGrade: 4, retrieved: Uint32Array.of(Math.min(depth, n)), ties: Uint32Array.from([...told.ties, ...ends]) },
  ];
}

/** The metric of every order, without ties. */
function byOrder(name: string, { scores, labels, depth }: Ranking, emptyQueries: 'zero' | 'skip'): number[] {
  const { compute } = parseMetric(name, own);
  const n = scores.length;
  const options = { emptyQueries, highestGrade: 4, retrieved: Uint32Array.of(Math.min(depth, n)) };
  return ordersByScore(scores).map((order) => {
    const inOrder = Float32Array.from([...order.map((i) => labels[i]), ...labels.slice(n)]);
    return compute(inOrder, Uint32Array.of(0, labels.length), options)[0];
  });
}

const meanOfDefined = (values: readonly number[]) => {
  const defined = values.filter((value) => !Number.isNaN(value));
  return defined.reduce((sum, value) => sum + value, 0) / defined.length;
};

test.each(all)('%s is the mean over all orders of what ties', (name) => {
  const { compute } = parseMetric(name, own);
  fc.assert(
    fc.property(ranking(5), fc.constantFrom('zero' as const, 'skip' as const), (one, emptyQueries) => {
      const expected = meanOfDefined(byOrder(name, one, emptyQueries));
      const [value] = compute(...ranked(one, emptyQueries));
      if (Number.isNaN(expected)) expect(value).toBeNaN();
      else expect(Math.abs(value - expected)).toBeLessThan(1e-12 * Math.max(1, Math.abs(expected)));
    }),
    { numRuns: 60, seed: 18 },
  );
});

test.each(fromConfigs)('%s is exact for seven documents that all tie, where more orders differ than are drawn', (name) => {
  const { compute } = parseMetric(name);
  const one = { scores: new Array(7).fill(0), labels: [0, 3, 1, 0, 2, 4, 1], depth: Infinity };
  expect(compute(...ranked(one, 'zero'))[0]).toBeCloseTo(meanOfDefined(byOrder(name, one, 'zero')), 12);
});

test.each(['Bpref', 'Compat', 'binG', 'IPrec@0.4', 'logAP'])('%s of more orders is within four standard errors of 128 draws', (name) => {
  const { compute } = parseMetric(name);
  const one = { scores: new Array(8).fill(0), labels: [0, 3, 1, 0, 2, 0, 1, 0], depth: Infinity };
  const values = byOrder(name, one, 'zero');
  const { value, standardError } = meanEstimate(Float64Array.from(values));
  const ofDraws = (standardError * Math.sqrt(values.length)) / Math.sqrt(128);
  expect(Math.abs(compute(...ranked(one, 'zero'))[0] - value)).toBeLessThan(4 * ofDraws);
});

test('without ties every metric is what it is without the option, bit by bit', () => {
  for (const name of all) {
    const { compute } = parseMetric(name, own);
    fc.assert(
      fc.property(ranking(12), ({ scores, labels, depth }) => {
        const distinct = { scores: scores.map((_, i) => -i), labels, depth };
        const [values, offsets, { ties, ...options }] = ranked(distinct, 'zero');
        expect(compute(values, offsets, { ...options, ties: ties as Uint32Array })).toEqual(compute(values, offsets, options));
      }),
      { numRuns: 10, seed: 18 },
    );
  }
});

test('the order of the documents in a file changes no bit', () => {
  const rng = createRng('file order');
  const offsets = Uint32Array.of(0, 30, 70);
  const scores = Float32Array.from({ length: 70 }, () => Math.floor(4 * rng.next()));
  const labels = Float32Array.from({ length: 70 }, () => Math.floor(5 * rng.next()) - 1);
  const names = all.filter((name) => name !== 'place-of-first');
  const values = evaluateRanking(scores, { labels, offsets }, names);
  const order = [0, 1].flatMap((q) => [
    ...shuffle(
      Uint32Array.from({ length: offsets[q + 1] - offsets[q] }, (_, i) => offsets[q] + i),
      rng,
    ),
  ]);
  const shuffled = { labels: Float32Array.from(order, (i) => labels[i]), offsets };
  expect(
    evaluateRanking(
      Float32Array.from(order, (i) => scores[i]),
      shuffled,
      names,
    ),
  ).toEqual(values);
});

test('with all features equal, labels descending in the file give what random order gives', () => {
  const labels = Float32Array.from({ length: 20 }, (_, i) => Math.floor(4 - i / 5));
  const set = { labels, offsets: Uint32Array.of(0, 20) };
  const rng = createRng('random order');
  const names = ['ndcg@10', 'err@10', 'reciprocal-rank', 'average-precision'] as const;
  const ofTies = evaluateRanking(new Float32Array(20), set, names);
  const drawn = Array.from({ length: 2000 }, () =>
    evaluateRanking(
      Float32Array.from(labels, () => rng.next()),
      set,
      names,
    ),
  );
  for (const name of names) {
    const { value, standardError } = meanEstimate(Float64Array.from(drawn, (one) => one[name][0]));
    expect(Math.abs(ofTies[name][0] - value)).toBeLessThan(4 * standardError);
  }
});

test('a group of a thousand and a cutoff within it: no overflow', () => {
  const labels = Float32Array.from({ length: 2000 }, (_, i) => Number(i % 2 === 0));
  const set = { labels, offsets: Uint32Array.of(0, 2000) };
  const values = evaluateRanking(new Float32Array(2000), set, ['precision@10', 'Success@600', 'SetF', 'err@5', 'reciprocal-rank']);
  expect(values['precision@10'][0]).toBeCloseTo(0.5, 12);
  expect(values['Success@600'][0]).toBeCloseTo(1, 12);
  expect(values.SetF[0]).toBeCloseTo((2 * 0.5) / 1.5, 12);
  let [none, sum] = [1, 0]; // probability that nothing relevant is among the first
  for (let rank = 1; rank <= 1001; rank++) {
    const found = 1000 / (2000 - rank + 1);
    sum += (none * found) / rank;
    none *= 1 - found;
  }
  expect(values['reciprocal-rank'][0]).toBeCloseTo(sum, 12);
});

describe('ERR of many documents of one score', () => {
  const n = 50_000;
  const harmonic = Array.from({ length: n }, (_, i) => 1 / (i + 1)).reduce((sum, one) => sum + one, 0);
  const expected = (stop: (i: number) => number) =>
    expectedReciprocalRank(
      Float64Array.from({ length: n }, (_, i) => stop(i)),
      0,
      n,
      new Uint32Array(n).fill(n),
    );

  test('one of them relevant: each place is as likely', () => {
    expect(expected((i) => (i === 77 ? 0.5 : 0))).toBeCloseTo((0.5 * harmonic) / n, 12);
  });
  test('all alike: Σ R (1 − R)^i/(i + 1), the logarithmic series', () => {
    const stop = 1 / 16;
    expect(expected(() => stop)).toBeCloseTo((-stop * Math.log(stop)) / (1 - stop), 12);
  });
});
