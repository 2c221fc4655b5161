import {
  clickModel,
  type DocumentScorer,
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
  valuesFor,
} from '../../click-models/index.ts';
import { decodeOptions } from '../../src/decode-options.ts';
import { linear } from '../../src/models/linear.ts';
import { newMlp } from '../../src/models/scorers.ts';
import { createRng } from '../../src/random/rng.ts';
import { openBackend } from '../../src/tensor/backend.ts';
import { modelOf, simulatedLog } from './simulated-log.ts';

const options = (given: Partial<GradientOptions> = {}) => decodeOptions('gradient', gradientOptions, given) as GradientOptions;
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

test.each([10, 50])('with a learning rate of %d, too large, it goes back to the best tables and on with a smaller one', (learningRate) => {
  const model = modelOf('position-based', 5);
  const { fit } = simulatedLog(model, { sessions: 50_000, positions: 5, queries: 4 });
  const chosen = decodeOptions('fit', fitOptions, { prior: 'none', iterations: 1000, tolerance: 1e-9 }) as FitOptions;
  const best = fitClickModel(model, fit, chosen).logLikelihood;
  const { logLikelihood, converged, convergence } = fitByGradient(model, fit, options({ learningRate, iterations: 3000 }));
  expect(converged).toBe(true);
  expect(best - logLikelihood).toBeLessThan(1e-4);
  const objectives = convergence.map(({ objective }) => objective);
  expect(Math.max(...objectives) - objectives[objectives.length - 1]).toBeLessThan(1e-7 * 5); // tolerance a shown document, five a session
});

test('while ten iterations lead no higher but lower it has not converged', () => {
  const model = modelOf('position-based', 5);
  const { fit } = simulatedLog(model, { sessions: 50_000, positions: 5, queries: 4 });
  expect(fitByGradient(model, fit, options({ learningRate: 1e6, iterations: 40 })).converged).toBe(false);
});

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
    attraction: featureLogits(scorer, features),
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
  ['hash', (n: number, c: number) => hashedLogits(n, c, 0.3, createRng('hash'))],
  ['quotient and remainder', (n: number, c: number) => quotientRemainderLogits(n, c, 0.3)],
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
  expect(() => hashedLogits(10, 0.5, 0.3, createRng('x'))).toThrow('compression must be a number of at least 1, got 0.5');
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
  const direct = fitByGradient(model, fit, options({ iterations: 50 }), { attraction: featureLogits(linear(2), features) });
  expect(chosen.documents).toEqual(direct.documents);
  const hashed = by({ method: 'gradient', attraction: 'hash', compression: 10, iterations: 5 });
  expect(new Set(hashed.documents.attraction).size).toBeLessThanOrEqual(2 * Math.ceil(fit.documents / 10));
  expect(by({}).convergence).toEqual(fitClickModel(model, fit, decodeOptions('fit', fitOptions, {}) as FitOptions).convergence);
});

test('the prior of the gradient is the one that expectation–maximisation learns, and the fit comes to the same documents', () => {
  const model = modelOf('document-ctr', 5);
  const { fit } = simulatedLog(model, { sessions: 3000, positions: 5, queries: 20 });
  const by = (given: Partial<FitOptions>) =>
    fitClickModelBy(model, fit, decodeOptions('fit', fitOptions, given) as FitOptions, createRng('hash'));
  const gradient = by({ method: 'gradient', iterations: 2000, tolerance: 1e-9 });
  const { priors } = by({ iterations: 30 });
  expect(priors.attraction.strength).toBeGreaterThan(1);
  expect(gradient.priors).toEqual(priors);
  // nothing is hidden in this model: (clicks + mμ)/(sessions + m) is the maximum
  const [clicks, sessions] = [new Float64Array(fit.documents), new Float64Array(fit.documents)];
  const { log } = fit;
  for (const [r, l] of log.list.entries())
    for (let k = 0; k < 5; k++) {
      const doc = log.docs[log.offsets[l] + k];
      sessions[doc] += log.count[r];
      clicks[doc] += log.count[r] * log.clicks[log.clickOffsets[r] + k];
    }
  const { mean, strength } = priors.attraction;
  gradient.documents.attraction.forEach((found, d) => {
    expect(Math.abs(found - (clicks[d] + strength * mean) / (sessions[d] + strength))).toBeLessThan(2e-3);
  });
});

