import { learnPrior, logDensity } from '../../click-models/fit/beta-prior.ts';
import { gainedLately } from '../../click-models/fit/expectation-maximisation.ts';
import {
  type ClickModel,
  clickModel,
  type clickModels,
  type FitOptions,
  type FittedClickModel,
  fitClickModel,
  fitClickModelBy,
  fitOptions,
  logLikelihood,
  tableIntervals,
} from '../../click-models/index.ts';
import { sessionsOf } from '../../src/data/click-log.ts';
import { ClickLogBuilder } from '../../src/data/click-log-builder.ts';
import { decodeOptions } from '../../src/decode-options.ts';
import { createRng } from '../../src/random/rng.ts';
import { exampleModels } from './example-models.ts';
import { modelOf, simulatedLog } from './simulated-log.ts';

const options = (given: Partial<FitOptions> = {}) => decodeOptions('fit', fitOptions, given) as FitOptions;

/** The same model with one half wherever a fit may begin elsewhere. */
function blank({ definition, parameters, positions, contexts }: ClickModel): ClickModel {
  const halves = Object.entries(parameters).map(([name, values]) => [
    name,
    definition.tables[name].fixed ? values : values.map((_, i) => 0.5 + 0.01 * (i % 3)),
  ]);
  return clickModel(definition, Object.fromEntries(halves), positions, contexts);
}

/** What passes are worth that can be compared. */
const standing = ({ convergence }: Pick<FittedClickModel, 'convergence'>) =>
  convergence.filter(({ prior }) => prior === 'stands').map(({ objective }) => objective);

const fitted = exampleModels.filter(({ model: { name } }) => name !== 'random-click');

describe.each(fitted)('$title', ({ model }) => {
  const { fit } = simulatedLog(model, { sessions: 20_000, positions: 6 });

  test('no iteration lowers the likelihood times the prior, once the prior stands, accelerated or not', () => {
    for (const accelerate of [true, false]) {
      const priors = accelerate ? {} : { attraction: { mean: 0.4, strength: 3 }, satisfaction: { mean: 0.6, strength: 5 } }; // learnt slowly
      const { convergence } = fitClickModel(blank(model), fit, options({ accelerate, iterations: accelerate ? 300 : 60 }), { priors });
      const stands = standing({ convergence });
      expect(stands.length).toBeGreaterThan(1);
      for (let i = 1; i < stands.length; i++) expect(stands[i]).toBeGreaterThanOrEqual(stands[i - 1] - 1e-12 * Math.abs(stands[i - 1]));
    }
  });

  test('the fit foretells its own log no worse than the values it was drawn with', () => {
    // a mixture has more tops than one: it starts where it was drawn from
    const { fit: log, truth } = simulatedLog(model, { sessions: 1e6, positions: 6 });
    const best = fitClickModel(model.name === 'mixture' ? model : blank(model), log, options({ prior: 'none', iterations: 300 }));
    const drawn = fitClickModel(model, log, options({ prior: 'none', iterations: 1 }), { documents: documentsOf(model, truth) });
    const last = best.convergence[best.convergence.length - 1].logLikelihood;
    expect(last).toBeGreaterThan(drawn.convergence[0].logLikelihood - 1e-6);
  });
});

const documentsOf = ({ documents, definition }: ClickModel, truth: Readonly<Record<string, Float64Array>>) =>
  definition.tables.attraction?.by === 'documentRank' ? {} : Object.fromEntries(documents.map((name) => [name, truth[name]]));

