import { rareItems } from '../../../../estimators/recommendation/evaluate-recommender.ts';
import { itemExposure, pairExposure } from '../../../../estimators/recommendation/exposure/index.ts';
import { type ExposureGroup, exposureGroups } from '../../../../estimators/recommendation/exposure-groups.ts';
import type { Exposure } from '../../../../estimators/recommendation/index.ts';
import { sharedSeries } from '../../../../experiments/charts/figure.ts';
import { seriesOf } from '../../../../experiments/tables/run-result.ts';
import { exposureFault } from '../../../../experiments/tasks/recommendation/exposure-faults.ts';
import { exposuresPicture } from '../../../../experiments/tasks/recommendation/exposures-picture.ts';
import { InteractionBuilder } from '../../../../src/data/interactions/interaction-builder.ts';
import { itemClicks, rowUsers } from '../../../../src/data/interactions/interaction-log.ts';
import { createRng } from '../../../../src/random/rng.ts';

// 8 users, 20 items; item i has min(8, 1 + i/2) clicks
const [U, I] = [8, 20];
const builder = new InteractionBuilder({ file: 'made' });
for (let u = 0; u < U; u++) for (let i = 0; i < I; i++) builder.add({ user: `${u}`, item: `${i}`, click: u <= i / 2 ? 1 : 0 }, 1);
const log = builder.build();
const rng = createRng('groups');
const theta = (user: number, item: number) => 0.02 + 0.9 * ((user * 20 + ((item * 7) % 20)) / 160) ** 2;
const known = pairExposure(rowUsers(log), log, theta, []);
const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
const pick = (groups: readonly ExposureGroup[], by: ExposureGroup['by']) => groups.filter((group) => group.by === by);
const of = (pair: (user: number, item: number) => number): Exposure => pairExposure(rowUsers(log), log, pair, []);
const everyPair = Array.from({ length: U * I }, (_, at) => [Math.floor(at / I), at % I] as const);

test('a common factor is the log ratio and nothing beside it, in every group; the absolute error is that factor of the truth', () => {
  const groups = exposureGroups(
    of((u, i) => 0.4 * theta(u, i)),
    { log, known },
    'pairs',
    rng,
  );
  expect(groups.map(({ by }) => by).filter((by, k, all) => all.indexOf(by) === k)).toEqual(['all', 'popularity', 'true-exposure']);
  for (const { true: truth, estimated, absolute_error, log_ratio, log_ratio_sd } of groups) {
    expect(log_ratio).toBeCloseTo(Math.log(0.4), 10);
    expect(log_ratio_sd).toBeCloseTo(0, 10);
    expect(estimated / (truth as number)).toBeCloseTo(0.4, 10);
    expect(absolute_error).toBeCloseTo(0.6 * (truth as number), 10);
  }
  for (const by of ['all', 'popularity', 'true-exposure'] as const)
    expect(pick(groups, by).reduce((sum, { count }) => sum + count, 0)).toBe(U * I);
});

test('means and errors over all pairs are those of the formulas, pair by pair', () => {
  const guess = (u: number, i: number) => 0.1 + 0.02 * ((u + i) % 9);
  const [all] = exposureGroups(of(guess), { log, known }, 'pairs', rng);
  const ratios = everyPair.map(([u, i]) => Math.log(guess(u, i) / theta(u, i)));
  expect(all).toMatchObject({ by: 'all', group: 1, count: U * I });
  expect(all.true).toBeCloseTo(mean(everyPair.map(([u, i]) => theta(u, i))), 12);
  expect(all.estimated).toBeCloseTo(mean(everyPair.map(([u, i]) => guess(u, i))), 12);
  expect(all.absolute_error).toBeCloseTo(mean(everyPair.map(([u, i]) => Math.abs(guess(u, i) - theta(u, i)))), 12);
  expect(all.log_ratio).toBeCloseTo(mean(ratios), 12);
  expect(all.log_ratio_sd).toBeCloseTo(Math.sqrt(mean(ratios.map((r) => (r - mean(ratios)) ** 2))), 12);
});

test('tenths of items ascend by clicks, and the lower five are the rare half of the metrics', () => {
  // an estimate that is the item's index tells which items a group has
  const groups = pick(
    exposureGroups(
      of((_, i) => (i + 1) / 100),
      { log, known },
      'pairs',
      rng,
    ),
    'popularity',
  );
  groups.forEach(({ group, count, estimated }, k) => {
    expect([group, count]).toEqual([k + 1, 2 * U]);
    if (k < 7) expect(estimated).toBeCloseTo((2 * k + 1.5) / 100, 12); // items 2k and 2k + 1
  });
  const tied = groups.slice(7); // items 14 … 19 have 8 clicks each: which of the tenths an item is in is drawn
  expect(mean(tied.map(({ estimated }) => estimated))).toBeCloseTo(17.5 / 100, 12);
  expect([...rareItems(itemClicks(log), 0.5, rng)]).toEqual(Array.from({ length: I }, (_, i) => Number(i < 10)));
});

