import { cascade } from '../../click-models/cascade.ts';
import type { ClickModel } from '../../click-models/click-model.ts';
import { contextualPositionBased } from '../../click-models/contextual-position-based.ts';
import { clickMarginals } from '../../click-models/index.ts';
import { positionBased } from '../../click-models/position-based.ts';
import { attractionFromLabels } from '../../simulators/attraction.ts';
import { type SearchSimulation, simulateSearchSessions } from '../../simulators/search-sessions.ts';
import type { QuerySet } from '../../src/data/query-set.ts';
import { UsageError } from '../../src/errors.ts';
import { createRng } from '../../src/random/rng.ts';
import { num } from '../../src/session-metrics/num.ts';
import { meanEstimate } from '../../src/stats/estimate.ts';

/** One need per array of labels; documents are named a, b, c … */
function needs(...labels: number[][]): QuerySet {
  const offsets = Uint32Array.from([0, ...labels.map((_, q) => labels.slice(0, q + 1).flat().length)]);
  const docIds = labels.flatMap((own) => own.map((_, d) => String.fromCharCode(97 + d)));
  return {
    queryIds: labels.map((_, q) => `need ${q}`),
    docIds,
    offsets,
    features: new Float32Array(docIds.length),
    featureCount: 1,
    labels: Float32Array.from(labels.flat()),
  };
}

const examining = (...examination: number[]): ClickModel => positionBased.create({ examination, eta: 1 }, examination.length);
const stopsAtFirst = cascade.create({}, 10);
/** Clicks on whatever attracts, at every position. */
const looksAtAll: ClickModel = examining(1, 1, 1, 1, 1, 1, 1, 1, 1, 1);
const querySet = needs([0, 1, 2, 0, 4, 0]);
const base: SearchSimulation = {
  querySet,
  scores: Float32Array.of(6, 5, 4, 3, 2, 1),
  attraction: new Float64Array(6),
  clickModel: looksAtAll,
  sessionsPerNeed: 4000,
  positions: 10,
};
/** Queries drawn independently, no document overlooked at first, clicked again as at first. */
const plain = { persistence: 0, overlook: 0, reclick: 1 };
const simulate = (changes: Partial<SearchSimulation>, seed = 'sessions') =>
  simulateSearchSessions({ ...base, ...changes, options: { ...plain, ...changes.options } }, createRng(seed));
/** Four standard errors of a proportion. */
const bound = (p: number, n: number) => 4 * Math.sqrt((p * (1 - p)) / n);

test('without clicks the number of queries is geometric in the patience, cut at maxQueries', () => {
  const lengths = simulate({ options: { patience: 0.7, maxQueries: 4 } }).map(({ queries }) => queries.length);
  [0.3, 0.7 * 0.3, 0.7 ** 2 * 0.3, 0.7 ** 3].forEach((p, i) => {
    const share = lengths.filter((length) => length === i + 1).length / lengths.length;
    expect(Math.abs(share - p)).toBeLessThan(bound(p, lengths.length));
  });
});

test('a user has one context, each as often as another, and keeps it from query to query', () => {
  const curve = (theta: number) => ({ examination: new Array<number>(10).fill(theta), eta: 1 });
  const clickModel = contextualPositionBased.create({ contexts: [curve(1), curve(0), curve(1), curve(1)] }, 10);
  const attraction = new Float64Array(6).fill(1);
  const sessions = simulate({ clickModel, attraction, options: { patience: 1, maxQueries: 3, satisfaction: 0 } });
  const clicked = sessions.map(({ queries }) =>
    queries.map(({ results }) => results.filter(({ clicked: is }) => is).length / results.length),
  );
  for (const shares of clicked) expect(new Set(shares).size).toBe(1); // all or none
  const blind = clicked.filter(([share]) => share === 0).length / sessions.length;
  expect(Math.abs(blind - 1 / 4)).toBeLessThan(bound(1 / 4, sessions.length));
});