/** Models whose tables a log tells, all or up to a factor, at values well inside (0, 1). */
const identifiable: readonly (readonly [name: keyof typeof clickModels, options: object])[] = [
  ['position-based', { examination: [0.9, 0.7, 0.6, 0.5, 0.4, 0.3] }],
  [
    'contextual-position-based',
    { contexts: [{ examination: [0.9, 0.7, 0.6, 0.5, 0.4, 0.3] }, { examination: [0.8, 0.5, 0.4, 0.3, 0.25, 0.2] }] },
  ],
  ['user-browsing', { by: 'distance', examination: [0.9, 0.7, 0.6, 0.5, 0.4, 0.3] }],
  ['cascade', {}],
  ['dependent-click', { continuation: [0.9, 0.7, 0.6, 0.5, 0.6, 0.5] }],
  ['click-chain', { afterSkip: 0.9, afterClick: 0.7, afterSatisfaction: 0.3 }],
  ['dynamic-bayesian', { continuation: 0.8 }],
  ['simplified-dynamic-bayesian', {}],
  ['grid', { columns: 3, pattern: 'separable', rows: [0.9, 0.6], columnsExamined: [0.9, 0.7, 0.5] }],
  ['carousel-cascade', { columns: 3, nextItem: 0.7, open: 0.6, nextCarousel: 0.8 }],
  ['global-ctr', { rate: 0.2 }],
  ['rank-ctr', {}],
  ['document-ctr', {}],
];

test.each(identifiable.map(([name, given]) => ({ name, given })))(
  '$name: from a million sessions its tables come back within 2 %, those known up to a factor after division by the first',
  ({ name, given }) => {
    const model = modelOf(name, 6, given);
    const { fit, truth } = simulatedLog(model, { sessions: 1e6, positions: 6, queries: 4, lists: 120 });
    expect(sessionsOf(fit.log)).toBe(1e6);
    const { model: found, documents, converged } = fitClickModel(blank(model), fit, options({}));
    expect(converged).toBe(true);
    const { tables, upToFactor = [] } = model.definition;
    const within = (values: Float64Array, expected: Float64Array, bound: number, last = values.length) => {
      for (let i = 0; i < last; i++) expect(Math.abs(values[i] / expected[i] - 1)).toBeLessThan(bound);
    };
    for (const [table, expected] of Object.entries(model.parameters)) {
      if (tables[table].fixed) continue;
      const scale = upToFactor.flat().includes(table) ? found.parameters[table][0] / expected[0] : 1;
      const told = name === 'dependent-click' ? 5 : expected.length; // no click tells of what follows the last position
      const reached = name === 'carousel-cascade' ? { open: 1, nextItem: 2, nextCarousel: 0 }[table] : told;
      within(
        found.parameters[table].map((value) => value / scale),
        expected,
        0.02,
        reached,
      );
    }
    if (documents.attraction === undefined || upToFactor.length > 0) return;
    const { attraction } = truth;
    const error = documents.attraction.reduce((sum, value, d) => sum + Math.abs(value / attraction[d] - 1), 0) / attraction.length;
    expect(error).toBeLessThan(0.02);
  },
);

/** Rows of one list of documents 0, 1, 2 of one query. */
function smallLog(rows: readonly (readonly [clicks: readonly number[], count: number])[]) {
  const builder = new ClickLogBuilder();
  const list = builder.addList(0, [0, 1, 2]);
  for (const [clicks, count] of rows) builder.addRow(list, clicks, count);
  return { log: builder.build(), documents: 4 };
}

const rows = smallLog([
  [[0, 0, 0], 5],
  [[1, 0, 0], 7],
  [[0, 1, 0], 4],
  [[1, 0, 1], 3],
  [[1, 1, 0], 1],
]);

test('counting: document click-through is clicks over sessions, of a document never shown the rate of all', () => {
  const { documents } = fitClickModel(modelOf('document-ctr', 3), rows, options({ method: 'counting', prior: 'none' }));
  expect([...documents.attraction.slice(0, 3)]).toEqual([11 / 20, 5 / 20, 3 / 20].map((rate) => expect.closeTo(rate, 12)));
  expect(documents.attraction[3]).toBeCloseTo(19 / 60, 12);
});

test('counting of the dependent click model: attraction as far as the last click, continuation by whether a click was the last (Guo et al. 2009)', () => {
  const { model, documents } = fitClickModel(modelOf('dependent-click', 3), rows, options({ method: 'counting', prior: 'none' }));
  // document 2 counts where a click is on it or there is none at all
  expect([...documents.attraction.slice(0, 3)]).toEqual([11 / 20, 5 / 13, 3 / 8].map((rate) => expect.closeTo(rate, 8)));
  const half = (happened: number, all: number) => (happened + 0.5) / (all + 1); // a table that all documents share starts from half a draw of two
  expect([...model.parameters.continuation]).toEqual([half(4, 11), half(0, 5), half(0, 3)].map((rate) => expect.closeTo(rate, 8)));
});

