import { cascadeValue, clickCorrections, documentRelevance, offPolicyValues } from '../../../estimators/index.ts';
import type { Bias } from '../../../src/bias.ts';
import type { ClickLog } from '../../../src/data/click-log.ts';
import type { QuerySet } from '../../../src/data/query-set.ts';
import { createRng } from '../../../src/random/rng.ts';

/** Lists of one query, and rows of them: [list, clicks, count]. */
function logOf(lists: readonly (readonly number[])[], rows: readonly (readonly [number, readonly number[], number])[]): ClickLog {
  const offsets = [0];
  for (const list of lists) offsets.push((offsets.at(-1) as number) + list.length);
  const clickOffsets = [0];
  for (const [, clicks] of rows) clickOffsets.push((clickOffsets.at(-1) as number) + clicks.length);
  return {
    queries: new Uint32Array(lists.length),
    offsets: Uint32Array.from(offsets),
    docs: Uint32Array.from(lists.flat()),
    list: Uint32Array.from(rows, ([list]) => list),
    clickOffsets: Uint32Array.from(clickOffsets),
    clicks: Uint8Array.from(rows.flatMap(([, clicks]) => clicks)),
    count: Float64Array.from(rows, ([, , count]) => count),
  };
}
const querySet = (documents: number): QuerySet => ({
  ...{ queryIds: ['q'], docIds: Array.from({ length: documents }, (_, d) => `${d}`), offsets: Uint32Array.of(0, documents) },
  ...{ features: new Float32Array(0), featureCount: 0, labels: new Float32Array(documents) },
});
const logged = (log: ClickLog, documents: number) => ({ log, querySet: querySet(documents), knownBias: null });
const theta = (...examination: number[]): Bias => ({ kind: 'examination', examination: Float64Array.from(examination) });
const lambda = [1, 1 / Math.log2(3), 1 / Math.log2(4)];

test('c − β and α of every click: by rank, of trust bias, and after the clicks above', () => {
  const log = logOf(
    [[0, 1]],
    [
      [0, [1, 0], 3],
      [0, [1, 1], 1],
    ],
  );
  const of = (bias: Bias) => Object.values(clickCorrections(log, bias)).map((values) => [...values]);
  expect(of(theta(1, 0.5))).toEqual([
    [1, 0, 1, 1],
    [1, 0.5, 1, 0.5],
  ]);
  const affine = { kind: 'affine', alpha: Float64Array.of(0.8, 0.5), beta: Float64Array.of(0.25, 0.125) } as const;
  expect(of(affine)).toEqual([
    [0.75, -0.125, 0.75, 0.875],
    [0.8, 0.5, 0.8, 0.5],
  ]);
  expect(of({ kind: 'by-click', examination: Float64Array.of(1, 0.25, 1, 0) })).toEqual([
    [1, 0, 1, 1],
    [1, 0.25, 1, 0],
  ]);
});

test('by hand: 4 sessions of one list, the ranker turns it round', () => {
  const log = logOf(
    [[0, 1]],
    [
      [0, [1, 0], 2],
      [0, [0, 1], 1],
      [0, [0, 0], 1],
    ],
  );
  const { ips, snips, doublyRobust } = offPolicyValues(logged(log, 2), Float32Array.of(1, 2), theta(1, 0.5), new Float64Array(2));
  const [own, usual] = [(2 * lambda[1] + 2 * lambda[0]) / 4, (2 * lambda[0] + 2 * lambda[1]) / 4]; // the one click at rank 2 counts twice
  expect(ips.ranker.value).toBeCloseTo(own, 12);
  expect(ips.logging.value).toBeCloseTo(usual, 12);
  expect(ips.difference.value).toBeCloseTo(own - usual, 12);
  const sums = [lambda[1], lambda[1], 2 * lambda[0], 0]; // of the sessions
  const mean = sums.reduce((a, b) => a + b) / 4;
  expect(ips.ranker.standardError).toBeCloseTo(Math.sqrt(sums.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 3 / 4), 12);
  expect(snips?.ranker.value).toBeCloseTo((2 * lambda[1] + 2 * lambda[0]) / 4, 12); // over 4 of relevance
  expect(doublyRobust.ranker.value).toBeCloseTo(own, 12);
});

test('a document that was never shown: worth nothing by ips, what the regression says by doubly robust', () => {
  const log = logOf(
    [[0]],
    [
      [0, [1], 1],
      [0, [0], 1],
    ],
  );
  const found = offPolicyValues(logged(log, 2), Float32Array.of(1, 2), theta(1), Float64Array.of(0, 0.4)); // lists of one: the ranker shows the unseen one
  expect(found.ips.ranker.value).toBe(0);
  expect(found.doublyRobust.ranker.value).toBeCloseTo(0.4, 12);
});

test('a document that some sessions did not show is worth what those say that did', () => {
  const log = logOf(
    [
      [0, 1],
      [0, 2],
    ],
    [
      [0, [0, 1], 1],
      [0, [0, 0], 1],
      [1, [0, 0], 6],
    ],
  );
  const { ips } = offPolicyValues(logged(log, 3), Float32Array.of(1, 3, 2), theta(1, 0.5), new Float64Array(3));
  expect(ips.ranker.value).toBeCloseTo(lambda[0] * (1 / (2 * 0.5)), 12); // 1 first: one click in two sessions that half looked
  expect(ips.logging.value).toBeCloseTo(lambda[1] * (2 / 8), 12); // shown in a quarter of them, second
});

