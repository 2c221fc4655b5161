import type { Pair } from '../../estimators/bias/all-pairs.ts';
import { unlinked } from '../../estimators/bias/check-told.ts';
import { pairSlopes } from '../../estimators/bias/contextual-network.ts';
import { biasAdvice, diagnoseLog, type LearningInput, type LoggedClicks, makeBias } from '../../estimators/index.ts';
import { withCounts } from '../../src/data/split-click-log.ts';
import { multinomial } from '../../src/random/multinomial.ts';
import { createRng } from '../../src/random/rng.ts';
import { estimateBias, expectedLog, type WorldList } from './bias-world.ts';

const options = { inputs: 'one-hot', hidden: 8, l2: 0, steps: 1000, bootstrap: 0 };
const attraction = Array.from({ length: 48 }, (_, d) => 0.1 + 0.8 * (((7 * d) % 48) / 48));
const theta = [0.9, 0.6, 0.35, 0.2];
const orders = [
  [0, 1, 2, 3],
  [1, 0, 3, 2],
  [0, 2, 1, 3],
];

/** Twelve queries of four documents, each shown in three orders, in so many contexts of a sixth of the weight of the one before. */
const lists = (contexts: number): WorldList[] =>
  Array.from({ length: contexts }, (_, context) =>
    Array.from({ length: 12 }, (_, query) =>
      orders.map((order) => ({ query, context, docs: order.map((d) => 4 * query + d), probability: 0.02 / (1 + context) })),
    ),
  ).flat(2);

test('a curve of each context in expected clicks, of contexts apart and of one feature', () => {
  const apart = [
    [0.9, 0.6, 0.35, 0.2],
    [0.8, 0.3, 0.2, 0.05],
    [0.9, 0.9, 0.5, 0.7],
  ];
  const power = [0.5, 1, 1.5, 2].map((eta) => [0.9, 0.6, 0.35, 0.2].map((theta) => theta ** eta)); // log θ linear in the context's number
  for (const [curves, chosen] of [
    [apart, options],
    [power, { ...options, inputs: 'number', hidden: 0 }],
    [power, { ...options, inputs: [[0.5], [1], [1.5], [2]] }],
  ] as const) {
    const { byContext, of } = estimateBias('contextual-network', expectedLog(lists(curves.length), curves, attraction), chosen);
    curves.forEach((curve, c) => {
      for (const [k, theta] of curve.entries()) expect(byContext?.[c].examination[k]).toBeCloseTo(theta / curve[0], 2);
    });
    expect(of({ log: expectedLog(lists(curves.length), curves, attraction) } as never).kind).toBe('contextual');
  }
});

test('a click model that tells contexts apart finds their curves too', () => {
  const curves = [
    [0.9, 0.6, 0.35, 0.2],
    [0.8, 0.3, 0.2, 0.1],
  ];
  const log = expectedLog(lists(2), curves, attraction);
  const logged: LoggedClicks = { log, querySet: { labels: new Float32Array(48) } as never, knownBias: null };
  const of = (model: string) =>
    makeBias({ name: 'click-model', model } as never)({ train: logged, rng: createRng('of contexts') } as LearningInput).of(logged);
  const { kind, examination } = of('contextual-position-based');
  expect(kind).toBe('contextual');
  for (let l = 0; l < log.queries.length; l++)
    for (const k of [1, 2, 3]) {
      const [curve, at] = [curves[log.contexts?.[l] ?? 0], log.offsets[l]];
      expect(Math.abs(examination[at + k] / examination[at] / (curve[k] / curve[0]) - 1)).toBeLessThan(0.02);
    }
  expect(of('position-based').kind).toBe('contextual');
  expect(of('dynamic-bayesian').kind).toBe('by-click');
});

test('of one query, whose resamples say nothing, intervals are as wide as the delta method has those of all-pairs', () => {
  const ofFirst = lists(2).filter(({ query }) => query === 0);
  const world = expectedLog(ofFirst, [theta, theta], attraction);
  const log = withCounts(world, world.count.map(Math.round));
  const found = [
    estimateBias('all-pairs', log, { by: 'context' }),
    estimateBias('contextual-network', log, { ...options, hidden: 0, bootstrap: 300, steps: 400 }),
  ];
  for (const context of [0, 1])
    for (const k of [1, 2, 3]) {
      const widths = found.map(({ byContext }) => {
        const { lower, upper } = byContext?.[context].intervals ?? { lower: [], upper: [] };
        return Math.log(upper[k] / lower[k]);
      });
      expect(Math.abs(widths[1] / widths[0] - 1)).toBeLessThan(0.15);
    }
});

