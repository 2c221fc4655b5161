import { commonQueries } from '../../../src/data/common-queries.ts';
import type { QuerySet } from '../../../src/data/query-set.ts';
import { createRng } from '../../../src/random/rng.ts';

type Rows = readonly (readonly number[])[]; // label, features

const set = (queries: Readonly<Record<string, Rows>>): QuerySet => {
  const rows = Object.values(queries).flat();
  const offsets = Uint32Array.of(0, ...Object.values(queries).map((own) => own.length));
  for (let q = 1; q < offsets.length; q++) offsets[q] += offsets[q - 1];
  return {
    queryIds: Object.keys(queries),
    docIds: rows.map((_, d) => `${d}`),
    offsets,
    features: Float32Array.from(rows.flatMap(([, ...features]) => features)),
    featureCount: (rows[0]?.length ?? 1) - 1,
    labels: Float32Array.from(rows, ([label]) => label),
  };
};

test('a query under another name, its documents in another order, is found; one of other labels, features or documents is not', () => {
  const here: Rows = [
    [0, 1, 2],
    [1, 3, 0],
  ];
  const one = set({ a: here, b: [[0, 5, 6]], empty: [] });
  expect(commonQueries(one, set({ x: [here[1], [0, 1, 2]], empty: [] }))).toEqual(['a']);
  expect(commonQueries(one, set({ x: here, y: [[0, 5, 6]] }))).toEqual(['a', 'b']);
  const others: Rows[] = [[[1, 1, 2], here[1]], [[0, 2, 1], here[1]], [...here, here[0]], [here[0]], [here[0], here[0]]];
  for (const rows of others) expect(commonQueries(one, set({ x: rows }))).toEqual([]);
  expect(
    commonQueries(
      one,
      set({
        x: [
          [0, 1, 2],
          [1, 3, -0],
        ],
      }),
    ),
  ).toEqual(['a']);
});

test('of many features and many queries none is taken for another', () => {
  const rng = createRng('queries');
  const many = (n: number) =>
    set(
      Object.fromEntries(
        Array.from({ length: n }, (_, q) => [`q${q}`, [[0, ...Array.from({ length: 200 }, () => Math.round(rng.next()))]]]),
      ),
    );
  expect(commonQueries(many(2000), many(2000))).toEqual([]);
});
