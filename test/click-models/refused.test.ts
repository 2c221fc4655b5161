import {
  type ClickModelDefinition,
  clickModel,
  diagnoseClickModel,
  type FitOptions,
  fitByGradient,
  fitClickModel,
  fitOptions,
  gradientOptions,
  sampleCounts,
  scoreClickModel,
  tableIntervals,
} from '../../click-models/index.ts';
import { ClickLogBuilder } from '../../src/data/click-log-builder.ts';
import { decodeOptions } from '../../src/decode-options.ts';
import { createRng } from '../../src/random/rng.ts';
import { modelOf, simulatedLog } from './simulated-log.ts';

const options = (given: Partial<FitOptions> = {}) => decodeOptions('fit', fitOptions, given) as FitOptions;

const sound: ClickModelDefinition = {
  name: 'mine',
  tables: { attraction: { by: 'document' }, go: { by: 'rank' } },
  start: 'reading',
  states: { reading: { examined: 1, clicked: 'attraction', afterSkip: ['go', 'reading', 'gone'] } },
};
const go = Float64Array.of(0.5, 0.5);

test.each<[string, object, string]>([
  ['start that draws by rank', { start: ['go', 'reading', 'gone'] }, 'the start draws from "go", by rank'],
  ['way to nowhere', { start: 'away' }, 'the start leads to "away", which is no state'],
  [
    'state called gone',
    { states: { ...sound.states, gone: { examined: 1, clicked: 'attraction' } } },
    '"gone" is the state of users who have left',
  ],
  [
    'number for an event',
    { states: { reading: { examined: 0.5, clicked: 'attraction' } } },
    'state "reading" has an event that is none: 0.5',
  ],
  ['behaviour without a click', { states: { reading: { examined: 1 } } }, 'state "reading" has an event that is none'],
  [
    'event of an unknown table',
    { states: { reading: { examined: 1, clicked: 'attraktion' } } },
    'state "reading" draws from "attraktion", which is no table',
  ],
  ['table by nothing known', { tables: { ...sound.tables, go: { by: 'ranks' } } }, 'table "go" is by "ranks"'],
  ['satisfaction by rank too', { tables: { ...sound.tables, satisfaction: { by: 'documentRank' } } }, 'satisfaction is by document'],
  ['groups too short', { tables: { ...sound.tables, go: { by: 'group', groups: Uint32Array.of(0, 0) } } }, 'groups of go need 3 values'],
])('a definition with a %s is refused', (_, change, message) => {
  expect(() => clickModel({ ...sound, ...change } as ClickModelDefinition, { go }, 2)).toThrow(`click model mine: ${message}`);
});

test.each([0, 1.5, 1_000_001, Number.NaN])('%d positions are refused', (positions) => {
  expect(() => clickModel(sound, { go }, positions)).toThrow(`positions must be a whole number from 1 to 1000000, got ${positions}`);
});

const { fit } = simulatedLog(modelOf('position-based', 3), { sessions: 1000, positions: 3 });

test.each<[string, object, string]>([
  ['a click of 2', { clicks: fit.log.clicks.map(() => 2) }, 'must be 0 or 1, got 2'],
  ['a negative count', { count: fit.log.count.map(() => -1) }, 'must be finite and above 0, got -1'],
  ['a document beyond the last', { docs: fit.log.docs.map(() => 1e6) }, 'is not in the query set of 120 documents'],
])('a log with %s is refused', (_, change, message) => {
  expect(() => fitClickModel(modelOf('position-based', 3), { ...fit, log: { ...fit.log, ...change } }, options())).toThrow(message);
});

test('a log that shows nothing, tables of another log, and sessions that are no number are refused', () => {
  const empty = { list: new Uint32Array(), clickOffsets: Uint32Array.of(0), clicks: new Uint8Array(), count: new Float64Array() };
  expect(() => fitClickModel(modelOf('position-based', 3), { ...fit, log: { ...fit.log, ...empty } }, options())).toThrow(
    'the log shows no document',
  );
  const documents = { attraction: new Float64Array(7) };
  expect(() => fitClickModel(modelOf('position-based', 3), fit, options(), { documents })).toThrow(
    'attraction to start from has 7 values for 120',
  );
  expect(() => sampleCounts(modelOf('cascade', 3), Float64Array.of(0.5), Number.NaN, createRng('n'), () => {})).toThrow(
    'sessions must be a whole number',
  );
});