test('counting of the simplified dynamic Bayesian model: satisfaction by whether a click was the last (Chapelle & Zhang 2009)', () => {
  const { documents } = fitClickModel(modelOf('simplified-dynamic-bayesian', 3), rows, options({ method: 'counting', prior: 'none' }));
  expect([...documents.satisfaction.slice(0, 3)]).toEqual([7 / 11, 1, 1].map((rate) => expect.closeTo(rate, 8)));
});

test('counting is refused where clicks hide what users did', () => {
  expect(() => fitClickModel(modelOf('position-based', 3), rows, options({ method: 'counting' }))).toThrow(
    'position-based cannot be fitted by counting, as clicks hide what its users did; use method em',
  );
});

test('where counting is exact, expectation–maximisation comes to the same', () => {
  const { fit } = simulatedLog(modelOf('document-ctr', 4), { sessions: 1000, positions: 4 });
  const [counted, iterated] = (['counting', 'em'] as const).map((method) =>
    fitClickModel(modelOf('document-ctr', 4), fit, options({ method, prior: 3 })),
  );
  counted.documents.attraction.forEach((value, d) => {
    expect(iterated.documents.attraction[d]).toBeCloseTo(value, 3);
  });
});

test('a cascade leaves out sessions with a second click, and says how many, and which is the first', () => {
  const { ruledOut, firstRuledOut, documents } = fitClickModel(modelOf('cascade', 3), rows, options({ prior: 'none' }));
  expect([ruledOut, firstRuledOut]).toEqual([4, 3]);
  expect([...documents.attraction.slice(0, 3)]).toEqual([7 / 16, 4 / 9, 0].map((rate) => expect.closeTo(rate, 6)));
  const among = [...'abababababababababababab'].map((query, i) => [query === 'a' ? 0 : 1, i === 12 || i === 7 ? [1, 1] : [0, 1]] as const);
  const builder = new ClickLogBuilder();
  for (const [query, clicks] of among) builder.addRow(builder.addList(query, [2 * query, 2 * query + 1]), clicks, 1);
  expect(fitClickModel(modelOf('cascade', 2), { log: builder.build(), documents: 4 }, options()).firstRuledOut).toBe(7);
  const twice = smallLog([[[1, 0, 1], 3]]);
  expect(() => fitClickModel(modelOf('cascade', 3), twice, options())).toThrow('cascade rules out the clicks of every session');
});

test('the worked case without clicks: a = (.3, .4, .2, .5), γ = .8: P(attracted | no click), and continuation expected 1.22 of 1.97', () => {
  const builder = new ClickLogBuilder();
  builder.addRow(builder.addList(0, [0, 1, 2, 3]), [0, 0, 0, 0]);
  const model = modelOf('dynamic-bayesian', 4, { continuation: 0.8 });
  const attraction = Float64Array.of(0.3, 0.4, 0.2, 0.5);
  const found = fitClickModel(model, { log: builder.build(), documents: 4 }, options({ prior: 'none', iterations: 1, accelerate: false }), {
    documents: { attraction },
  });
  // one maximisation: continuation is (happened + ½)/(draws + 1)
  expect(found.model.parameters.continuation[0]).toBeCloseTo((1.22 + 0.5) / (1.97 + 1), 2);
});

test('the log density of a prior is its sum over values with draws, however small their product', () => {
  const values = Float64Array.from({ length: 500 }, (_, i) => [1e-9, 0.3, 1 - 1e-9, 0.999][i % 4] * (i % 7 === 0 ? 0.5 : 1));
  const counts = Float64Array.from({ length: 1000 }, (_, i) => (Math.floor(i / 2) % 5 === 0 ? 0 : 1));
  const sum = (drawn: (i: number) => boolean) =>
    values.reduce((all, p, i) => all + (drawn(i) ? 6 * (0.2 * Math.log(p) + 0.8 * Math.log1p(-p)) : 0), 0);
  const prior = { mean: 0.2, strength: 6 };
  expect(logDensity(prior, values, counts) / sum((i) => i % 5 > 0)).toBeCloseTo(1, 10);
  expect(logDensity(prior, values, null) / sum(() => true)).toBeCloseTo(1, 10);
  expect(logDensity({ mean: 0.2, strength: 0 }, values, null)).toBe(0);
});

