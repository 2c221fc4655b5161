import {
  clickModel,
  type FitOptions,
  featureLogits,
  fitByGradient,
  fitClickModel,
  fitClickModelBy,
  fitOptions,
  type GradientOptions,
  gradientOptions,
  hashedLogits,
  quotientRemainderLogits,
} from '../../click-models/index.ts';
import { decodeOptions } from '../../src/decode-options.ts';
import { linear } from '../../src/models/linear.ts';
import { createRng } from '../../src/random/rng.ts';
import { modelOf, simulatedLog } from './simulated-log.ts';

const options = (given: Partial<GradientOptions> = {}) => decodeOptions('gradient', gradientOptions, given) as GradientOptions;
const rate = { learningRate: 0.05 };
const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

test.each(['position-based', 'user-browsing', 'dynamic-bayesian', 'click-chain', 'document-ctr'] as const)(
  '%s: gradient and expectation–maximisation come to the same likelihood within 1e-4 a session',
  (name) => {
    const { fit } = simulatedLog(modelOf(name, 5), { sessions: 50_000, positions: 5, queries: 4 });
    const start = modelOf(name, 5);
    const [em, gradient] = [
      fitClickModel(start, fit, decodeOptions('fit', fitOptions, { prior: 'none', iterations: 1000, tolerance: 1e-9 }) as FitOptions),
      fitByGradient(start, fit, options({ iterations: 3000, tolerance: 1e-9 })),
    ].map(({ convergence }) => Math.max(...convergence.map(({ logLikelihood }) => logLikelihood)));
    expect(Math.abs(em - gradient)).toBeLessThan(1e-4);
  },
);

/** A log in which attraction is σ(w · x), of two features and a constant. */
function byFeatures(sessions: number) {
  const model = modelOf('position-based', 5, { examination: [0.9, 0.7, 0.5, 0.4, 0.3] });
  const { fit } = simulatedLog(model, { sessions: 10, positions: 5, queries: 20, lists: 1 });
  const rng = createRng('features');
  const features = Float32Array.from({ length: 2 * fit.documents }, () => 2 * rng.double() - 1);
  const attraction = Float64Array.from({ length: fit.documents }, (_, d) => sigmoid(1.5 * features[2 * d] - features[2 * d + 1] - 0.5));
  return { model, features, attraction, ...simulatedLog(model, { sessions, positions: 5, queries: 20, lists: 20 }, 'log', { attraction }) };
}

test('attraction from features: the weights come back, and so do documents that few sessions showed', () => {
  const { model, fit, features } = byFeatures(100_000);
  const scorer = linear(2);
  const halves = clickModel(model.definition, { examination: Float64Array.of(0.9, 0.5, 0.5, 0.5, 0.5) }, 5);
  const { model: found, documents } = fitByGradient(halves, fit, options({ iterations: 3000, tolerance: 1e-9 }), {
    attraction: featureLogits(scorer, features, rate),
  });
  const [w1, w2, b] = scorer.parameters;
  expect(w1).toBeCloseTo(1.5, 1);
  expect(w2).toBeCloseTo(-1, 1);
  expect(Math.abs(b + 0.5)).toBeLessThan(0.15);
  [1, 0.7 / 0.9, 0.5 / 0.9, 0.4 / 0.9, 0.3 / 0.9].forEach((theta, k) => {
    expect(Math.abs(found.parameters.examination[k] / found.parameters.examination[0] - theta)).toBeLessThan(0.02);
  });
  expect(documents.attraction).toHaveLength(fit.documents);
});

test.each([
  ['hash', (n: number, c: number) => hashedLogits(n, c, 0.3, rate, createRng('hash'))],
  ['quotient and remainder', (n: number, c: number) => quotientRemainderLogits(n, c, 0.3, rate)],
] as const)('%s: without compression the likelihood of documents of their own, with it less and no parameter more', (_, logits) => {
  const model = modelOf('document-ctr', 5);
  const { fit } = simulatedLog(model, { sessions: 50_000, positions: 5, queries: 4 });
  const best = (c: number | null) => {
    const given = c === null ? {} : { attraction: logits(fit.documents, c) };
    return Math.max(
      ...fitByGradient(model, fit, options({ iterations: 2000, tolerance: 1e-9 }), given).convergence.map(
        ({ logLikelihood }) => logLikelihood,
      ),
    );
  };
  const [own, whole, half] = [best(null), best(1), best(4)];
  expect(half).toBeLessThan(own - 1e-3);
  expect(whole).toBeLessThanOrEqual(own + 1e-4);
  expect(whole).toBeGreaterThan(half);
});

test('a compression below 1 is refused', () => {
  expect(() => hashedLogits(10, 0.5, 0.3, rate, createRng('x'))).toThrow('compression must be a number of at least 1, got 0.5');
});

test('what the model rules out is refused, with the way out', () => {
  const { fit } = simulatedLog(modelOf('document-ctr', 5), { sessions: 1000, positions: 5 });
  expect(() => fitByGradient(modelOf('cascade', 5), fit, options())).toThrow(
    'cascade rules out clicks of the log; fit it by expectation–maximisation',
  );
});

test('options choose the way of fitting: features give what featureLogits gives, hashing fewer numbers, and a count is a count', () => {
  const { model, fit, features } = byFeatures(20_000);
  const by = (given: Partial<FitOptions>, own: { features: Float32Array; featureCount: number } | null = null) =>
    fitClickModelBy(model, fit, decodeOptions('fit', fitOptions, given) as FitOptions, createRng('hash'), own);
  const chosen = by({ method: 'gradient', attraction: 'features', iterations: 50 }, { features, featureCount: 2 });
  const direct = fitByGradient(model, fit, options({ iterations: 50 }), { attraction: featureLogits(linear(2), features, rate) });
  expect(chosen.documents).toEqual(direct.documents);
  const hashed = by({ method: 'gradient', attraction: 'hash', compression: 10, iterations: 5 });
  expect(new Set(hashed.documents.attraction).size).toBeLessThanOrEqual(2 * Math.ceil(fit.documents / 10));
  expect(by({}).convergence).toEqual(fitClickModel(model, fit, decodeOptions('fit', fitOptions, {}) as FitOptions).convergence);
});

test.each<[Partial<FitOptions>, string]>([
  [{ attraction: 'hash' }, 'attraction from hash is fitted by gradient; set method: gradient'],
  [{ method: 'gradient', attraction: 'features' }, 'attraction from features needs documents with features'],
])('%j is refused', (given, message) => {
  const { fit } = simulatedLog(modelOf('document-ctr', 3), { sessions: 100, positions: 3 });
  expect(() =>
    fitClickModelBy(modelOf('document-ctr', 3), fit, decodeOptions('fit', fitOptions, given) as FitOptions, createRng('x')),
  ).toThrow(message);
});

test('a model without attraction by document has none to share', () => {
  const { fit } = simulatedLog(modelOf('document-ctr', 3), { sessions: 100, positions: 3 });
  const hashed = decodeOptions('fit', fitOptions, { method: 'gradient', attraction: 'hash' }) as FitOptions;
  expect(() => fitClickModelBy(modelOf('rank-ctr', 3), fit, hashed, createRng('x'))).toThrow('rank-ctr has no attraction by document');
});
