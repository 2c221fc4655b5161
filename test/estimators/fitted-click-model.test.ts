import { clickModels, type FitOptions, fitOptions } from '../../click-models/index.ts';
import { shownLists } from '../../click-models/shown-lists.ts';
import { clickModel as clickModelBias } from '../../estimators/bias/click-model.ts';
import { type ClickModelChoice, fittedToLog } from '../../estimators/fitted-click-model.ts';
import { examinedByClick, shownSums } from '../../estimators/fitted-examination.ts';
import { clickSums } from '../../src/data/click-log.ts';
import type { QuerySet } from '../../src/data/query-set.ts';
import { decodeOptions } from '../../src/decode-options.ts';
import { createRng } from '../../src/random/rng.ts';
import { modelOf, simulatedLog } from '../click-models/simulated-log.ts';

const fitBy = (options: object) => decodeOptions('fit', fitOptions, options) as FitOptions;
const usual = fitBy({});

const choice = (name: keyof typeof clickModels, options: object = {}) =>
  ({ name, ...(decodeOptions(name, clickModels[name].options, options) as object) }) as ClickModelChoice;

const logged = (name: keyof typeof clickModels, options: object = {}, sessions = 1e7) => {
  const { fit, truth } = simulatedLog(modelOf(name, 6, options), { sessions, positions: 6, queries: 4, lists: 60 });
  return { log: fit.log, querySet: { labels: new Float32Array(fit.documents) } as QuerySet, truth };
};

test.each([
  ['dependent-click', { continuation: 0.5 }],
  ['dynamic-bayesian', { continuation: 0.8 }],
  ['click-chain', {}],
  ['simplified-dynamic-bayesian', {}],
] as const)(
  '%s: clicks over examination given the clicks above are unbiased for attraction, and clicks as they are are not',
  (name, options) => {
    const { log, querySet, truth } = logged(name, options);
    const fitted = fittedToLog(choice(name, options), { log, querySet }, usual, createRng('fit'));
    const examination = fitted.examinationByClick({ log, querySet });
    const { attraction } = fitted.documentsIn({ log, querySet });
    const { clicks, sessions } = clickSums(log);
    const corrected = shownSums(log, (i) => (log.clicks[i] === 1 ? 1 / examination[i] : 0));
    let [bias, naive, n] = [0, 0, 0];
    for (let l = 0; l < sessions.length; l++)
      for (let i = log.offsets[l]; i < log.offsets[l + 1]; i++) {
        const gamma = truth.attraction[log.docs[i]];
        bias += corrected[i] / sessions[l] - gamma;
        naive += clicks[i] / sessions[l] - gamma;
        n++;
        expect(Math.abs(attraction[log.docs[i]] - gamma)).toBeLessThan(0.02);
      }
    expect(Math.abs(bias / n)).toBeLessThan(0.005);
    expect(naive / n).toBeLessThan(-0.02);
  },
);

test.each([
  ['cascade', {}],
  ['dynamic-bayesian', { continuation: 0.8 }],
] as const)(
  '%s: clicks over the mean examination in their list are unbiased; given the clicks above a cascade is not corrected at all',
  (name, options) => {
    const { log, querySet, truth } = logged(name, options);
    const weighted = (given: 'clicks-above' | 'list') => {
      const estimate = clickModelBias.create({ model: choice(name, options) as never, fit: usual, given, bootstrap: 0 });
      const bias = estimate({ train: { log, querySet, knownBias: null }, rng: createRng('fit') } as never).of?.({
        log,
        querySet,
        knownBias: null,
      });
      const { clicks, sessions } = clickSums(log);
      if (bias?.kind === 'by-click')
        return shownSums(log, (i) => (log.clicks[i] === 1 ? 1 / bias.examination[i] : 0)).map((sum, i) => sum / sessions[listOf(i)]);
      if (bias?.kind !== 'contextual') throw new Error(`of a kind that is not expected: ${bias?.kind}`);
      return clicks.map((sum, i) => sum / sessions[listOf(i)] / bias.examination[i]);
    };
    const listOf = (i: number) => log.offsets.findIndex((end) => end > i) - 1;
    const error = (found: Float64Array) => found.reduce((sum, value, i) => sum + value - truth.attraction[log.docs[i]], 0) / found.length;
    expect(Math.abs(error(weighted('list')))).toBeLessThan(0.005);
    const above = error(weighted('clicks-above'));
    if (name === 'cascade') expect(above).toBeLessThan(-0.2);
    else expect(Math.abs(above)).toBeLessThan(0.005);
  },
);

