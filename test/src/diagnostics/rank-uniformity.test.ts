import { clickModels } from '../../../click-models/index.ts';
import { makeIntervention, simulateClickLog } from '../../../simulators/index.ts';
import type { ClickLog } from '../../../src/data/click-log.ts';
import { ClickLogBuilder } from '../../../src/data/click-log-builder.ts';
import { rankUniformity } from '../../../src/diagnostics/index.ts';
import { createRng } from '../../../src/random/rng.ts';
import { shuffle } from '../../../src/random/shuffle.ts';
import { chiSquareTail } from '../../../src/stats/index.ts';
import { smallQueries } from '../../simulators/small-queries.ts';

/** Sessions without clicks, of lists with their counts. */
function logOf(lists: readonly { readonly query: number; readonly docs: readonly number[]; readonly count: number }[]): ClickLog {
  const builder = new ClickLogBuilder(1, 1);
  for (const { query, docs, count } of lists)
    builder.addRow(
      builder.addList(query, docs),
      docs.map(() => 0),
      count,
    );
  return builder.build();
}

test('of one set of documents: Pearson’s χ² of document × rank times (n − 1)/n, of (n − 1)² degrees', () => {
  const lists = [
    { query: 3, docs: [0, 1, 2], count: 40 },
    { query: 3, docs: [1, 2, 0], count: 25 },
    { query: 3, docs: [2, 1, 0], count: 30 },
    { query: 3, docs: [0, 2, 1], count: 5 },
  ];
  const counts = [0, 1, 2].map((d) => [0, 1, 2].map((k) => lists.reduce((sum, { docs, count }) => sum + (docs[k] === d ? count : 0), 0)));
  const pearson = counts.flat().reduce((sum, count) => sum + (count - 100 / 3) ** 2 / (100 / 3), 0);
  const spread = (x: number) => 4 + ((x - 4) * 100) / Math.sqrt(100 * 99); // the variance of as many sessions, and not of infinitely many
  const { pValue, away } = rankUniformity(logOf(lists));
  expect(pValue).toBeCloseTo(chiSquareTail(spread((2 / 3) * pearson), 4), 10);
  expect(away).toBeCloseTo(counts.flat().reduce((sum, count) => sum + Math.abs(count - 100 / 3), 0) / 600, 12);
});

/** Sessions that each draw which documents they show, of some more than there is room for, and in which order: lists of 2 to 6. */
function drawn(seed: number): ClickLog {
  const rng = createRng(`${seed}`);
  return logOf(
    Array.from({ length: 3000 }, (_, s) => {
      const query = s % 10;
      const n = 2 + (query % 3) + 2 * (rng.next() < 0.3 ? 1 : 0);
      const kept = [
        ...shuffle(
          Uint32Array.from({ length: n + 1 }, (_, d) => d),
          rng,
        ),
      ]
        .filter((d) => d !== Math.floor(2 * rng.next()))
        .slice(0, n);
      return { query, docs: [...shuffle(Uint32Array.from(kept), rng)], count: 1 };
    }),
  );
}

test('orders that were drawn are rarely unlikely, and never surely other, whichever documents are shown and however many', () => {
  const pValues = Array.from({ length: 200 }, (_, seed) => rankUniformity(drawn(seed)).pValue);
  expect(Math.min(...pValues)).toBeGreaterThan(1e-5);
  expect(pValues.filter((p) => p < 0.1).length / 200).toBeLessThan(0.18);
  expect(pValues.filter((p) => p < 0.5).length / 200).toBeGreaterThan(0.25); // the test has power
});

const model = clickModels['position-based'].create({ examination: [0.9, 0.6, 0.35, 0.2, 0.1], eta: 1 } as never, 5);
function simulated(seed: string, policy: object, sessions = 1_000_000): ClickLog {
  const attraction = Float64Array.from({ length: 60 }, (_, d) => 0.1 + 0.8 * (((7 * d) % 20) / 20));
  const querySet = smallQueries(...new Array(10).fill(5), 4, 3, 3);
  return simulateClickLog(
    { querySet, scores: Float32Array.from(attraction), attraction, clickModel: model, sessions, positions: 5, ...policy },
    createRng(seed),
  ).log;
}

test.each([1, 2, 3, 4, 5])('shuffles of the simulator, few orders of many sessions too: seed %d', (seed) => {
  for (const intervention of [undefined, makeIntervention({ name: 'shuffle' }, 5), makeIntervention({ name: 'top-n', n: 5 }, 5)])
    for (const listsPerQuery of [3, 300])
      expect(
        rankUniformity(simulated(`${seed}`, { shuffled: true, listsPerQuery, ...(intervention && { intervention }) })).pValue,
      ).toBeGreaterThan(1e-5);
});

test('a ranker’s lists are told from drawn ones, and a single order; of too few sessions nothing is said', () => {
  expect(rankUniformity(simulated('1', { temperature: 0.5, listsPerQuery: 10 }, 20_000)).pValue).toBeLessThan(1e-6);
  expect(rankUniformity(logOf([{ query: 0, docs: [0, 1, 2, 3], count: 40 }]))).toEqual({ pValue: expect.any(Number), away: 0.75 });
  expect(rankUniformity(logOf([{ query: 0, docs: [0, 1, 2, 3], count: 40 }])).pValue).toBeLessThan(1e-6);
  expect(rankUniformity(logOf([{ query: 0, docs: [0, 1, 2, 3], count: 19 }]))).toEqual({ pValue: 1, away: 0 });
});