test('the learnt prior is that of the draws: Beta(2, 6), 20 draws each of 4,000 events, within 10 %', () => {
  const rng = createRng('prior');
  const gamma = (shape: number) => Array.from({ length: shape }, () => -Math.log(1 - rng.double())).reduce((sum, x) => sum + x, 0);
  const counts = new Float64Array(8000);
  for (let i = 0; i < 4000; i++) {
    const [a, b] = [gamma(2), gamma(6)];
    for (let draw = 0; draw < 20; draw++) counts[2 * i + (rng.double() < a / (a + b) ? 0 : 1)]++;
  }
  const { mean, strength } = learnPrior(counts, { mean: 0.5, strength: 1 }, 500);
  expect(Math.abs(mean / 0.25 - 1)).toBeLessThan(0.05);
  expect(Math.abs(strength / 8 - 1)).toBeLessThan(0.1);
});

test('with few sessions a document the learnt prior foretells other sessions better than none', () => {
  const model = modelOf('dynamic-bayesian', 6);
  const sizes = { positions: 6, queries: 40, lists: 5 };
  const [train, test] = [2000, 100_000].map((sessions) => simulatedLog(model, { ...sizes, sessions }).fit);
  const scores = (['learnt', 'none'] as const).map((prior) => {
    const { model: found, documents } = fitClickModel(model, train, options({ prior }));
    return fitClickModel(found, test, options({ prior: 'none', iterations: 1 }), { documents }).convergence[0].logLikelihood;
  });
  expect(scores[0]).toBeGreaterThan(scores[1] + 0.01);
});

test.each<[string, FitOptions['method'], number]>([
  ['document-ctr', 'counting', 2],
  ['user-browsing', 'em', 3],
  ['user-browsing', 'em', 1000],
  ['user-browsing', 'gradient', 23],
])('the log-likelihood of a fit is that of the model that it returns: %s by %s, %i iterations', (name, method, iterations) => {
  const { fit } = simulatedLog(modelOf('user-browsing', 6), { sessions: 2000, positions: 6 });
  const start = modelOf(name as keyof typeof clickModels, 6);
  const given = options({ method, ...(method !== 'counting' && { iterations }), ...(method === 'gradient' && { learningRate: 2 }) });
  const { model, documents, logLikelihood: reached } = fitClickModelBy(start, fit, given, createRng('hash'));
  const { log } = fit;
  let sum = 0;
  for (const [row, l] of log.list.entries()) {
    const shown = Array.from(log.docs.subarray(log.offsets[l], log.offsets[l + 1]));
    const attraction = Float64Array.from(shown, (d) => documents.attraction[d]);
    sum += log.count[row] * logLikelihood(model, { attraction }, log.clicks.slice(log.clickOffsets[row], log.clickOffsets[row + 1]));
  }
  expect(reached).toBeCloseTo(sum / sessionsOf(log), 9);
});

test('a tolerance of 0 ends where nothing changes any more', () => {
  const { fit } = simulatedLog(modelOf('document-ctr', 4), { sessions: 1000, positions: 4 });
  const { converged, convergence } = fitClickModel(modelOf('document-ctr', 4), fit, options({ tolerance: 0, prior: 3 }));
  expect(converged).toBe(true);
  expect(convergence.length).toBeLessThan(50);
});

test('a warm start is there at once', () => {
  const model = modelOf('user-browsing', 6);
  const { fit } = simulatedLog(model, { sessions: 50_000, positions: 6 });
  const cold = fitClickModel(blank(model), fit, options());
  const warm = fitClickModel(cold.model, fit, options(), cold);
  expect(warm.convergence.length).toBeLessThan(cold.convergence.length / 2);
});