test('intervals hold the truth in most ranks, and are absent where nothing is resampled', () => {
  const curves = [
    [0.9, 0.6, 0.35, 0.2],
    [0.8, 0.3, 0.2, 0.1],
  ];
  const world = expectedLog(lists(2), curves, attraction);
  let held = 0;
  for (let i = 0; i < 10; i++) {
    const log = withCounts(world, Float64Array.from(multinomial(50_000, world.count, createRng(`contextual ${i}`))));
    const { byContext } = estimateBias('contextual-network', log, { ...options, bootstrap: 20, steps: 400 });
    curves.forEach((curve, c) => {
      for (const k of [1, 2, 3]) {
        const { lower, upper } = byContext?.[c].intervals ?? { lower: [], upper: [] };
        if (lower[k] <= curve[k] / curve[0] && curve[k] / curve[0] <= upper[k]) held++;
      }
    });
  }
  expect(held / 60).toBeGreaterThan(0.8);
  expect(estimateBias('contextual-network', world, options).byContext?.[0].intervals).toBeUndefined();
});

test('the slope of the likelihood of a pair is that by finite differences, its relevance by golden section', () => {
  const pair: Pair = { ranks: [1, 2], clicked: [5, 2], not: [3, 6] };
  const value = (logs: number[]) => {
    const at = (r: number) =>
      5 * Math.log(logs[1]) + 5 * Math.log(r) + 3 * Math.log(1 - logs[1] * r) + 2 * Math.log(logs[2] * r) + 6 * Math.log(1 - logs[2] * r);
    let [low, high] = [1e-9, 1 / Math.max(logs[1], logs[2]) - 1e-9];
    for (let i = 0; i < 200; i++) {
      const [left, right] = [low + 0.382 * (high - low), low + 0.618 * (high - low)];
      if (at(left) < at(right)) low = left;
      else high = right;
    }
    return at((low + high) / 2);
  };
  const logRatios = [0, -0.3, -0.8];
  const slopes = new Float64Array(2);
  pairSlopes(pair, Math.exp(logRatios[1]), Math.exp(logRatios[2]), slopes);
  for (const side of [0, 1] as const) {
    const moved = (by: number) => value(logRatios.map((log, k) => Math.exp(log + (k === side + 1 ? by : 0))));
    expect(slopes[side]).toBeCloseTo((moved(1e-4) - moved(-1e-4)) / 2e-4, 4);
  }
});

test('inputs must have a row for each context', () => {
  const log = expectedLog(
    lists(2),
    [
      [0.9, 0.6, 0.35, 0.2],
      [0.9, 0.6, 0.35, 0.2],
    ],
    attraction,
  );
  expect(() => estimateBias('contextual-network', log, { ...options, inputs: [[1]] })).toThrow(
    'inputs must have a row for each of the 2 contexts of the log, all as long, got rows of 1',
  );
});

test('a context whose own lists never move is refused, unless one with the same inputs moves', () => {
  const curves = [theta, theta];
  const still = lists(2).filter(({ context, docs }) => context === 0 || docs[1] % 4 === 1);
  const log = expectedLog(still, curves, attraction);
  const quick = { ...options, steps: 40 };
  expect(() => estimateBias('contextual-network', log, quick)).toThrow(
    /^context 1: no document was seen, and clicked, both at rank 1 and at/,
  );
  expect(unlinked(expectedLog(lists(1), [theta], attraction))).toBeNull();
  expect(estimateBias('contextual-network', log, { ...quick, inputs: [[1], [1]] }).byContext).toHaveLength(2);
  const diagnosis = diagnoseLog(
    { log, querySet: { labels: new Float32Array(48), featureCount: 0 } as never, knownBias: null },
    null,
    false,
  );
  expect(biasAdvice(diagnosis).find(({ name }) => name === 'contextual-network')).toMatchObject({
    verdict: 'no',
    why: expect.stringMatching(/^context 1: no document was seen/),
  });
});