/** A log of the dynamic Bayesian model in which satisfaction is a function of two features. */
function satisfactionOf(probability: (x: number, y: number) => number, sessions = 100_000) {
  const model = modelOf('dynamic-bayesian', 5, { continuation: 0.9 });
  const { features } = byFeatures(10);
  const satisfaction = Float64Array.from({ length: features.length / 2 }, (_, d) => probability(features[2 * d], features[2 * d + 1]));
  return { model, features, ...simulatedLog(model, { sessions, positions: 5, queries: 20, lists: 20 }, 'log', { satisfaction }) };
}

test('satisfaction from features: the weights come back, with attraction by document and its prior as they are', () => {
  const { model, fit, features } = satisfactionOf((x, y) => sigmoid(2 * x - y + 0.5));
  const given = { method: 'gradient', satisfaction: 'features', iterations: 3000, tolerance: 1e-9 } as const;
  const own = { features, featureCount: 2 };
  const fitted = fitClickModelBy(model, fit, decodeOptions('fit', fitOptions, given) as FitOptions, createRng('weights'), own);
  expect(Object.keys(fitted.scorers ?? {})).toEqual(['satisfaction']);
  const [w1, w2, b] = (fitted.scorers as Record<string, DocumentScorer>).satisfaction.parameters;
  for (const [found, real] of [
    [w1, 2],
    [w2, -1],
    [b, 0.5],
  ])
    expect(Math.abs(found - real)).toBeLessThan(0.1);
  expect(fitted.model.parameters.continuation[0]).toBeCloseTo(0.9, 1.5);
  expect(fitted.priors.attraction.strength).toBeGreaterThan(0);
  expect(fitted.priors.satisfaction.strength).toBe(0);
});

/** A log in which a document attracts where its two features have one sign: no linear function tells. */
function bySign(sessions: number) {
  const { model, fit, features } = byFeatures(10);
  const attraction = Float64Array.from({ length: fit.documents }, (_, d) => (features[2 * d] * features[2 * d + 1] > 0 ? 0.9 : 0.2));
  return { model, features, attraction, ...simulatedLog(model, { sessions, positions: 5, queries: 20, lists: 20 }, 'log', { attraction }) };
}