test('every document is retrieved with its probability, independently from query to query', () => {
  const sessions = simulate({ options: { retrieval: 0.6, patience: 1, maxQueries: 2 } });
  // a formulation that would retrieve nothing retrieves one document: 0.6 + 0.4⁶/6 each
  const p = 0.6 + 0.4 ** 6 / 6;
  for (const doc of querySet.docIds) {
    const shown = sessions.map(({ queries }) => queries.map(({ results }) => results.some(({ id }) => id === doc)));
    const [first, second, both] = [0, 1, 2].map((j) => shown.filter((s) => (j < 2 ? s[j] : s[0] && s[1])).length / sessions.length);
    expect(Math.abs(first - p)).toBeLessThan(bound(p, sessions.length));
    expect(Math.abs(second - p)).toBeLessThan(bound(p, sessions.length));
    expect(Math.abs(both - p * p)).toBeLessThan(bound(p * p, sessions.length));
  }
});

test('at least one document is retrieved, any as likely', () => {
  const sessions = simulate({ options: { retrieval: 0, maxQueries: 1 } });
  const shown = sessions.map(({ queries }) => queries[0].results);
  expect(shown.every((results) => results.length === 1)).toBe(true);
  for (const doc of querySet.docIds)
    expect(Math.abs(shown.filter(([{ id }]) => id === doc).length / shown.length - 1 / 6)).toBeLessThan(bound(1 / 6, shown.length));
});

test('ties are shown in an order drawn for every session, each as likely', () => {
  const sessions = simulate({ scores: Float32Array.of(1, 0, 1, 0, 0, 0), positions: 2, options: { retrieval: 1 } });
  const first = sessions.map(({ queries }) => queries[0].results.map(({ id }) => id).join(''));
  expect(new Set(first)).toEqual(new Set(['ac', 'ca']));
  expect(Math.abs(first.filter((ids) => ids === 'ac').length / first.length - 1 / 2)).toBeLessThan(bound(1 / 2, first.length));
});

test('results are the best retrieved by score, cut at positions, with the label as grade', () => {
  const scores = Float32Array.of(1.5, 1.4, 3, 1, 2, 1);
  const [{ id, queries }] = simulate({ scores, positions: 4, sessionsPerNeed: 1, options: { retrieval: 1 } });
  expect(id).toBe('need 0/1');
  expect(queries[0].results.map((r) => [r.id, r.grade])).toEqual([
    ['c', 2],
    ['e', 4],
    ['a', 0],
    ['b', 1],
  ]);
});

test('an unjudged document has no grade, a need without documents no session', () => {
  const sessions = simulate({ querySet: needs([-1], []), scores: Float32Array.of(0), attraction: Float64Array.of(0), sessionsPerNeed: 1 });
  expect(sessions).toHaveLength(1);
  expect(sessions[0].queries[0].results).toEqual([{ id: 'a', clicked: false }]);
});

test('clicks follow the click model', () => {
  const attraction = Float64Array.of(0.5, 0.3, 0.2, 0, 0.6, 0.9);
  const sessions = simulate({ attraction, clickModel: stopsAtFirst, options: { retrieval: 1, maxQueries: 1 } });
  clickMarginals(stopsAtFirst, attraction).forEach((p, k) => {
    const share = sessions.filter(({ queries }) => queries[0].results[k].clicked).length / sessions.length;
    expect(Math.abs(share - p)).toBeLessThan(bound(p, sessions.length) + 1e-12);
  });
});

test('satisfied with 1 − Π (1 − σ·attraction) over the documents clicked for the first time', () => {
  const attraction = Float64Array.of(1, 0, 1, 0, 0, 0); // a and c are always clicked
  const sessions = simulate({ attraction, options: { retrieval: 1, patience: 1, satisfaction: 0.4, maxQueries: 3 } });
  const p = 1 - 0.6 ** 2;
  const first = sessions.filter(({ queries }) => queries.length === 1);
  expect(Math.abs(first.length / sessions.length - p)).toBeLessThan(bound(p, sessions.length));
  expect(first.every(({ satisfaction }) => satisfaction === 1)).toBe(true);
  // what was clicked before cannot satisfy later: the others go on until maxQueries, in vain
  const rest = sessions.filter(({ queries }) => queries.length > 1);
  expect(rest.every(({ queries, satisfaction }) => queries.length === 3 && satisfaction === 0)).toBe(true);
});

