import { positionBased } from '../../click-models/position-based.ts';
import { informationNeedOptions, informationNeeds, sessionsOfNeeds } from '../../simulators/information-needs.ts';
import type { SearchSessionOptions } from '../../simulators/search-session-options.ts';
import { simulateSessionsWithTruth } from '../../simulators/search-sessions.ts';
import { effortSeconds, expectedSatisfaction, type RatingOptions, rate, ratingOptions } from '../../simulators/session-rating.ts';
import type { SearchSession } from '../../src/data/search-session.ts';
import { decodeOptions } from '../../src/decode-options.ts';
import { UsageError } from '../../src/errors.ts';
import { gaussian } from '../../src/random/gaussian.ts';
import { createRng } from '../../src/random/rng.ts';
import { meanEstimate } from '../../src/stats/estimate.ts';
import { chiSquareZ } from '../src/random/goodness-of-fit.ts';

const examination = [0.9, 0.6, 0.3, 0.2];
const attraction = Float64Array.of(0.9, 0.5, 0.4, 0.8);
const querySet = {
  queryIds: ['need'],
  docIds: ['a', 'b', 'c', 'd'],
  offsets: Uint32Array.of(0, 4),
  features: new Float32Array(0),
  featureCount: 0,
  labels: Float32Array.of(2, 1, 0, 1),
};
const n = 6000;
const simulate = (
  options: Partial<SearchSessionOptions>,
  theta = examination,
  changes: { attraction?: Float64Array; positions?: number } = {},
) =>
  simulateSessionsWithTruth(
    {
      querySet,
      scores: Float32Array.of(4, 3, 2, 1),
      attraction,
      clickModel: positionBased.create({ examination: theta, eta: 1 }, 4),
      sessionsPerNeed: n,
      positions: 4,
      ...changes,
      options,
    },
    createRng('behaviour'),
  );
/** Two queries of one list, whatever is found. */
const twice = { retrieval: 1, satisfaction: 0, patience: 1, maxQueries: 2 };
const within = (share: number, p: number, count = n) =>
  expect(Math.abs(share - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / count) + 1e-12);
const share = (sessions: readonly SearchSession[], holds: (session: SearchSession) => boolean) =>
  sessions.filter(holds).length / sessions.length;
const clicked = (session: SearchSession, query: number, position: number) => session.queries[query].results[position].clicked === true;

test('skipped, then clicked: (1 − θ(1 − o)γ)·θγ for every document', () => {
  const overlook = 0.4;
  const { sessions, truth } = simulate({ ...twice, overlook });
  let expected = 0;
  for (const [k, gamma] of attraction.entries()) {
    const p = (1 - examination[k] * (1 - overlook) * gamma) * examination[k] * gamma;
    expected += p;
    within(
      share(sessions, (s) => !clicked(s, 0, k) && clicked(s, 1, k)),
      p,
    );
  }
  const { value, standardError } = meanEstimate(truth.map((one) => one.skippedThenClicked));
  expect(Math.abs(value - expected)).toBeLessThan(4 * standardError);
});

test('where everything attracts and is examined, it is skipped then clicked with probability o, and never without', () => {
  const sure = { attraction: new Float64Array(4).fill(1) };
  const { sessions } = simulate({ ...twice, overlook: 0.3 }, [1, 1, 1, 1], sure);
  within(
    share(sessions, (s) => !clicked(s, 0, 0) && clicked(s, 1, 0)),
    0.3,
  );
  const never = simulate({ ...twice, overlook: 0 }, [1, 1, 1, 1], sure);
  expect(never.truth.every((one) => one.skippedThenClicked === 0)).toBe(true);
});

test('a document is overlooked at its first appearance only, in whatever query that is', () => {
  // one position: the document at the top is shown only if retrieved; b may come first in the second query
  const { sessions } = simulate({ ...twice, retrieval: 0.5, persistence: 0, overlook: 0.4 }, [1, 1, 1, 1], {
    attraction: new Float64Array(4).fill(1),
  });
  const late = sessions.filter(
    ({ queries }) => !queries[0].results.some(({ id }) => id === 'b') && queries[1].results.some(({ id }) => id === 'b'),
  );
  within(
    share(late, ({ queries }) => queries[1].results.some(({ id, clicked: hit }) => id === 'b' && hit === true)),
    0.6,
    late.length,
  );
});

test('clicked again with reclick times the attraction', () => {
  const { sessions } = simulate({ ...twice, overlook: 0, reclick: 0.25 });
  const again = sessions.filter((s) => clicked(s, 0, 0));
  within(
    share(again, (s) => clicked(s, 1, 0)),
    examination[0] * 0.25 * attraction[0],
    again.length,
  );
});

