import { clickModels } from '../../click-models/index.ts';
import type { biasEstimators } from '../../estimators/index.ts';
import { type InterventionChoice, makeIntervention, simulateClickLog } from '../../simulators/index.ts';
import { shownLists } from '../../simulators/shown-lists.ts';
import type { ClickLog } from '../../src/data/click-log.ts';
import { withCounts } from '../../src/data/split-click-log.ts';
import { multinomial } from '../../src/random/multinomial.ts';
import { createRng } from '../../src/random/rng.ts';
import { smallQueries } from '../simulators/small-queries.ts';
import { estimateBias, expectedLog, type WorldList } from './bias-world.ts';

type Name = keyof typeof biasEstimators;

const theta = [0.9, 0.6, 0.35, 0.2];
const ratios = theta.map((value) => value / theta[0]);
const attraction = [0.9, 0.5, 0.3, 0.15, 0.8, 0.6, 0.4, 0.1];

/** Two queries of four documents as ranked, the most attractive first, changed by an intervention. */
function randomisedLists(choice: InterventionChoice): WorldList[] {
  const intervention = makeIntervention(choice, 4);
  const policy = { scores: Float32Array.from(attraction), positions: 4, shuffled: true, intervention };
  const { lists, policies, weights } = shownLists(smallQueries(4, 4), policy, createRng('x'));
  return Array.from(weights, (probability, l) => ({
    query: Math.floor(lists.keys.values[l] / policies),
    policy: lists.keys.values[l] % policies,
    docs: [...lists.items.values.subarray(lists.offsets.values[l], lists.offsets.values[l + 1])],
    probability: probability / 2,
  }));
}

/** An ordinary log of lists that vary, rankers that know relevance at work: in no rank the same relevance as in another. */
const ordinary: WorldList[] = [
  { query: 0, docs: [0, 1, 2, 3], probability: 0.3 },
  { query: 0, docs: [1, 0, 3, 2], probability: 0.15 },
  { query: 0, docs: [0, 2, 1, 3], probability: 0.05 },
  { query: 1, docs: [4, 5, 7, 6], probability: 0.2 },
  { query: 1, docs: [5, 6, 4, 7], probability: 0.2 },
  { query: 1, docs: [6, 4, 7, 5], probability: 0.1 },
];

function expectRatios(found: ArrayLike<number> | null | undefined, truth: readonly number[], digits = 9) {
  expect(found).toHaveLength(truth.length);
  truth.forEach((ratio, k) => {
    expect(found?.[k]).toBeCloseTo(ratio, digits);
  });
}

test.each(['rand-pair', 'adjacent-swap', 'fair-pairs'] as const)('%s finds θ in the expected clicks of its intervention', (name) => {
  expectRatios(estimateBias(name, expectedLog(randomisedLists({ name }), [theta], attraction)).examination, ratios);
});

test('fair-pairs of two ranks: half of the sessions swap them and tell θ, the others are of pairs from rank 2 on and have none', () => {
  const [curve, rates] = [
    [0.9, 0.5],
    [0.5, 0.3],
  ];
  const lists: WorldList[] = [
    { query: 0, docs: [0, 1], probability: 0.25, policy: 1 },
    { query: 0, docs: [1, 0], probability: 0.25, policy: 1 },
    { query: 0, docs: [0, 1], probability: 0.5, policy: 2 },
  ];
  expectRatios(estimateBias('fair-pairs', expectedLog(lists, [curve], rates)).examination, [1, 5 / 9]);
  const drawn = simulateClickLog(
    {
      ...{ querySet: smallQueries(2, 2), scores: Float32Array.of(0.5, 0.3, 0.4, 0.2), attraction: Float64Array.of(0.5, 0.3, 0.4, 0.2) },
      ...{
        clickModel: clickModels['position-based'].create({ examination: curve, eta: 1 } as never, 2),
        sessions: 1_000_000,
        positions: 2,
      },
      ...{ shuffled: true, intervention: makeIntervention({ name: 'fair-pairs' }, 2) },
    },
    createRng('two ranks'),
  ).log;
  expectRatios(estimateBias('fair-pairs', drawn).examination, [1, 5 / 9], 2);
  expect(() => estimateBias('fair-pairs', { ...drawn, policies: Uint32Array.from(drawn.policies ?? [], (policy) => 2 * policy) })).toThrow(
    /policy 4 is none of fair-pairs/,
  );
});