test('the defaults give about three queries a search session on graded needs', () => {
  const labels = [
    [0, 1, 2, 0, 4, 0, 1, 0, 0, 2, 0, 3],
    [0, 0, 1, 0, 0, 2, 0, 1, 0, 0],
  ];
  const querySet = needs(...labels);
  const attraction = attractionFromLabels(querySet.labels, { noise: 0.1, highestGrade: 4 });
  const clickModel = examining(...Array.from({ length: 10 }, (_, k) => 1 / (k + 1)));
  const simulation = { querySet, scores: new Float32Array(22), attraction, clickModel, sessionsPerNeed: 2000, positions: 10 };
  const sessions = simulateSearchSessions(simulation, createRng('defaults'));
  const { value } = meanEstimate(sessions.map(({ queries }) => queries.length));
  expect(value).toBeGreaterThan(2.3);
  expect(value).toBeLessThan(3.7);
});

describe('common random numbers', () => {
  const attraction = attractionFromLabels(querySet.labels, { noise: 0.1, highestGrade: 4 });
  const better = Float32Array.from(querySet.labels);
  const retrieved = (scores: Float32Array) =>
    simulate({ scores, attraction, sessionsPerNeed: 200, options: { patience: 1, satisfaction: 0, maxQueries: 3 } }).map(({ queries }) =>
      queries.map(({ results }) => results.map(({ id, clicked }) => `${id}${clicked}`).sort()),
    );

  test('what is retrieved, and where position does not matter what is clicked, is the same for every ranker', () => {
    expect(retrieved(better)).toEqual(retrieved(base.scores as Float32Array));
  });

  test('rankers compared session by session differ with less noise than in independent sessions', () => {
    const clickModel = examining(1, 0.5, 0.3, 0.25, 0.2, 0.15);
    const scores = (ranker: Float32Array, seed: string) =>
      num(simulate({ scores: ranker, attraction, clickModel }, seed), { highestGrade: 4, undefinedScore: 'zero', trailtextLength: 20_000 })
        .num;
    const ours = scores(better, 'x');
    const difference = (theirs: Float64Array) => meanEstimate(ours.map((value, i) => value - theirs[i]));
    const [paired, independent] = [
      difference(scores(base.scores as Float32Array, 'x')),
      difference(scores(base.scores as Float32Array, 'y')),
    ];
    expect(paired.lower).toBeGreaterThan(0); // the better ranker is better
    expect(paired.standardError).toBeLessThan(0.9 * independent.standardError);
  });

  test('the sessions of a need depend on its id, not on the other needs; another seed gives others', () => {
    const pair = { ...needs([1], [0, 1, 2, 0, 4, 0]), queryIds: ['another', 'need 0'] };
    const both = simulate({ querySet: pair, scores: new Float32Array(7), attraction: new Float64Array(7), sessionsPerNeed: 20 }).slice(20);
    const alone = simulate({ scores: new Float32Array(6), sessionsPerNeed: 20 });
    expect(both).toEqual(alone);
    expect(simulate({ scores: new Float32Array(6), sessionsPerNeed: 20 }, 'other')).not.toEqual(alone);
  });
});

test.each<[string, Partial<SearchSimulation>]>([
  ['scores', { scores: new Float32Array(5) }],
  ['attractions', { attraction: new Float64Array(5) }],
  ['attraction[0] must be in [0, 1]', { attraction: new Float64Array(6).fill(1.5) }],
  ['NaN', { scores: new Float32Array(6).fill(Number.NaN) }],
  ['sessionsPerNeed', { sessionsPerNeed: 0 }],
  ['positions', { positions: 1.5 }],
  ['covers 2 positions', { clickModel: examining(1, 0.5) }],
  ['patience', { options: { patience: 2 } }],
])('refuses bad input: %s', (message, changes) => {
  expect(() => simulate(changes)).toThrow(UsageError);
  expect(() => simulate(changes)).toThrow(message);
});