test.each([0, 0.4, 1])('with persistence %d two queries in a row share a document with r² + ρ·r(1 − r)', (persistence) => {
  const r = 0.6;
  const { sessions } = simulate({ ...twice, retrieval: r, persistence });
  const has = (s: SearchSession, j: number, id: string) => s.queries[j].results.some((result) => result.id === id);
  // a query that would retrieve nothing retrieves one document: (1 − r)⁴ ≈ 0.026 of them, a quarter of that per document
  const nothing = (1 - r) ** 4;
  within(
    share(sessions, (s) => has(s, 1, 'b')),
    r + nothing / 4,
  );
  const shared = share(sessions, (s) => has(s, 0, 'b') && has(s, 1, 'b'));
  expect(Math.abs(shared - (r * r + persistence * r * (1 - r)))).toBeLessThan(4 * Math.sqrt(0.25 / n) + nothing / 4);
  if (persistence === 1) expect(sessions.every(({ queries }) => queries[0].results.length === queries[1].results.length)).toBe(true);
});

test('how sessions end: satisfied, given up, or out of queries', () => {
  const { sessions, truth } = simulate({ satisfaction: 0, patience: 0.5, maxQueries: 3 });
  within(truth.filter(({ ended }) => ended === 'gave-up').length / n, 1 / 2 + 1 / 4 + 1 / 8); // the last eighth would have asked a fourth time
  expect(truth.some(({ ended }) => ended === 'query-limit')).toBe(true);
  expect(sessions.every(({ satisfaction }) => satisfaction === 0)).toBe(true);
});

const rating = decodeOptions('rating', ratingOptions, {});

test('effort is seconds per query, per result passed and per click; the log carries the times', () => {
  expect(effortSeconds({ queries: 2, passed: 7, clicks: 3 }, { ...rating, querySeconds: 10, snippetSeconds: 4, documentSeconds: 20 })).toBe(
    108,
  );
  const { sessions, truth } = simulate({ rating });
  for (const [i, { queries }] of sessions.slice(0, 300).entries()) {
    let seconds = 0;
    for (const { time, results } of queries) {
      expect(time).toBeCloseTo(seconds, 9);
      const last = results.findLastIndex((result) => result.clicked);
      let clicks = 0;
      results.forEach((result, k) => {
        if (!result.clicked) expect(result).not.toHaveProperty('clickTime');
        else
          expect(result.clickTime).toBeCloseTo(
            seconds + rating.querySeconds + (k + 1) * rating.snippetSeconds + clicks++ * rating.documentSeconds,
            9,
          );
      });
      const passed = last < 0 ? results.length : last + 1;
      seconds += effortSeconds({ queries: 1, passed, clicks }, rating);
    }
    expect(truth[i].seconds).toBeCloseTo(seconds, 9);
  }
});

test('found gain: every document clicked counts once, (2^y − 1)/2^H', () => {
  const { sessions, truth } = simulate({ rating, reclick: 1 });
  const gain: Record<string, number> = { a: 3 / 4, b: 1 / 4, c: 0, d: 1 / 4 };
  for (const [i, { queries }] of sessions.slice(0, 300).entries()) {
    const found = new Set(queries.flatMap(({ results }) => results.filter((result) => result.clicked).map(({ id }) => id)));
    expect(truth[i].gain).toBeCloseTo(
      [...found].reduce((sum, id) => sum + gain[id], 0),
      12,
    );
  }
});

/** Least squares of y on 1, a, b. */
function regress(y: readonly number[], a: readonly number[], b: readonly number[]): { a: number; b: number; residual: number } {
  const centre = (values: readonly number[]) => {
    const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
    return values.map((v) => v - mean);
  };
  const dot = (u: readonly number[], v: readonly number[]) => u.reduce((sum, value, i) => sum + value * v[i], 0);
  const [cy, ca, cb] = [centre(y), centre(a), centre(b)];
  const determinant = dot(ca, ca) * dot(cb, cb) - dot(ca, cb) ** 2;
  const slopeA = (dot(ca, cy) * dot(cb, cb) - dot(cb, cy) * dot(ca, cb)) / determinant;
  const slopeB = (dot(cb, cy) * dot(ca, ca) - dot(ca, cy) * dot(ca, cb)) / determinant;
  const residuals = cy.map((value, i) => value - slopeA * ca[i] - slopeB * cb[i]);
  return { a: slopeA, b: slopeB, residual: Math.sqrt(dot(residuals, residuals) / (y.length - 3)) };
}

test.each([null, 0.5])('satisfaction regresses on gain and effort as stated (saturation %p)', (saturation) => {
  const options: RatingOptions = { ...rating, saturation, gainWeight: 2, effortWeight: 0.7, noise: 0.5, levels: null };
  const { sessions, truth } = simulate({ rating: options });
  const gains = truth.map(({ gain }) => (saturation === null ? gain : 1 - Math.exp(-gain / saturation)));
  const fit = regress(
    sessions.map(({ satisfaction }) => satisfaction as number),
    gains,
    truth.map(({ seconds }) => seconds / 60),
  );
  // standard errors of the slopes are below σ/√(n·variance left); 0.05 is beyond four of them here
  expect(Math.abs(fit.a - 2)).toBeLessThan(0.15);
  expect(Math.abs(fit.b + 0.7)).toBeLessThan(0.05);
  expect(Math.abs(fit.residual / 0.5 - 1)).toBeLessThan(4 / Math.sqrt(2 * n));
});