test('the interval of a click-through rate has the standard error √(p(1 − p)/n)', () => {
  const model = modelOf('global-ctr', 3, { rate: 0.3 });
  const { fit } = simulatedLog(model, { sessions: 10_000, positions: 3 });
  const found = fitClickModel(model, fit, options());
  const [rate] = tableIntervals(found, fit, options(), 200, createRng('bootstrap')).rate;
  expect(rate.value).toBe(found.model.parameters.rate[0]);
  expect(rate.standardError / Math.sqrt((0.3 * 0.7) / 30_000)).toBeGreaterThan(0.8);
  expect(rate.standardError / Math.sqrt((0.3 * 0.7) / 30_000)).toBeLessThan(1.2);
});

test('intervals of propensities hold the truth, and the first is 1', () => {
  const theta = [0.9, 0.7, 0.5, 0.3];
  const model = modelOf('position-based', 4, { examination: theta });
  const { fit } = simulatedLog(model, { sessions: 20_000, positions: 4, queries: 3 });
  const found = fitClickModel(blank(model), fit, options());
  const { examination } = tableIntervals(found, fit, options(), 50, createRng('bootstrap'));
  expect(examination[0]).toMatchObject({ value: 1, lower: 1, upper: 1 });
  examination.slice(1).forEach(({ value, standardError }, i) => {
    expect(Math.abs(value - theta[i + 1] / 0.9)).toBeLessThan(4.5 * standardError);
    expect(standardError).toBeLessThan(0.05);
  });
});

describe('no interval', () => {
  const bounded = (name: keyof typeof clickModels, fit: Parameters<typeof fitClickModel>[1], given = {}) => {
    const found = fitClickModel(modelOf(name, 3, given), fit, options());
    const tables = tableIntervals(found, fit, options(), 40, createRng('bootstrap'));
    return Object.fromEntries(
      Object.entries(tables).map(([table, all]) => [table, all.map(({ lower, upper }) => !Number.isNaN(lower + upper))]),
    );
  };
  const none = [false, false, false];
  test('of what is told across groups of ranks, or not at all', () => {
    const builder = new ClickLogBuilder();
    for (const [docs, clicks] of [
      [
        [0, 1, 2],
        [1, 0, 1],
      ],
      [
        [1, 0, 2],
        [1, 1, 0],
      ],
      [
        [0, 1, 2],
        [0, 1, 1],
      ],
    ] as const)
      builder.addRow(builder.addList(0, docs), clicks, 10);
    const fit = { log: builder.build(), documents: 3 };
    expect(bounded('position-based', fit)).toEqual({ examination: [true, true, false] });
    expect(bounded('trust-bias', fit)).toEqual({ examination: none, relevant: none, irrelevant: none });
  });
  test('of a log of one session', () => {
    expect(bounded('rank-ctr', smallLog([[[1, 0, 1], 1]]))).toEqual({ rate: none });
    expect(bounded('rank-ctr', rows)).toEqual({ rate: [true, true, true] });
  });
});

test('a log is refused that does not suit the model', () => {
  expect(() => fitClickModel(modelOf('position-based', 2), rows, options())).toThrow(
    'position-based has parameters for 2 positions, but a list shows 3; give it more positions',
  );
  expect(() => fitClickModel(modelOf('contextual-position-based', 3), rows, options())).toThrow(
    'contextual-position-based tells 2 contexts apart, but the log has none; name its context column',
  );
  const contexts = Uint32Array.of(2);
  expect(() => fitClickModel(modelOf('contextual-position-based', 3), { ...rows, contexts }, options())).toThrow(
    'contextual-position-based has parameters for 2 contexts, but the log has 3',
  );
});

describe('what a climb gained lately', () => {
  const climb = (steps: number, gap: (n: number) => number) => Array.from({ length: steps }, (_, n) => 3 - gap(n));
  test('is not known before thirteen steps, and then of the last six, of long climbs of the last third', () => {
    expect(gainedLately(climb(12, (n) => -n))).toBe(Infinity);
    expect(gainedLately(climb(13, (n) => -n))).toBe(6);
    expect(gainedLately(climb(90, (n) => -n))).toBe(30);
  });

  test.each([[10], [50], [300]])(
    'is more than what is left of one that takes %i steps to shrink by e, from 3 ln 2 times as many on',
    (tau) => {
      const slow = (n: number) => Math.exp(-n / tau) + 100 * Math.exp(-n); // after a steep start
      for (const steps of [2.1 * tau, 5 * tau, 20 * tau].map(Math.ceil).filter((n) => n > 30))
        expect(gainedLately(climb(steps + 1, slow))).toBeGreaterThan(slow(steps));
    },
  );
});

