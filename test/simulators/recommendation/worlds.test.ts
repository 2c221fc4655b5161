import { clickModels } from '../../../click-models/index.ts';
import {
  entireSpaceOptions,
  type RecommendationWorld,
  selfSelectedRatingsOptions,
  semiSyntheticOptions,
  semiSyntheticWorld,
  simulateEntireSpace,
  simulateImplicitFeedback,
  simulateLists,
  simulateSelfSelectedRatings,
  syntheticWorld,
  syntheticWorldOptions,
} from '../../../simulators/recommendation/index.ts';
import { InteractionBuilder } from '../../../src/data/interactions/interaction-builder.ts';
import { checkInteractionLog, rowUsers } from '../../../src/data/interactions/interaction-log.ts';
import { decodeOptions } from '../../../src/decode-options.ts';
import { UsageError } from '../../../src/errors.ts';
import { createRng } from '../../../src/random/rng.ts';

const worldOf = (options: object, seed = 'world') =>
  syntheticWorld(decodeOptions('world', syntheticWorldOptions, options), createRng(seed));
const logit = (p: number) => Math.log(p / (1 - p));
function correlation(x: ArrayLike<number>, y: ArrayLike<number>): number {
  const centre = (values: ArrayLike<number>) =>
    Array.from(values, (v) => v - Array.from(values).reduce((a, b) => a + b, 0) / values.length);
  const [a, b] = [centre(x), centre(y)];
  const dot = (p: number[], q: number[]) => p.reduce((sum, v, k) => sum + v * q[k], 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}

describe('synthetic world', () => {
  test('popularity and quality correlate as asked', () => {
    for (const rho of [-0.8, 0, 0.7]) {
      const { relevance, exposure } = worldOf({ users: 1, items: 4000, taste: 0, activity: 0, correlation: rho });
      const measured = correlation(Float64Array.from(relevance, logit), Float64Array.from(exposure, logit));
      expect(Math.abs(measured - rho)).toBeLessThan((4 * (1 - rho * rho) + 0.02) / Math.sqrt(4000));
    }
  });

  test('the power raises exposures to it, and moves nothing else', () => {
    const [one, three] = [worldOf({ users: 5, items: 7 }), worldOf({ users: 5, items: 7, power: 3 })];
    one.exposure.forEach((theta, at) => {
      expect(three.exposure[at]).toBeCloseTo(theta ** 3, 6);
    });
    expect(three.relevance).toEqual(one.relevance);
  });

  test('the low-rank part of relevance has the rank asked for', () => {
    const { relevance } = worldOf({ users: 30, items: 3, rank: 1, quality: 0, meanRelevance: 0 });
    const row = (u: number) => [0, 1, 2].map((i) => logit(relevance[3 * u + i]));
    const [a, b] = [row(0), row(1)];
    expect(a[0] * b[1] - a[1] * b[0]).toBeCloseTo(0, 4);
    expect(a[0] * b[2] - a[2] * b[0]).toBeCloseTo(0, 4);
  });
});

/** Mean clicks of every pair over many draws. */
function clickRates(
  world: RecommendationWorld,
  draws: number,
  draw: (seed: number) => { log: ReturnType<typeof simulateImplicitFeedback>['log']; relevant: Uint8Array },
) {
  const [clicks, relevant] = [new Float64Array(world.relevance.length), new Float64Array(world.relevance.length)];
  for (let seed = 0; seed < draws; seed++) {
    const { log, relevant: r } = draw(seed);
    rowUsers(log).forEach((u, row) => {
      clicks[u * world.itemIds.length + log.items[row]] += log.clicks[row] / draws;
      if (log.clicks[row] === 1) expect(r[u * world.itemIds.length + log.items[row]]).toBe(1);
    });
    r.forEach((value, at) => {
      relevant[at] += value / draws;
    });
  }
  return { clicks, relevant };
}
const within = (rate: number, p: number, draws: number, slack = 0) =>
  expect(Math.abs(rate - p)).toBeLessThan(4.5 * Math.sqrt((p * (1 - p)) / draws) + 1 / draws + slack);

test('implicit feedback: P(Y = 1) = γ θ and P(R = 1) = γ for every pair; a click is a relevant pair', () => {
  const world = worldOf({ users: 4, items: 5, meanRelevance: 0, meanExposure: 0 });
  const draws = 4000;
  const { clicks, relevant } = clickRates(world, draws, (seed) => simulateImplicitFeedback(world, createRng(`draw/${seed}`)));
  world.relevance.forEach((gamma, at) => {
    within(clicks[at], gamma * world.exposure[at], draws);
    within(relevant[at], gamma, draws);
  });
});

test.each(['position-based', 'cascade', 'dependent-click'] as const)(
  'lists with %s clicks: P(click) = γ θ with the exposure that is stated',
  (name) => {
    const world = worldOf({ users: 2, items: 6, meanRelevance: -0.5, meanExposure: -1 });
    const clickModel =
      name === 'position-based'
        ? clickModels[name].create({ examination: 'inverse-rank', eta: 1 }, 4)
        : name === 'cascade'
          ? clickModels[name].create({}, 4)
          : clickModels[name].create(decodeOptions(name, clickModels[name].options, {}), 4);
    const setting = { world, clickModel, positions: 4, temperature: 1 };
    const exposure = simulateLists({ ...setting, exposureDraws: 20_000 }, createRng('exposure')).world.exposure;
    const draws = 4000;
    const { clicks, relevant } = clickRates(world, draws, (seed) =>
      simulateLists({ ...setting, exposureDraws: 1 }, createRng(`list/${seed}`)),
    );
    world.relevance.forEach((gamma, at) => {
      within(clicks[at], gamma * exposure[at], draws, 0.01);
      within(relevant[at], gamma, draws);
    });
  },
);

test('lists: K impressions a user, every position once; trust bias and too few positions are refused', () => {
  const world = worldOf({ users: 3, items: 9 });
  const clickModel = clickModels['position-based'].create({ examination: 'inverse-rank', eta: 1 }, 5);
  const { log } = simulateLists({ world, clickModel, positions: 5, temperature: 1, exposureDraws: 3 }, createRng('lists'));
  checkInteractionLog(log);
  for (let u = 0; u < 3; u++) expect([...(log.positions ?? []).slice(5 * u, 5 * u + 5)].sort()).toEqual([0, 1, 2, 3, 4]);
  const list = (model: typeof clickModel, positions: number) => () =>
    simulateLists({ world, clickModel: model, positions, temperature: 1, exposureDraws: 3 }, createRng('lists'));
  expect(list(clickModel, 6)).toThrow(/covers 5 positions/);
  const trust = clickModels['trust-bias'].create(decodeOptions('trust', clickModels['trust-bias'].options, {}), 5);
  expect(list(trust, 5)).toThrow(UsageError);
});

describe('semi-synthetic protocol', () => {
  const builder = new InteractionBuilder({ file: 'made' });
  for (let u = 0; u < 40; u++)
    for (let i = 0; i < 30; i++)
      if ((u * 7 + i * 11) % (3 + i) < 2) builder.add({ user: `${u}`, item: `${i}`, rating: i % 2 === 0 ? 5 : 1 }, 1);
  const log = builder.build();
  const options = (changes: object) =>
    decodeOptions('options', semiSyntheticOptions, { dimension: 5, ratingSteps: 400, exposureSteps: 400, ...changes });
  const world = semiSyntheticWorld(log, options({}), createRng('semi'));

  test('relevance is σ(R̂ − 5) of ratings clipped to [1, 5], and follows the ratings', () => {
    const [low, high] = [1 / (1 + Math.exp(4)), 0.5];
    for (const gamma of world.relevance) expect(gamma >= low - 1e-6 && gamma <= high + 1e-6).toBe(true);
    const rated = (rating: number) => {
      const rows = [...(log.ratings ?? [])].flatMap((r, row) => (r === rating ? [row] : []));
      const users = rowUsers(log);
      return rows.reduce((sum, row) => sum + world.relevance[users[row] * log.itemIds.length + log.items[row]], 0) / rows.length;
    };
    expect(rated(5)).toBeGreaterThan(rated(1) + 0.2);
  });

  test('exposure has the level of being rated, and p is its power', () => {
    const mean = world.exposure.reduce((a, b) => a + b, 0) / world.exposure.length;
    expect(Math.abs(mean / (log.items.length / world.exposure.length) - 1)).toBeLessThan(0.15);
    const squared = semiSyntheticWorld(log, options({ power: 2 }), createRng('semi'));
    world.exposure.forEach((theta, at) => {
      expect(squared.exposure[at]).toBeCloseTo(theta ** 2, 5);
    });
  });

  test('a log without ratings is refused', () => {
    expect(() => semiSyntheticWorld({ ...log, ratings: null }, options({}), createRng('a'))).toThrow(/needs ratings/);
  });
});

describe('self-selected ratings', () => {
  const options = decodeOptions('options', selfSelectedRatingsOptions, {});
  const world = simulateSelfSelectedRatings(options, createRng('self'));

  test('ratings have their shares; a pair is observed with the probability of its rating', () => {
    checkInteractionLog(world.log);
    options.ratingShares.forEach((share, k) => {
      const pairs = world.ratings.filter((rating) => rating === k + 1).length;
      expect(Math.abs(pairs / world.ratings.length - share)).toBeLessThan(0.001);
      const observed = world.log.ratings?.filter((rating) => rating === k + 1).length as number;
      const p = options.propensities[k];
      expect(Math.abs(observed - pairs * p)).toBeLessThan(4 * Math.sqrt(pairs * p * (1 - p)));
    });
    expect(world.log.propensities?.every((p, row) => p === options.propensities[(world.log.ratings?.[row] as number) - 1])).toBe(true);
  });

  test('the sample for naive Bayes shares no pair with the test part, and both have the ratings of all pairs', () => {
    const keys = (log: typeof world.log) => [...rowUsers(log)].map((u, row) => u * 200 + log.items[row]);
    const sample = new Set(keys(world.uniformSample as typeof world.log));
    expect(keys(world.uniformTest).some((key) => sample.has(key))).toBe(false);
    const fives = world.uniformTest.ratings?.filter((rating) => rating === 5).length as number;
    const n = world.uniformTest.items.length;
    expect(Math.abs(fives / n - 0.05)).toBeLessThan(4 * Math.sqrt((0.05 * 0.95) / n));
  });

  test.each([
    [{ propensities: [0.1] }, /expected 5 propensities/],
    [{ propensities: [0, 0.1, 0.1, 0.1, 0.1] }, /propensities\.0 must be above 0, got 0/],
    [{ uniformSample: 150, uniformTest: 60 }, /at most the 200 items, got 210/],
  ])('%j is refused', (changes, message) => {
    expect(() => simulateSelfSelectedRatings(decodeOptions('options', selfSelectedRatingsOptions, changes), createRng('a'))).toThrow(
      message,
    );
  });
});

describe('entire-space funnel', () => {
  const options = decodeOptions('options', entireSpaceOptions, { users: 800 });
  const world = simulateEntireSpace(options, createRng('funnel'));
  const at = (log: typeof world.log) => [...rowUsers(log)].map((u, row) => u * options.items + log.items[row]);

  test('clicks and conversions have the rates of the truth; none converts without a click', () => {
    checkInteractionLog(world.log);
    const places = at(world.log);
    const expectedClicks = places.reduce((sum, place) => sum + world.click[place], 0);
    const clicks = world.log.clicks.reduce((a, b) => a + b, 0);
    expect(Math.abs(clicks - expectedClicks)).toBeLessThan(4 * Math.sqrt(expectedClicks));
    const clicked = places.filter((_, row) => world.log.clicks[row] === 1);
    const expectedConversions = clicked.reduce((sum, place) => sum + world.conversion[place], 0);
    const conversions = world.log.conversions?.reduce((a, b) => a + b, 0) as number;
    expect(Math.abs(conversions - expectedConversions)).toBeLessThan(4 * Math.sqrt(expectedConversions));
  });

  test('clicked impressions convert more often than impressions do; without correlation they do not', () => {
    const excess = (rho: number) => {
      const { log, click, conversion } = simulateEntireSpace({ ...options, correlation: rho }, createRng('funnel'));
      const places = at(log);
      const weight = places.reduce((sum, place) => sum + click[place], 0);
      const inClicks = places.reduce((sum, place) => sum + click[place] * conversion[place], 0) / weight;
      return inClicks - places.reduce((sum, place) => sum + conversion[place], 0) / places.length;
    };
    expect(excess(0.6)).toBeGreaterThan(0.08);
    expect(Math.abs(excess(0))).toBeLessThan(0.06);
  });

  test('the test part shows other items of the same popularity, with conversions also where there was no click', () => {
    const train = new Set(at(world.log));
    expect(at(world.test).some((place) => train.has(place))).toBe(false);
    const share = world.testConversions.reduce((a, b) => a + b, 0);
    const expected = at(world.test).reduce((sum, place) => sum + world.conversion[place], 0);
    expect(Math.abs(share - expected)).toBeLessThan(4 * Math.sqrt(expected));
    expect(() => simulateEntireSpace({ ...options, impressions: 190 }, createRng('a'))).toThrow(/at most the 200 items, got 210/);
  });
});