test('ratings: rounded and cut at the ends; the expectation is given by its formula', () => {
  expect([-9, 1.4, 1.6, 3.2, 99].map((felt) => rate(felt, 0, { ...rating, levels: 5 }))).toEqual([1, 1, 2, 3, 5]);
  expect(rate(3.25, 2, { ...rating, noise: 0.5, levels: null })).toBe(4.25);
  expect(expectedSatisfaction(0.5, 120, { ...rating, intercept: 2, gainWeight: 3, saturation: 0.5, effortWeight: 0.25 })).toBeCloseTo(
    2 + 3 * (1 - Math.exp(-1)) - 0.5,
    12,
  );
});

test('a rating changes nothing else: the same users click the same', () => {
  const bare = (sessions: readonly SearchSession[]) =>
    sessions.map(({ queries }) => queries.map(({ results }) => results.map((r) => `${r.id}${r.clicked}`)));
  expect(bare(simulate({ rating }).sessions)).toEqual(bare(simulate({}).sessions));
});

test('needs: grades as often as their weights say, always one relevant document', () => {
  const options = decodeOptions('needs', informationNeedOptions, { count: 4000, documents: 20 });
  const set = informationNeeds(options, createRng('needs'));
  expect(set.queryIds).toHaveLength(4000);
  const counts = new Float64Array(5);
  for (const label of set.labels) counts[label]++;
  // a need without any relevant one is one in a million here
  expect(Math.abs(chiSquareZ(counts, [0.5, 0.2, 0.15, 0.1, 0.05]))).toBeLessThan(4);
  for (let need = 0; need < 4000; need++) expect(set.labels.subarray(need * 20, need * 20 + 20).some((label) => label > 0)).toBe(true);
  const rare = informationNeeds({ ...options, grades: [1, 1e-9], count: 50 }, createRng('rare'));
  expect(rare.labels.reduce((sum, label) => sum + label, 0)).toBe(50);
  expect(() => decodeOptions('needs', informationNeedOptions, { grades: [1, 0] })).toThrow(UsageError);
});

test('sessions of needs: all of them, need i as rank^−popularity', () => {
  const counts = sessionsOfNeeds(50_000, 20, 0.8, createRng('popular'));
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(50_000);
  const weights = Array.from({ length: 20 }, (_, i) => (i + 1) ** -0.8);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  expect(
    Math.abs(
      chiSquareZ(
        counts,
        weights.map((weight) => weight / total),
      ),
    ),
  ).toBeLessThan(4);
  expect(() => sessionsOfNeeds(0, 20, 0.8, createRng('x'))).toThrow(UsageError);
  const uneven = simulateSessionsWithTruth(
    {
      querySet: { ...querySet, queryIds: ['x', 'y'], docIds: ['a', 'b'], offsets: Uint32Array.of(0, 1, 2), labels: Float32Array.of(1, 1) },
      scores: new Float32Array(2),
      attraction: new Float64Array(2),
      clickModel: positionBased.create({ examination, eta: 1 }, 4),
      sessionsPerNeed: [2, 0],
      positions: 1,
    },
    createRng('x'),
  );
  expect(uneven.sessions.map(({ id, topic }) => [id, topic])).toEqual([
    ['x/1', 'x'],
    ['x/2', 'x'],
  ]);
});

test('with the defaults every level of satisfaction occurs, in two to three and a half queries a session', () => {
  const options = decodeOptions('needs', informationNeedOptions, { count: 200 });
  const set = informationNeeds(options, createRng('defaults'));
  const noise = createRng('noise');
  const { sessions, truth } = simulateSessionsWithTruth(
    {
      querySet: set,
      scores: Float32Array.from(set.labels, (label) => label + 1.5 * gaussian(noise)),
      attraction: Float64Array.from(set.labels, (label) => 0.1 + (0.9 * (2 ** label - 1)) / 15),
      clickModel: positionBased.create({ examination: Array.from({ length: 10 }, (_, k) => 1 / (k + 1)), eta: 1 }, 10),
      sessionsPerNeed: 5,
      positions: 10,
      options: { rating: {} as RatingOptions },
    },
    createRng('defaults'),
  );
  for (const level of [1, 2, 3, 4, 5]) expect(share(sessions, ({ satisfaction }) => satisfaction === level)).toBeGreaterThan(0.03);
  const queries = sessions.reduce((sum, session) => sum + session.queries.length, 0) / sessions.length;
  expect(queries).toBeGreaterThan(2);
  expect(queries).toBeLessThan(3.5);
  expect(truth.some(({ skippedThenClicked }) => skippedThenClicked > 0)).toBe(true);
});