test.each<[string, Parameters<typeof modelOf>[0], object]>([
  ['slow in the tables of rank and last click', 'user-browsing', {}],
  ['slow in rows and columns', 'grid', { columns: 3 }],
  ['slow in examination and the level of attraction', 'position-based', {}],
])('a fit that is %s says that it converged within 0.05 of the highest objective', (_, name, given) => {
  const model = modelOf(name, 6, given);
  const { fit } = simulatedLog(model, { sessions: 60_000, positions: 6, queries: 30, lists: 10 });
  const fitted = fitClickModel(blank(model), fit, options());
  expect(fitted.converged).toBe(true);
  const on = fitClickModel(blank(model), fit, options({ tolerance: 0, iterations: 3000 }));
  const highest = Math.max(...standing(on));
  expect(60_000 * (highest - (fitted.convergence.at(-1)?.objective ?? 0))).toBeLessThan(0.05);
});

test('the prior that a fit learns is one that a fit which goes on from there keeps', () => {
  const models = ['user-browsing', 'dynamic-bayesian'];
  const { fit } = simulatedLog(modelOf('mixture', 5, { models }), { sessions: 20_000, positions: 5 });
  const { model, documents, priors, converged } = fitClickModel(modelOf('mixture', 5, { models }), fit, options());
  const again = fitClickModel(model, fit, options(), { documents });
  expect(converged).toBe(true);
  for (const table of ['attraction', 'satisfaction']) {
    expect(again.priors[table].mean).toBeCloseTo(priors[table].mean, 3);
    expect(Math.log(again.priors[table].strength / priors[table].strength)).toBeCloseTo(0, 2);
  }
});

test('a fit whose prior has not settled says that it has not converged', () => {
  const { fit } = simulatedLog(modelOf('user-browsing', 6), { sessions: 20_000, positions: 6 });
  expect(fitClickModel(modelOf('user-browsing', 6), fit, options({ iterations: 20, tolerance: 1 })).converged).toBe(false);
  expect(fitClickModel(modelOf('user-browsing', 6), fit, options({ iterations: 60, tolerance: 1 })).converged).toBe(true);
});

test('what clicks do not tell goes to where its prior is highest within few passes', () => {
  const model = modelOf('user-browsing', 6, {});
  const { fit } = simulatedLog(model, { sessions: 60_000, positions: 6, queries: 30, lists: 10 });
  expect(fitClickModel(blank(model), fit, options()).convergence.at(-1)?.pass).toBeLessThan(100); // by expectation–maximisation alone some 200
});

test.each([1e4, 1e6])(
  'of %i sessions a fit stops near the highest log-likelihood, where a gain for each session would be another one of each log',
  (sessions) => {
    const model = modelOf('dynamic-bayesian', 6);
    const { fit } = simulatedLog(model, { sessions, positions: 6, queries: 4, lists: 120 });
    const highest = (given: object) =>
      sessions *
      Math.max(...fitClickModel(blank(model), fit, options({ prior: 10, ...given })).convergence.map(({ objective }) => objective));
    expect(highest({ tolerance: 0, iterations: 300 }) - highest({})).toBeLessThan(0.01);
  },
);

test('what a prior is learnt from has no period that numbers of documents share', () => {
  // lists of ten, documents numbered as shown: rank r is clicked with probability 0.6/r
  const rng = createRng('periods');
  for (const documents of [9990, 10_000, 50_000, 100_000, 1_000_000]) {
    const counts = new Float64Array(2 * documents);
    let sum = 0;
    for (let d = 0; d < documents; d++) {
      const clicks = Array.from({ length: 5 }, () => Number(rng.next() < 0.6 / ((d % 10) + 1))).reduce((a, b) => a + b, 0);
      counts.set([clicks, 5 - clicks], 2 * d);
      sum += clicks / (5 * documents);
    }
    const { mean } = learnPrior(counts, { mean: 0.5, strength: 1 }, 200);
    expect(Math.abs(mean - sum)).toBeLessThan(0.01);
  }
});