describe('a network', () => {
  beforeAll(() => openBackend('wasm'));
  const fitOf = (given: Partial<FitOptions>, seed = 'weights') => {
    const { model, fit, features, attraction } = bySign(50_000);
    const chosen = { method: 'gradient', attraction: 'features', iterations: 400, ...given } as const;
    const own = { features, featureCount: 2 };
    const fitted = fitClickModelBy(model, fit, decodeOptions('fit', fitOptions, chosen) as FitOptions, createRng(seed), own);
    const squares = fitted.documents.attraction.map((found, d) => (found - attraction[d]) ** 2);
    return { fitted, error: Math.sqrt(squares.reduce((sum, one) => sum + one, 0) / squares.length), features };
  };

  test('finds satisfaction that no linear function of the features is, with attraction by hashing', () => {
    const { model, fit, features, truth } = satisfactionOf((x, y) => (x * y > 0 ? 0.9 : 0.2));
    const errorOf = (hidden: number[]) => {
      const chosen = { method: 'gradient', attraction: 'hash', compression: 1, satisfaction: 'features', hidden, iterations: 400 } as const;
      const own = { features, featureCount: 2 };
      const { documents } = fitClickModelBy(model, fit, decodeOptions('fit', fitOptions, chosen) as FitOptions, createRng('w'), own);
      return Math.sqrt(documents.satisfaction.reduce((sum, found, d) => sum + (found - truth.satisfaction[d]) ** 2, 0) / fit.documents);
    };
    expect(errorOf([])).toBeGreaterThan(0.3); // the best constant is off by 0.35
    expect(errorOf([32, 16])).toBeLessThan(0.2);
  });

  test('finds attraction that no linear function of the features is, the same for the same seed', () => {
    const { fitted, error, features } = fitOf({ hidden: [32, 16] });
    expect(fitOf({}).error).toBeGreaterThan(0.3); // of two values 0.7 apart, the best constant is off by 0.35
    expect(error).toBeLessThan(0.15);
    expect(fitOf({ hidden: [32, 16] }).fitted.documents).toEqual(fitted.documents);
    expect(fitOf({ hidden: [32, 16] }, 'others').fitted.documents).not.toEqual(fitted.documents);
    // the scorer is the one that made the tables: a document that is new has what it makes of its features
    const scorers = fitted.scorers as Record<string, DocumentScorer>;
    const names = { queryIds: ['q'], docIds: ['new'], documentQuery: [0] };
    const stored = { name: 'position-based', options: {}, model: fitted.model, contexts: null, scorers, priors: {} };
    const unseen = { ...stored, queryIds: [], docIds: [], documents: { attraction: new Float64Array() } };
    const { documents } = valuesFor(unseen, names, { features: features.subarray(0, 2), featureCount: 2 });
    expect(documents.attraction[0]).toBeCloseTo(fitted.documents.attraction[0], 6);
    expect([...valuesFor(unseen, names).documents.attraction]).toEqual([0.5]);
    expect(() => valuesFor(unseen, names, { features: features.subarray(0, 3), featureCount: 3 })).toThrow(
      'makes attraction of 2 features, but documents have 3',
    );
  });

  test('climbs the likelihood: the gradient by every weight is that of finite differences', () => {
    const { model, fit, features } = bySign(20_000);
    const scorer = newMlp({ hidden: [4], activation: 'tanh' }, 2, createRng('weights'));
    const own = featureLogits(scorer, features);
    const slopes: Float32Array[] = [];
    const watched = {
      ...own,
      gradient(slope: Float32Array) {
        slopes.push(slope.slice());
        return own.gradient(slope);
      },
    };
    const likelihood = () => fitByGradient(model, fit, options({ iterations: 1 }), { attraction: watched }).convergence[0].logLikelihood;
    likelihood();
    const gradient = new Float32Array(scorer.parameters.length);
    const given = (_: Float32Array, into: Float32Array) => {
      into.set(slopes[0]);
      return 0;
    };
    scorer.lossGradient(features, given, gradient);
    for (const [p, slope] of gradient.entries()) {
      const before = scorer.parameters[p];
      const [up, down] = [0.01, -0.01].map((step) => {
        scorer.parameters[p] = before + step;
        return likelihood();
      });
      scorer.parameters[p] = before;
      expect(Math.abs((up - down) / 0.02 + slope)).toBeLessThan(1e-4 + 0.01 * Math.abs(slope));
    }
  });
});

test.each<[Partial<FitOptions>, string]>([
  [
    { method: 'gradient', attraction: 'hash', hidden: [8] },
    'hidden layers are those of a network that makes attraction or satisfaction from features',
  ],
  [{ attraction: 'hash' }, 'attraction from hash is fitted by gradient; set method: gradient'],
  [{ method: 'gradient', attraction: 'features' }, 'attraction from features needs documents with features'],
  [{ learningRate: 0.1 }, 'learningRate is of method gradient, and em has none; leave it out'],
  [{ method: 'counting', iterations: 5 }, 'iterations is of method em or gradient, and counting has none'],
  [{ method: 'counting', tolerance: 0.1 }, 'tolerance is of method em or gradient, and counting has none'],
  [{ method: 'gradient', starts: 3 }, 'starts is of method em, and gradient has none'],
  [{ method: 'gradient', accelerate: false }, 'accelerate is of method em, and gradient has none'],
  [{ compression: 2 }, 'compression is of attraction or satisfaction by hash or quotient-remainder'],
  [{ satisfaction: 'hash' }, 'satisfaction from hash is fitted by gradient'],
  [{ method: 'gradient', satisfaction: 'hash' }, 'document-ctr has no satisfaction by document that could come from hash'],
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