test('tenths by truth ascend and hold as many pairs each; equal truths stay together', () => {
  const groups = pick(exposureGroups(known, { log, known }, 'pairs', rng), 'true-exposure');
  expect(groups.map(({ count }) => count)).toEqual(Array(10).fill((U * I) / 10));
  for (let k = 1; k < 10; k++) expect(groups[k].true as number).toBeGreaterThan(groups[k - 1].true as number);
  const two = of((u) => (u < 2 ? 0.1 : 0.5));
  const fewer = pick(exposureGroups(two, { log, known: two }, 'pairs', rng), 'true-exposure');
  expect(fewer.map((one) => [one.count, Number(one.true?.toFixed(9))])).toEqual([
    [2 * I, 0.1],
    [6 * I, 0.5],
  ]);
});

test('over observed rows an exposure may depend on what was observed, and is not asked for other pairs', () => {
  const byRow: Exposure = {
    pair() {
      throw new Error('a pair');
    },
    row: (row) => (log.clicks[row] === 1 ? 0.5 : 0.25),
    notes: [],
  };
  const [all] = exposureGroups(byRow, { log, known: null }, 'rows', rng);
  const clicks = itemClicks(log).reduce((a, b) => a + b, 0);
  expect(all).toMatchObject({ count: U * I, true: null, absolute_error: null, log_ratio: null, log_ratio_sd: null });
  expect(all.estimated).toBeCloseTo((0.5 * clicks + 0.25 * (U * I - clicks)) / (U * I), 12);
});

test('without a truth there are the tenths of items alone', () => {
  const groups = exposureGroups(itemExposure(log, new Float64Array(I).fill(0.3), []), { log, known: null }, 'pairs', rng);
  expect(groups.map(({ by }) => by)).toEqual(['all', ...Array(10).fill('popularity')]);
  expect(exposureFault([{ seed: '1', rows: groups }])).toBeNull();
  expect(exposuresPicture('x', [{ seed: '1', rows: groups }])?.alt).toMatch(
    /^Exposure of x, of unknown source, by tenths of items by clicks: 1: 0\.300; 2/,
  );
});

test('of very many pairs some are drawn: the means are near those of all', () => {
  const many = new InteractionBuilder({ file: 'made' });
  for (let u = 0; u < 1500; u++) many.add({ user: `${u}`, item: `${u % 1000}` }, 1);
  const wide = many.build();
  const pair = (u: number, i: number) => (1 + ((u * 31 + i * 17) % 100)) / 100;
  const [all] = exposureGroups(pairExposure(rowUsers(wide), wide, pair, []), { log: wide, known: null }, 'pairs', rng);
  expect(all.count).toBe(500_000);
  expect(Math.abs(all.estimated - 0.505)).toBeLessThan(4.5 * Math.sqrt((1 - 1e-4) / 12 / 500_000)); // uniform on 0.01 … 1
});

describe('what is told', () => {
  const seeds = (pair: (u: number, i: number) => number) => [
    { seed: '1', rows: exposureGroups(of(pair), { log, known }, 'pairs', rng) },
    { seed: '2', rows: exposureGroups(of(pair), { log, known }, 'pairs', rng) },
  ];

  test.each([
    ['the truth', theta, null],
    ['a factor below 1.5', (u: number, i: number) => 0.7 * theta(u, i), null],
    ['a factor in common', (u: number, i: number) => theta(u, i) / 4, /^0\.25 times the true exposure in the geometric mean$/],
    ['one beside', (u: number, i: number) => theta(u, i) * (u % 2 ? 3 : 1 / 3), /^off by a factor of 3 either way$/],
    [
      'both',
      (u: number, i: number) => theta(u, i) * 3 * (u % 2 ? 3 : 1 / 3),
      /^3 times the true exposure in the geometric mean, and off by a factor of 3 beside that$/,
    ],
  ])('%s', (_, pair, words) => {
    const fault = exposureFault(seeds(pair));
    if (words === null) expect(fault).toBeNull();
    else expect(fault).toMatch(words);
  });

  test('methods that weigh by the same exposures share a picture; one that weighs by none has none, nor has the truth', () => {
    const [[one], [other]] = [seeds(theta), seeds((u, i) => theta(u, i) ** 0.5)].map((both) => both.map(({ rows }) => rows));
    const methods = { a: other, b: [], c: other, d: one };
    const rows = Object.entries(methods).flatMap(([method, own]) => own.map((row) => ({ seed: '1', method, ...row })));
    const shared = sharedSeries(Object.keys(methods).map((title) => ({ title, series: seriesOf(rows, title) })));
    expect(shared.map(({ titles }) => titles)).toEqual([['a', 'c'], ['d']]);
    expect(shared.map(({ titles, series }) => exposuresPicture(titles.join(', '), series)?.alt.split(':')[0])).toEqual([
      'Exposure (true) of a, c, of unknown source',
      undefined,
    ]);
  });
});