test('after a cascade, clicks over what was examined after the clicks above', () => {
  const log = logOf(
    [[0, 1]],
    [
      [0, [1, 0], 2],
      [0, [0, 1], 1],
      [0, [0, 0], 1],
    ],
  );
  const bias = { kind: 'by-click', examination: Float64Array.of(1, 0, 1, 1, 1, 1) } as const; // a click ends it
  const { ips } = offPolicyValues(logged(log, 2), Float32Array.of(2, 1), bias, new Float64Array(2));
  expect(ips.ranker.value).toBeCloseTo(lambda[0] / 2 + lambda[1] / 2, 12); // 1 was seen twice, and clicked once
});

test('over many logs: the truth on average, and in about 95 % of the intervals', () => {
  const [gamma, bias] = [
    [0.2, 0.7, 0.4],
    [1, 0.6, 0.3],
  ];
  const rng = createRng('off-policy');
  const lists = [
    [0, 1, 2],
    [2, 0, 1],
    [1, 2, 0],
  ];
  const truth = gamma[1] * lambda[0] + gamma[2] * lambda[1] + gamma[0] * lambda[2];
  const names = ['ips', 'doublyRobust'] as const;
  const [sums, held] = [
    { ips: 0, doublyRobust: 0 },
    { ips: 0, doublyRobust: 0 },
  ];
  const logs = 200;
  for (let t = 0; t < logs; t++) {
    const rows = Array.from({ length: 150 }, () => {
      const list = Math.floor(3 * rng.next());
      return [list, lists[list].map((d, k) => Number(rng.next() < gamma[d] * bias[k])), 1] as const;
    });
    const found = offPolicyValues(logged(logOf(lists, rows), 3), Float32Array.of(1, 3, 2), theta(...bias), Float64Array.of(0.3, 0.3, 0.3));
    for (const name of names) {
      const { value, lower, upper } = (found[name] as (typeof found)['ips']).ranker;
      sums[name] += value / logs;
      held[name] += Number(lower <= truth && truth <= upper) / logs;
    }
  }
  for (const name of names) {
    expect(Math.abs(sums[name] - truth)).toBeLessThan(0.03);
    expect(held[name]).toBeGreaterThan(0.9);
  }
});

test('cascade: clicks of sessions that saw the ranker’s list from the top down to there', () => {
  const log = logOf(
    [
      [0, 1],
      [1, 0],
      [0, 2],
    ],
    [
      [0, [0, 1], 1],
      [0, [1, 0], 3],
      [1, [0, 1], 4],
      [2, [1, 1], 2],
    ],
  );
  const found = cascadeValue(log, querySet(3), Float32Array.of(3, 2, 1));
  expect(found?.covered).toBe(1); // of its list 0, 1 both ranks were seen
  expect(found?.ranker.value).toBeCloseTo(5 / 6 + 1 / 4, 12); // 6 sessions saw 0 first, 4 of them then 1
  expect(found?.logging.value).toBeCloseTo((1 + 3 + 4 + 4) / 10, 12);
  const half = cascadeValue(log, querySet(3), Float32Array.of(2, 3, 1)); // 1, 0: seen whole
  expect(half?.ranker.value).toBeCloseTo(0 + 4 / 4, 12);
  const first = cascadeValue(log, querySet(3), Float32Array.of(1, 3, 2)); // 1, 2: only the first rank was seen so
  expect(first?.covered).toBe(0.5);
  expect(first?.logging.value).toBeCloseTo(5 / 10, 12); // clicks at rank 1
  expect(cascadeValue(log, querySet(3), Float32Array.of(1, 2, 3))).toBeNull();
});

test('relevance of a document: clicks over examinations, drawn to the mean as far as held-out clicks say', () => {
  const log = logOf(
    [[0, 1]],
    [
      [0, [1, 0], 40],
      [0, [0, 1], 10],
      [0, [0, 0], 50],
    ],
  );
  const clicksOf = (of: ClickLog) => ({ log: of, bias: theta(1, 0.5) });
  const alone = documentRelevance(clicksOf(log), null, 3);
  const mean = 50 / 150;
  expect(alone.mean).toBeCloseTo(mean, 12);
  expect([...alone.relevance]).toEqual([(40 + mean) / 101, (10 + mean) / 51, mean]);
  const same = documentRelevance(clicksOf(log), clicksOf(log), 2); // held-out clicks that are the training's: nothing to draw to
  expect(same.strength).toBe(0.1);
  const even = logOf(
    [[0, 1]],
    [
      [0, [1, 0], 4],
      [0, [0, 1], 2],
      [0, [0, 0], 6],
    ],
  ); // held out, both are alike
  expect(documentRelevance(clicksOf(logOf([[0, 1]], [[0, [1, 0], 1]])), clicksOf(even), 2).strength).toBeGreaterThan(0.1);
});
test('values cost by rows: twice as many rows never cost four times as much', () => {
  const rows = 60_000; // 10 seconds and more where each row sums all
  const log = logOf(
    [[0, 1]],
    Array.from({ length: rows }, (_, r) => [0, [r % 2, 0], 1] as const),
  );
  const start = process.cpuUsage();
  offPolicyValues(logged(log, 2), Float32Array.of(0, 1), theta(1, 0.5), Float64Array.of(0.5, 0.5));
  const { user, system } = process.cpuUsage(start);
  expect((user + system) / 1e6).toBeLessThan(3);
});