test('values to start from that are none are named, and not the clicks', () => {
  const model = modelOf('position-based', 3);
  const start = (documents: Float64Array, strength = 1) =>
    fitClickModel(model, fit, options(), { documents: { attraction: documents }, priors: { attraction: { mean: 0.5, strength } } });
  const attraction = new Float64Array(120).fill(0.5);
  expect(() => start(attraction.with(7, Number.NaN))).toThrow('attraction[7] to start from must be in [0, 1], got NaN');
  expect(() => start(attraction, Number.NaN)).toThrow('a strength from 0, got 0.5 and NaN');
  model.parameters.examination[1] = Number.NaN;
  expect(() => fitClickModel(model, fit, options())).toThrow('examination[1] of position-based to start from must be in [0, 1], got NaN');
});

test('documents of too few values are not scored as if they were never clicked', () => {
  const score = (documents: object) => () => scoreClickModel(modelOf('dynamic-bayesian', 3), documents as never, fit);
  const [few, enough] = [new Float64Array(119), new Float64Array(120)];
  expect(score({ attraction: few, satisfaction: enough })).toThrow('needs 120 values of attraction for 120 documents, got 119');
  expect(score({ attraction: enough })).toThrow('needs 120 values of satisfaction for 120 documents, got none');
});

test('a log that shows a document twice in a list is refused by every fit', () => {
  const docs = fit.log.docs.slice();
  docs[1] = docs[0];
  const twice = { ...fit, log: { ...fit.log, docs } };
  const message = `list 0 shows document ${docs[0]} twice`;
  expect(() => fitClickModel(modelOf('position-based', 3), twice, options())).toThrow(message);
  expect(() => fitByGradient(modelOf('position-based', 3), twice, decodeOptions('fit', gradientOptions, {}))).toThrow(message);
});

test.each(['rows', 'columnsExamined'])('%s of a grid that are too few are counted as rows and columns', (name) => {
  const of = name === 'rows' ? 'row' : 'column';
  const few = { columns: of === 'row' ? 1 : 3, [name]: [0.5, 0.4] };
  expect(() => modelOf('grid', 3, few)).toThrow(`${name} gives 2 values for 3 ${of}s; give one per ${of}`);
});

test.each([1e308, 1e-320, 0])('kinds of a mixture with a weight of %d are refused', (weight) => {
  const models = [{ name: 'position-based', weight }, { name: 'cascade' }];
  expect(() => modelOf('mixture', 3, { models })).toThrow('weight');
});

test.each<[object[], string]>([
  [['document-rank-ctr', 'grid'] as never, 'of one a document has an attraction for each rank, of the other one for all ranks'],
  [
    [
      { name: 'cascade-users', users: 'perfect' },
      { name: 'cascade-users', users: 'navigational' },
    ],
    'cascade-users and cascade-users cannot be mixed with different users, as attraction and satisfaction of a grade are the same',
  ],
  [
    ['contextual-position-based', { name: 'contextual-position-based', contexts: [{}, {}, {}] }] as never,
    'contextual-position-based tells 2 apart, contextual-position-based 3; give each as many',
  ],
])('kinds that share what cannot be one for all are refused for that: %j', (models, message) => {
  expect(() => modelOf('mixture', 4, { models })).toThrow(message);
});

test('documents of a mixture with cascade users are clicked by their grades, as those users click', () => {
  const users = { name: 'cascade-users', users: 'navigational' };
  const mixed = modelOf('mixture', 4, { models: ['position-based', users, { ...users, stop: 'when-examined' }] });
  expect(mixed.byGrade?.(4)).toEqual({ attraction: [0.05, 0.3, 0.5, 0.7, 0.95], satisfaction: [0.2, 0.3, 0.5, 0.7, 0.9] });
});

test('a mixture with contexts finds the curve of each', () => {
  const models = [
    { name: 'contextual-position-based', contexts: [{ eta: 0.3 }, { eta: 2 }] },
    { name: 'random-click', rate: 0.1 },
  ];
  const truth = modelOf('mixture', 4, { models });
  const own = simulatedLog(truth, { sessions: 1e6, positions: 4 });
  const start = modelOf('mixture', 4, { models: ['contextual-position-based', { name: 'random-click', rate: 0.1 }] });
  const { model } = fitClickModel(start, own.fit, options({ iterations: 200 }));
  const [found, known] = [model, truth].map(({ parameters: { examination1 } }) => examination1.map((theta) => theta / examination1[0]));
  for (const [i, theta] of known.entries()) expect(Math.abs(found[i] / theta - 1)).toBeLessThan(0.1);
});