test.each(['pivot-one', 'adjacent-chain', 'all-pairs'] as const)('%s finds θ in the expected clicks of an ordinary log', (name) => {
  const { examination, of } = estimateBias(name, expectedLog(ordinary, [theta], attraction));
  expectRatios(examination, ratios);
  expect(of({} as never)).toEqual({ kind: 'examination', examination });
});

test('all-pairs: pairs of equal product of their ranks, as (1, 6) and (2, 3), have a relevance of their own', () => {
  const curve = [0.9, 0.7, 0.55, 0.4, 0.3, 0.2];
  const swaps = [
    [5, 1, 2, 3, 4, 0],
    [0, 2, 1, 3, 4, 5],
    [1, 0, 2, 4, 3, 5],
    [0, 1, 3, 2, 4, 5],
  ];
  const lists = swaps.flatMap((docs, query) => [
    { query, docs: [0, 1, 2, 3, 4, 5].map((d) => d + 6 * query), probability: 0.1 },
    { query, docs: docs.map((d) => d + 6 * query), probability: 0.15 },
  ]);
  const own = Array.from({ length: 24 }, (_, d) => 0.05 + 0.9 * (((7 * d) % 24) / 24));
  const truth = curve.map((value) => value / curve[0]);
  expectRatios(estimateBias('all-pairs', expectedLog(lists, [curve], own)).examination, truth);
});

test('all-pairs maximises its likelihood: the derivatives by finite differences are 0', () => {
  const { log } = simulated(3000, 'likelihood', { temperature: 0.3, listsPerQuery: 5 });
  const found = estimateBias('all-pairs', log).examination as Float64Array;
  const rates = new Map<string, { clicks: number; sessions: number }>(); // by document and rank
  for (let r = 0; r < log.list.length; r++) {
    const start = log.offsets[log.list[r]];
    for (let k = 0; k < 4; k++) {
      const key = `${log.docs[start + k]} ${k}`;
      const cell = rates.get(key) ?? { clicks: 0, sessions: 0 };
      rates.set(key, { clicks: cell.clicks + log.count[r] * log.clicks[log.clickOffsets[r] + k], sessions: cell.sessions + log.count[r] });
    }
  }
  /** The profile likelihood: each pair's relevance by golden section. */
  const value = (curve: ArrayLike<number>) => {
    let sum = 0;
    for (let k = 0; k < 4; k++)
      for (let j = k + 1; j < 4; j++) {
        const both = Array.from({ length: 80 }, (_, d) => [rates.get(`${d} ${k}`), rates.get(`${d} ${j}`)]).filter(([a, b]) => a && b);
        const at = (side: number) => both.reduce((total, cells) => total + (cells[side]?.clicks ?? 0) / (cells[side]?.sessions ?? 1), 0);
        const [a, b, n] = [at(0), at(1), both.length];
        const of = (r: number) =>
          a * Math.log(curve[k] * r) +
          (n - a) * Math.log(1 - curve[k] * r) +
          b * Math.log(curve[j] * r) +
          (n - b) * Math.log(1 - curve[j] * r);
        let [low, high] = [1e-9, 1 / Math.max(curve[k], curve[j]) - 1e-12];
        for (let i = 0; i < 200; i++) {
          const [left, right] = [low + 0.382 * (high - low), low + 0.618 * (high - low)];
          if (of(left) < of(right)) low = left;
          else high = right;
        }
        sum += n > 0 ? of((low + high) / 2) : 0;
      }
    return sum;
  };
  for (let k = 1; k < 4; k++) {
    const moved = (by: number) => Array.from(found, (one, i) => (i === k ? one * Math.exp(by) : one));
    expect(Math.abs((value(moved(1e-4)) - value(moved(-1e-4))) / 2e-4)).toBeLessThan(1e-4);
  }
});

