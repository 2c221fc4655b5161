import { clickModels } from '../../click-models/index.ts';
import { randomisationPropensities } from '../../estimators/index.ts';
import { simulateClickLog } from '../../simulators/index.ts';
import { ClickLogBuilder } from '../../src/data/click-log-builder.ts';
import type { QuerySet } from '../../src/data/query-set.ts';
import { createRng } from '../../src/random/rng.ts';
import { shuffle } from '../../src/random/shuffle.ts';
import { exactLog } from './world.ts';

const examination = [0.9, 0.6, 0.35, 0.2];
const model = clickModels['position-based'].create({ examination, eta: 1 }, 4);
const queries = 5;
const querySet: QuerySet = {
  queryIds: Array.from({ length: queries }, (_, q) => `${q}`),
  docIds: Array.from({ length: 4 * queries }, (_, d) => `${d}`),
  offsets: Uint32Array.from({ length: queries + 1 }, (_, q) => 4 * q),
  features: new Float32Array(4 * queries),
  featureCount: 1,
  labels: new Float32Array(4 * queries),
};
const attraction = Float64Array.from({ length: 4 * queries }, (_, d) => 0.1 + (0.8 * ((7 * d) % 20)) / 20);
const scores = Float32Array.from(attraction, (a) => a); // best first, so only shuffling tells position from relevance

/** Propensities from a log of so many sessions, shuffled or in production order. */
function estimate(sessions: number, shuffled: boolean, seed: string) {
  const simulation = { querySet, scores, attraction, clickModel: model, sessions, positions: 4, listsPerQuery: 300, shuffled };
  return randomisationPropensities(simulateClickLog(simulation, createRng(seed)).log);
}

test('shuffled lists give θ_k/θ_0 within four standard errors; lists in production order do not', () => {
  const { bias, standardErrors } = estimate(4e6, true, 'shuffled');
  expect(bias.examination[0]).toBe(1);
  for (let k = 1; k < 4; k++) {
    const error = Math.abs(bias.examination[k] - examination[k] / 0.9);
    expect(error).toBeLessThan(4 * standardErrors[k]);
  }
  expect(estimate(4e6, false, 'ordered').bias.examination[3]).toBeLessThan(0.7 * (0.2 / 0.9));
});

test('the standard error covers the spread of the clicks', () => {
  const ratios = Array.from({ length: 200 }, (_, i) => estimate(20_000, true, `spread ${i}`));
  const last = ratios.map(({ bias }) => bias.examination[3]);
  const mean = last.reduce((a, b) => a + b, 0) / last.length;
  const spread = Math.sqrt(last.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (last.length - 1));
  expect(ratios[0].standardErrors[3] / spread).toBeGreaterThan(0.7);
  expect(ratios[0].standardErrors[3] / spread).toBeLessThan(1.5);
});

test('orders that many sessions share: the standard error covers which ones they were', () => {
  const rng = createRng('shared orders');
  const attracts = Array.from({ length: 240 }, () => rng.next());
  const repeats = Array.from({ length: 150 }, () => {
    const builder = new ClickLogBuilder();
    for (let q = 0; q < 60; q++)
      for (let order = 0; order < 3; order++) {
        const docs = shuffle(Uint32Array.of(4 * q, 4 * q + 1, 4 * q + 2, 4 * q + 3), rng);
        const list = builder.addList(q, docs);
        for (const [k, d] of docs.entries())
          builder.addRow(
            list,
            [0, 1, 2, 3].map((i) => Number(i === k)),
            1e6 * examination[k] * attracts[d],
          );
      }
    return randomisationPropensities(builder.build());
  });
  const last = repeats.map(({ bias }) => bias.examination[3]);
  const mean = last.reduce((a, b) => a + b, 0) / last.length;
  const spread = Math.sqrt(last.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (last.length - 1));
  const stated = repeats.reduce((sum, { standardErrors }) => sum + standardErrors[3], 0) / repeats.length;
  expect(stated / spread).toBeGreaterThan(0.8);
  expect(stated / spread).toBeLessThan(1.3);
});

test('a position without clicks cannot be told from one nobody examines', () => {
  const log = exactLog();
  const silent = { ...log, clicks: log.clicks.map((click, i) => (i % 3 === 2 ? 0 : click)) };
  expect(() => randomisationPropensities(silent)).toThrow(/no click at rank 3 of the randomised sessions/);
});

test('long lists that are less relevant than short ones do not pass for less examined positions', () => {
  const attractions = [1, 0.25]; // of a list of two documents, and of one of four
  const sessions = 1000;
  const rows = [2, 4].flatMap((length, list) =>
    Array.from({ length }, (_, k) => ({ list, length, k, count: sessions * examination[k] * attractions[list] })),
  );
  const offsets = Uint32Array.of(0, 2, 6);
  const clickOffsets = new Uint32Array(rows.length + 1);
  rows.forEach(({ length }, r) => {
    clickOffsets[r + 1] = clickOffsets[r] + length;
  });
  const { bias, standardErrors } = randomisationPropensities({
    queries: Uint32Array.of(0, 1),
    offsets,
    docs: Uint32Array.of(0, 1, 2, 3, 4, 5),
    list: Uint32Array.from(rows, ({ list }) => list),
    clickOffsets,
    clicks: Uint8Array.from(rows.flatMap(({ length, k }) => Array.from({ length }, (_, i) => Number(i === k)))),
    count: Float64Array.from(rows, ({ count }) => count),
  });
  examination.forEach((theta, k) => {
    expect(bias.examination[k]).toBeCloseTo(theta / 0.9, 12);
  });
  const [first, last] = [900 * 0.25, 200 * 0.25]; // clicks at ranks 1 and 4 of the list of four
  expect(standardErrors[3]).toBeCloseTo((0.2 / 0.9) * Math.sqrt(1 / first + 1 / last), 12);
});