test('random clicks are fitted by every method, as there is nothing to fit', () => {
  for (const method of ['em', 'counting'] as const) {
    const { model, converged } = fitClickModel(modelOf('random-click', 3, { rate: 0.3 }), fit, options({ method }));
    expect([model.parameters.rate[0], converged]).toEqual([0.3, true]);
  }
});

test('kinds of one model are told apart, whatever they begin with', () => {
  const kinds = [
    { name: 'position-based', examination: [0.9, 0.8, 0.7, 0.6] },
    { name: 'position-based', examination: [0.9, 0.2, 0.1, 0.05] },
  ];
  const { fit: log } = simulatedLog(modelOf('mixture', 4, { models: kinds }), { sessions: 1e6, positions: 4 });
  const alike = modelOf('mixture', 4, { models: ['position-based', 'position-based'] });
  const last = ({ convergence }: ReturnType<typeof fitClickModel>) => convergence[convergence.length - 1].logLikelihood;
  const [mixed, one] = [alike, modelOf('position-based', 4)].map((model) => last(fitClickModel(model, log, options({ iterations: 500 }))));
  expect(mixed).toBeGreaterThan(one + 0.01);
});

test('what the log has no draw of has no interval, and is not said to be told', () => {
  const model = modelOf('dependent-click', 3);
  const { fit: log } = simulatedLog(model, { sessions: 5000, positions: 3 });
  const found = fitClickModel(model, log, options());
  const { continuation } = tableIntervals(found, log, options(), 40, createRng('b'));
  expect(continuation.map(({ lower }) => Number.isNaN(lower))).toEqual([false, false, true]);
  expect(diagnoseClickModel(model, log).tables[0]).toMatchObject({ values: 3, seen: 2, why: 'no session reaches 1 of its values' });
  expect(() => tableIntervals({ ...found, method: 'gradient' }, log, options(), 40, createRng('b'))).toThrow(
    'intervals are of fits by expectation',
  );
  expect(() => tableIntervals(found, log, options(), 39, createRng('b'))).toThrow(
    'resamples must be a whole number of at least 40, for ends of 95 % intervals, got 39',
  );
});

test('a fit that is cut short ends where an iteration does: more iterations are never worse', () => {
  const { fit: log } = simulatedLog(modelOf('user-browsing', 6), { sessions: 20_000, positions: 6 });
  const worth = (iterations: number) => {
    const { model, documents, priors } = fitClickModel(modelOf('user-browsing', 6), log, options({ prior: 5, tolerance: 0, iterations }));
    const again = fitClickModel(model, log, options({ prior: 5, iterations: 1, tolerance: 0 }), { documents, priors });
    return again.convergence[0].objective;
  };
  const all = Array.from({ length: 12 }, (_, i) => worth(36 + i));
  for (let i = 1; i < all.length; i++) expect(all[i]).toBeGreaterThanOrEqual(all[i - 1] - 1e-9);
});

test('intervals hold the value of a fit that stopped short of the maximum, as near 1', () => {
  const truth = modelOf('dependent-click', 5, { continuation: [0.999, 0.999, 0.999, 0.5, 0.5] });
  const { fit: log } = simulatedLog(truth, { sessions: 1e6, positions: 5 });
  const found = fitClickModel(modelOf('dependent-click', 5), log, options());
  const { continuation } = tableIntervals(found, log, options(), 40, createRng('b'));
  for (const { value, lower, upper } of continuation.slice(0, 4)) {
    expect(lower).toBeLessThan(value);
    expect(upper).toBeGreaterThan(value);
  }
});

test('a model of one context, of a log of two, is refused and reads beyond no table', () => {
  const model = modelOf('contextual-position-based', 2, { contexts: [{ examination: [1, 0.5] }] });
  const builder = new ClickLogBuilder(2);
  builder.addRow(builder.addList(0, [0, 1], 0), [1, 0], 3);
  builder.addRow(builder.addList(0, [1, 0], 1), [0, 1], 3);
  const log = builder.build();
  const fit = { log, documents: 2, contexts: log.contexts ?? null };
  expect(() => fitClickModel(model, fit, options())).toThrow('has parameters for 1 contexts, but the log has 2');
  expect(() => fitClickModel(model, { ...fit, contexts: null }, options())).not.toThrow();
});
