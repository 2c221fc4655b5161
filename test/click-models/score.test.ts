import {
  clickMarginals,
  clickProbabilities,
  type FitOptions,
  fitClickModel,
  fitOptions,
  scoreClickModel,
} from '../../click-models/index.ts';
import { ClickLogBuilder } from '../../src/data/click-log-builder.ts';
import { decodeOptions } from '../../src/decode-options.ts';
import { createRng } from '../../src/random/rng.ts';
import { bootstrapInterval } from '../../src/stats/bootstrap.ts';
import { modelOf, simulatedLog } from './simulated-log.ts';

const attraction = Float64Array.of(0.3, 0.6, 0.2, 0.5);
const satisfaction = Float64Array.of(0.5, 0.4, 0.9, 0.2);
const model = modelOf('dynamic-bayesian', 4, { continuation: 0.8 });

/** Two lists of unlike length, some rows more than once. */
const sessions: readonly (readonly [docs: readonly number[], clicks: readonly number[], count: number])[] = [
  [[0, 1, 2], [0, 1, 0], 3],
  [[0, 1, 2], [1, 0, 1], 1],
  [[3, 0], [0, 0], 2],
  [[3, 0], [1, 1], 4],
  [[2, 3, 1, 0], [0, 0, 1, 1], 2],
];
const builder = new ClickLogBuilder();
for (const [docs, clicks, count] of sessions) builder.addRow(builder.addList(0, docs), clicks, count);
const fit = { log: builder.build(), documents: 4 };
const score = scoreClickModel(model, { attraction, satisfaction }, fit);

/** Of every session: P of what was clicked at each rank, given the clicks above and not. */
const chances = sessions.flatMap(([docs, clicks, count]) => {
  const list = { attraction: Float64Array.from(docs, (d) => attraction[d]), satisfaction: Float64Array.from(docs, (d) => satisfaction[d]) };
  const of = (ps: Float64Array) => Array.from(ps, (p, k) => (clicks[k] === 1 ? p : 1 - p));
  const one = { given: of(clickProbabilities(model, list, Uint8Array.from(clicks))), own: of(clickMarginals(model, list)) };
  return Array.from({ length: count }, () => one);
});
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const log2s = (kind: 'given' | 'own', k: number, from = chances) =>
  from.filter((s) => s[kind].length > k).map((s) => Math.log2(s[kind][k]));

test('log-likelihood: mean over the ranks of a session, then over sessions, natural', () => {
  expect(score.sessions).toBe(12);
  expect(score.logLikelihood.value).toBeCloseTo(mean(chances.map(({ given }) => mean(given.map(Math.log)))), 12);
});

test.each([
  ['perplexity', 'own'],
  ['conditionalPerplexity', 'given'],
] as const)('%s: 2 to the mean surprise at each rank over the sessions that reach it; the mean of those; and pooled', (name, kind) => {
  const byRank = [0, 1, 2, 3].map((k) => 2 ** -mean(log2s(kind, k)));
  score[name].byRank.forEach(({ value, n }, k) => {
    expect(value).toBeCloseTo(byRank[k], 12);
    expect(n).toBe(log2s(kind, k).length);
  });
  expect(score[name].meanOfRanks.value).toBeCloseTo(mean(byRank), 12);
  expect(score[name].pooled.value).toBeCloseTo(2 ** -mean([0, 1, 2, 3].flatMap((k) => log2s(kind, k))), 12);
});

test('click-through by rank, and its error', () => {
  const clicks = (k: number) =>
    mean(sessions.flatMap(([docs, own, count]) => (docs.length > k ? Array.from({ length: count }, () => own[k]) : [])));
  score.ctrByRank.forEach(({ observed }, k) => {
    expect(observed).toBeCloseTo(clicks(k), 12);
  });
  expect(score.ctrError).toBeCloseTo(Math.sqrt(mean(score.ctrByRank.map(({ observed, expected }) => (observed - expected) ** 2))), 12);
});

test('standard errors are those of the bootstrap over sessions, within a tenth', () => {
  const { fit: log, truth } = simulatedLog(modelOf('dynamic-bayesian', 4), { sessions: 3000, positions: 4 });
  const large = scoreClickModel(model, { ...truth }, log);
  const all: (typeof chances)[number][] = [];
  for (let row = 0; row < log.log.list.length; row++) {
    const l = log.log.list[row];
    const docs = log.log.docs.subarray(log.log.offsets[l], log.log.offsets[l + 1]);
    const clicks = log.log.clicks.subarray(log.log.clickOffsets[row], log.log.clickOffsets[row + 1]);
    const list = {
      attraction: Float64Array.from(docs, (d) => truth.attraction[d]),
      satisfaction: Float64Array.from(docs, (d) => truth.satisfaction[d]),
    };
    const of = (ps: Float64Array) => Array.from(ps, (p, k) => (clicks[k] === 1 ? p : 1 - p));
    const one = { given: of(clickProbabilities(model, list, clicks)), own: of(clickMarginals(model, list)) };
    for (let i = 0; i < log.log.count[row]; i++) all.push(one);
  }
  const resampled = (statistic: (drawn: typeof all) => number) =>
    bootstrapInterval(
      all.length,
      (counts) => statistic(all.flatMap((one, i) => Array.from({ length: counts[i] }, () => one))),
      createRng('b'),
      { resamples: 200 },
    );
  const ofRanks = resampled((drawn) => mean([0, 1, 2, 3].map((k) => 2 ** -mean(log2s('given', k, drawn)))));
  const likelihood = resampled((drawn) => mean(drawn.map(({ given }) => mean(given.map(Math.log)))));
  expect(Math.abs(large.conditionalPerplexity.meanOfRanks.standardError / ofRanks.standardError - 1)).toBeLessThan(0.15);
  expect(Math.abs(large.logLikelihood.standardError / likelihood.standardError - 1)).toBeLessThan(0.15);
});

test('a coin has perplexity 2 at every rank', () => {
  const coin = scoreClickModel(modelOf('random-click', 4), {}, fit);
  expect(coin.perplexity.meanOfRanks).toMatchObject({ value: 2, standardError: 0 });
  expect(coin.conditionalPerplexity.pooled.value).toBe(2);
});

test('a click that the model rules out: the likelihood is −∞, perplexity ∞, and the sessions are counted', () => {
  const cascade = scoreClickModel(modelOf('cascade', 4), { attraction }, fit);
  expect([cascade.impossible, cascade.firstImpossible]).toEqual([7, 1]);
  expect(cascade.logLikelihood.value).toBe(-Infinity);
  expect(cascade.conditionalPerplexity.meanOfRanks.value).toBe(Infinity);
});

test('no fit foretells new sessions as well as the values that they were drawn with', () => {
  const sizes = { positions: 6, queries: 20 };
  const users = modelOf('user-browsing', 6);
  const [train, held] = [20_000, 20_001].map((n) => simulatedLog(users, { ...sizes, sessions: n }));
  const { model: found, documents } = fitClickModel(users, train.fit, decodeOptions('fit', fitOptions, {}) as FitOptions);
  const [fitted, truth] = [scoreClickModel(found, documents, held.fit), scoreClickModel(users, held.truth, held.fit)];
  expect(truth.conditionalPerplexity.meanOfRanks.value).toBeLessThan(fitted.conditionalPerplexity.meanOfRanks.value);
  expect(truth.logLikelihood.value).toBeGreaterThan(fitted.logLikelihood.value);
});
