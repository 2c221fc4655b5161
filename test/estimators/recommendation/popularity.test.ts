import type { RecommendationInput, Recommender } from '../../../estimators/recommendation/index.ts';
import { conversionRecommenders, explicitRecommenders, implicitRecommenders } from '../../../estimators/recommendation/index.ts';
import { InteractionBuilder } from '../../../src/data/interactions/interaction-builder.ts';
import type { InteractionLog } from '../../../src/data/interactions/interaction-log.ts';
import { createRng } from '../../../src/random/rng.ts';

const inputOf = (log: InteractionLog, target: (row: number) => number = () => 1, heldOutShare = 0) =>
  ({ log, target, training: { heldOutShare }, rng: createRng('popularity') }) as unknown as RecommendationInput;

/** What every pair is predicted, [user][item]. */
function predicted({ scores, predict }: Recommender, { userIds, itemIds }: InteractionLog): number[][] {
  const out = new Float32Array(1);
  return userIds.map((_, u) =>
    itemIds.map((_id, i) => {
      scores(Uint32Array.of(u), Uint32Array.of(i), 1, out);
      return predict?.(out[0]) ?? Number.NaN;
    }),
  );
}

const build = (rows: readonly [user: string, item: string, click: 0 | 1, more?: object][]) => {
  const builder = new InteractionBuilder({ file: 'made' });
  for (const [k, [user, item, click, more]] of rows.entries()) builder.add({ user, item, click, ...more }, k + 1);
  return builder.build();
};

test('clicks: the rate of an item among users, with the mean rate as one user more, for every user alike', () => {
  const log = build([
    ['a', 'x', 1],
    ['b', 'x', 1],
    ['a', 'y', 1],
    ['b', 'z', 0],
  ]);
  const rate = 3 / (2 * 3);
  const values = predicted(implicitRecommenders.popularity.create()(inputOf(log)), log);
  expect(values[1]).toEqual(values[0]);
  [2, 1, 0].forEach((n, i) => {
    expect(values[0][i]).toBeCloseTo((n + rate) / 3, 6);
  });
});

test('values: the mean of an item over its rows, with the mean of all as one row more', () => {
  const log = build([
    ['a', 'x', 1],
    ['b', 'x', 1],
    ['a', 'y', 1],
  ]);
  const target = (row: number) => [0.5, 0, 1][row]; // rows by user: (a, x), (a, y), (b, x)
  const [own] = predicted(explicitRecommenders.popularity.create()(inputOf(log, target)), log);
  expect(own[0]).toBeCloseTo((0.5 + 1 + 0.5) / 3, 6);
  expect(own[1]).toBeCloseTo((0 + 0.5) / 2, 6);
});

test('conversions: of clicked impressions only', () => {
  const log = build([
    ['a', 'x', 1],
    ['b', 'x', 0],
    ['a', 'y', 1],
  ]);
  const [own] = predicted(conversionRecommenders.popularity.create()(inputOf(log, (row) => [1, 0, 0][row])), log);
  expect(own[0]).toBeCloseTo((1 + 0.5) / 2, 6);
  expect(own[1]).toBeCloseTo((0 + 0.5) / 2, 6);
});

test('what is held out is not looked at', () => {
  const log = build(Array.from({ length: 400 }, (_, k) => [`u${k}`, k % 2 === 0 ? 'x' : 'y', 1] as const));
  const count = (share: number) => {
    const [own] = predicted(implicitRecommenders.popularity.create()(inputOf(log, () => 1, share)), log);
    return own.map((rate) => rate * 400 * (1 - share));
  };
  expect(count(0)).toEqual([expect.closeTo(200, 0), expect.closeTo(200, 0)]);
  for (const n of count(0.5)) expect(Math.abs(n - 100)).toBeLessThan(4 * Math.sqrt(50));
});