test('naive-ctr is click-through by rank, which relevance bends', () => {
  const { examination } = estimateBias('naive-ctr', expectedLog(ordinary, [theta], attraction));
  const at = (k: number) => ordinary.reduce((sum, { docs, probability }) => sum + probability * theta[k] * attraction[docs[k]], 0);
  expectRatios(
    examination,
    theta.map((_, k) => at(k) / at(0)),
  );
  expect(examination?.[3]).toBeLessThan(0.7 * ratios[3]);
});

test.each(['pivot-one', 'adjacent-chain', 'all-pairs', 'naive-ctr'] as const)('%s by context: a curve for each', (name) => {
  const curves = [theta, [0.8, 0.3, 0.2, 0.05]];
  const both = [0, 1].flatMap((context) =>
    ordinary.map((list) => ({ ...list, context, probability: list.probability * (context ? 0.25 : 0.75) })),
  );
  const log = expectedLog(both, curves, attraction);
  const { byContext, examination, intervals, of } = estimateBias(name, log, { by: 'context' });
  curves.forEach((curve, c) => {
    const alone = estimateBias(name, expectedLog(ordinary, [curve], attraction));
    expectRatios(byContext?.[c].examination, [...(alone.examination as Float64Array)]);
  });
  expectRatios(
    examination,
    theta.map((_, k) => 0.75 * (byContext?.[0].examination[k] ?? 0) + 0.25 * (byContext?.[1].examination[k] ?? 0)),
  );
  expect(intervals?.upper).toHaveLength(4);
  const bias = of({ log } as never);
  expect(bias.kind).toBe('contextual');
  log.contexts?.forEach((context, l) => {
    expectRatios(bias.examination.slice(log.offsets[l], log.offsets[l + 1]), [...(byContext?.[context].examination ?? [])]);
  });
});

test.each([
  ['pivot-one', ordinary.slice(0, 3), 'no documents were seen, and clicked, at both of ranks 1 and 4'],
  ['adjacent-chain', [ordinary[0], ordinary[1]], 'no documents were seen, and clicked, at both of ranks 2 and 3'],
  ['all-pairs', [ordinary[0], ordinary[1]], 'both at ranks 1, 2 and at ranks 3, 4, so their bias cannot be compared'],
] as const)('%s says which ranks a log does not compare', (name, lists, message) => {
  expect(() => estimateBias(name, expectedLog(lists, [theta], attraction))).toThrow(message);
});

test('contexts: a log without them, one too rare, and one that was not seen', () => {
  const log = expectedLog([...ordinary, { ...ordinary[0], context: 1 }], [theta, theta], attraction);
  expect(() => estimateBias('all-pairs', expectedLog(ordinary, [theta], attraction), { by: 'context' })).toThrow(
    /needs a log whose lists have contexts/,
  );
  expect(() => estimateBias('all-pairs', log, { by: 'context' })).toThrow(
    /^context 1: no document was seen.*or one curve for all contexts/,
  );
  const { of } = estimateBias('naive-ctr', log, { by: 'context' });
  const other = expectedLog([{ ...ordinary[0], context: 2 }], [theta, theta, theta], attraction);
  expect(() => of({ log: other } as never)).toThrow(
    'a list in context 2 has 4 ranks, but the log that bias was estimated from shows 0 there',
  );
  const without = expectedLog(ordinary, [theta], attraction);
  expect(without.contexts).toBeUndefined();
  expect(() => of({ log: without } as never)).toThrow('the bias differs between 2 contexts, and a log that it is to be taken for has none');
});

test.each([
  ['rand-pair', 'adjacent-swap', /policy 1 is none of rand-pair/],
  ['adjacent-swap', 'rand-pair', /policy 4 is none of adjacent-swap/],
  ['fair-pairs', 'rand-pair', /policy [34] is none of fair-pairs/],
  ['randomisation', 'fair-pairs', /tell several policies apart/],
  ['rand-pair', null, /rand-pair needs randomised sessions whose lists say their policy/],
] as const)('%s refuses sessions of %s', (name, other, message) => {
  const lists = other === null ? ordinary : randomisedLists({ name: other });
  expect(() => estimateBias(name, expectedLog(lists, [theta], attraction))).toThrow(message);
});