test('position-based: examination is the propensity relative to the largest', () => {
  const theta = [0.9, 0.7, 0.5, 0.4, 0.3, 0.2];
  const { log, querySet } = logged('position-based', { examination: theta });
  const examination = fittedToLog(choice('position-based'), { log, querySet }, usual, createRng('fit')).examinationByList(log);
  for (let k = 0; k < 6; k++) expect(Math.abs(examination[k] / (theta[k] / 0.9) - 1)).toBeLessThan(0.01);
});

test('a model in which clicks need no attraction is refused', () => {
  const { log, querySet } = logged('position-based', {}, 1000);
  for (const name of ['trust-bias', 'global-ctr', 'document-rank-ctr'] as const)
    expect(() => fittedToLog(choice(name), { log, querySet }, usual, createRng('fit'))).toThrow(
      `clicks of ${name} are no sign of the attraction`,
    );
});

test('how a fit ended: what the model rules out, and whether it converged; by the gradient if it is asked for', () => {
  const { log, querySet } = logged('dynamic-bayesian', { continuation: 0.8 }, 1e5);
  const fitted = (name: keyof typeof clickModels, options: object) =>
    fittedToLog(choice(name), { log, querySet }, fitBy(options), createRng('fit'));
  const severalClicks = log.count.reduce((sum, count, r) => {
    const clicks = log.clicks.subarray(log.clickOffsets[r], log.clickOffsets[r + 1]).reduce((a, b) => a + b, 0);
    return clicks > 1 ? sum + count : sum;
  }, 0);
  const { model, ruledOut } = fitted('cascade', {}).ending;
  expect([model, ruledOut]).toEqual(['cascade', expect.closeTo(severalClicks / 1e5, 12)]);
  expect(fitted('dynamic-bayesian', {}).ending).toEqual({ model: 'dynamic-bayesian', ruledOut: 0, converged: true });
  expect(fitted('dynamic-bayesian', { iterations: 3 }).ending.converged).toBe(false);
  const [em, gradient] = [{}, { method: 'gradient', iterations: 2000, prior: 'none' }].map((options) =>
    fitted('dynamic-bayesian', options).examinationByClick({ log, querySet }),
  );
  const furthest = em.reduce((most, theta, i) => Math.max(most, Math.abs(theta - gradient[i])), 0);
  expect(furthest).toBeGreaterThan(0);
  expect(furthest).toBeLessThan(0.05);
  expect(() => fitted('dynamic-bayesian', { hidden: [3] })).toThrow('fit of dynamic-bayesian: hidden layers are those of a network');
});

test.each([
  ['dynamic-bayesian', { continuation: 0.8 }],
  ['user-browsing', {}],
  ['position-based', { examination: [0.9, 0.7, 0.5, 0.4, 0.3, 0.2] }],
] as const)('%s: of another log examination is by the bias of the log it was fitted to, relative to the same', (name, options) => {
  const users = modelOf(name, 6, options);
  const own = logged(name, options);
  const others = simulatedLog(modelOf(name, 6, options), { sessions: 3e5, positions: 6, queries: 2, lists: 8 }, 'others');
  const other = { log: others.fit.log, querySet: { labels: new Float32Array(others.fit.documents) } as QuerySet };
  const fitted = fittedToLog(choice(name, options), own, usual, createRng('fit'));
  const examination = fitted.examinationByClick(other);
  const truth = examinedByClick(users, shownLists(users, others.truth, others.fit), other.log);
  const level = (users.definition.upToFactor ?? []).length > 0 ? truth.reduce((most, theta) => Math.max(most, theta), 0) : 1;
  const { clickOffsets, count } = other.log;
  let [error, clicks] = [0, 0];
  for (let row = 0; row < count.length; row++)
    for (let i = clickOffsets[row]; i < clickOffsets[row + 1]; i++) {
      error += count[row] * Math.abs(examination[i] - truth[i] / level);
      clicks += count[row];
    }
  expect(error / clicks).toBeLessThan(0.01);
});

test('a log of longer lists than a model was fitted to is refused', () => {
  const { log, querySet } = logged('position-based', {}, 1e4);
  const longer = simulatedLog(modelOf('position-based', 8), { sessions: 100, positions: 8 }).fit.log;
  const fitted = fittedToLog(choice('position-based'), { log, querySet }, usual, createRng('fit'));
  expect(() => fitted.examinationByList(longer)).toThrow('position-based was fitted to lists of 6 positions, but a list shows 8');
});