test('a rank that a swap never got clicked', () => {
  const log = expectedLog(randomisedLists({ name: 'rand-pair' }), [[0.9, 0.6, 0, 0.2]], attraction);
  const clicked = { ...log, count: log.count.map((count) => count || 1e-300) };
  const silent = { ...clicked, clicks: log.clicks.map((click, i) => (i % 4 === 2 ? 0 : click)) };
  expect(() => estimateBias('rand-pair', silent)).toThrow('no click at rank 3 of the randomised sessions that swap ranks 1 and 3');
});

const model = clickModels['position-based'].create({ examination: theta, eta: 1 }, 4);

/** Twenty queries of four documents. */
function simulated(sessions: number, seed: string, policy: object): { log: ClickLog } {
  const own = Float64Array.from({ length: 80 }, (_, d) => 0.1 + 0.8 * (((7 * d) % 20) / 20));
  const simulation = {
    querySet: smallQueries(...new Array(20).fill(4)),
    scores: Float32Array.from(own),
    attraction: own,
    clickModel: model,
  };
  return simulateClickLog({ ...simulation, sessions, positions: 4, ...policy }, createRng(seed));
}

test('randomisation refuses ranks that a top-n shuffle leaves alone, and takes a shuffle of all', () => {
  const draw = (n: number) =>
    simulated(40_000, 'top-n', { shuffled: true, listsPerQuery: 30, intervention: makeIntervention({ name: 'top-n', n }, 4) }).log;
  expect(() => estimateBias('randomisation', draw(2))).toThrow(/show the same documents at ranks 3, 4 again and again/);
  expect(() => estimateBias('randomisation', draw(3))).toThrow(/show the same documents at rank 4 again and again/);
  expectRatios(estimateBias('randomisation', draw(4)).examination, ratios, 0.6);
});

test.each<[Name, object]>([
  ['rand-pair', { shuffled: true, intervention: makeIntervention({ name: 'rand-pair' }, 4) }],
  ['adjacent-swap', { shuffled: true, intervention: makeIntervention({ name: 'adjacent-swap' }, 4) }],
  ['fair-pairs', { shuffled: true, intervention: makeIntervention({ name: 'fair-pairs' }, 4) }],
  ['pivot-one', { temperature: 0.3, listsPerQuery: 5 }],
  ['adjacent-chain', { temperature: 0.3, listsPerQuery: 5 }],
  ['all-pairs', { temperature: 0.3, listsPerQuery: 5 }],
])('%s: 95 %% intervals hold the truth in 90 to 99 of 100 logs', (name, policy) => {
  const logs = 300;
  let held = 0;
  for (let i = 0; i < logs; i++) {
    const { intervals } = estimateBias(name, simulated(20_000, `coverage ${i}`, policy).log);
    for (let k = 1; k < 4; k++) if (intervals && intervals.lower[k] <= ratios[k] && ratios[k] <= intervals.upper[k]) held++;
  }
  expect(held / (3 * logs)).toBeGreaterThan(0.9);
  expect(held / (3 * logs)).toBeLessThan(0.99);
});

test('naive-ctr: 95 % intervals hold the biased value that they are about', () => {
  const large = simulated(1e9, 'naive', { temperature: 0.3, listsPerQuery: 5 }).log;
  const value = estimateBias('naive-ctr', large).examination as Float64Array;
  let held = 0;
  for (let i = 0; i < 300; i++) {
    const counts = multinomial(5000, large.count, createRng(`naive ${i}`));
    const { intervals } = estimateBias('naive-ctr', withCounts(large, Float64Array.from(counts)));
    for (let k = 1; k < 4; k++) if (intervals && intervals.lower[k] <= value[k] && value[k] <= intervals.upper[k]) held++;
  }
  expect(held / 900).toBeGreaterThan(0.9);
  expect(held / 900).toBeLessThan(0.99);
});
