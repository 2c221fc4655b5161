import {
  affineGain,
  doublyRobustGain,
  type EstimatedBias,
  interventionAwareGain,
  ipsGain,
  type LearningInput,
  policyAwareAffineGain,
  policyAwareIpsGain,
  type Weighting,
  weightings,
} from '../../../estimators/index.ts';
import { clipValue } from '../../../estimators/weightings/clip.ts';
import type { ClickLog } from '../../../src/data/click-log.ts';
import { optimisers } from '../../../src/learners/optimisers.ts';
import { listwiseSoftmax } from '../../../src/losses/index.ts';
import { linear } from '../../../src/models/linear.ts';
import { multinomial } from '../../../src/random/multinomial.ts';
import { createRng } from '../../../src/random/rng.ts';
import { candidates, documents, exactLog, expectedOf, plackettLuce } from './two-policies.ts';

const theta = Float64Array.of(0.9, 0.6, 0.4);
const none = new Float64Array(3);
const affine = { kind: 'affine', alpha: Float64Array.of(0.5, 0.4, 0.3), beta: Float64Array.of(0.35, 0.2, 0.1) } as const;
const examination = { kind: 'examination', examination: theta } as const;
const relevance = [0.9, 0.1, 0.5, 0.3];
const gains = Float64Array.of(1, 3, 2, 4);
const lists = plackettLuce([1, 0.5, 0, -1]);
const truth = documents.reduce((sum, d) => sum + gains[d] * relevance[d], 0);
const sessions = 1e6;
const positionLog = exactLog([{ lists, sessions }], { alpha: theta, beta: none }, relevance);
const trustLog = exactLog([{ lists, sessions }], affine, relevance);
const shown = (log: ClickLog) => Float64Array.from(log.docs, (d) => gains[d]);
const policy = { alpha: expectedOf(lists, affine.alpha), beta: expectedOf(lists, affine.beta) };
const wrong = Float64Array.of(0.2, 0.7, 0.1, 0.6);

describe('over all lists and click patterns', () => {
  test('policy-aware IPS is unbiased under a cutoff, where IPS has P(shown) in it', () => {
    expect(policyAwareIpsGain(positionLog, candidates, gains, examination).value).toBeCloseTo(truth, 10);
    const probability = expectedOf(lists, [1, 1, 1]);
    const cutOff = documents.reduce((sum, d) => sum + gains[d] * relevance[d] * probability[d], 0);
    expect(truth - cutOff).toBeGreaterThan(0.5);
    expect(ipsGain(positionLog, shown(positionLog), examination).value).toBeCloseTo(cutOff, 10);
  });

  test('under trust bias too, policy-aware affine is unbiased, where affine by rank has P(shown) in it and policy-aware IPS the trust', () => {
    expect(policyAwareAffineGain(trustLog, candidates, gains, affine).value).toBeCloseTo(truth, 10);
    const probability = expectedOf(lists, [1, 1, 1]);
    expect(affineGain(trustLog, shown(trustLog), affine).value).toBeCloseTo(
      documents.reduce((sum, d) => sum + gains[d] * relevance[d] * probability[d], 0),
      10,
    );
    const trusted = policyAwareIpsGain(trustLog, candidates, gains, examination).value;
    const exposure = expectedOf(lists, theta);
    const ofClicks = documents.reduce((sum, d) => sum + (gains[d] * (relevance[d] * policy.alpha[d] + policy.beta[d])) / exposure[d], 0);
    expect(trusted).toBeCloseTo(ofClicks, 10);
    expect(trusted - truth).toBeGreaterThan(0.5);
  });

  test('clipping biases policy-aware IPS by Σ_{Eθ < τ} γ g (Eθ/τ − 1)', () => {
    const clip = 0.5;
    const exposure = expectedOf(lists, theta);
    const derived = documents.reduce((sum, d) => sum + gains[d] * relevance[d] * (exposure[d] / Math.max(exposure[d], clip) - 1), 0);
    expect(derived).toBeLessThan(-0.1);
    expect(policyAwareIpsGain(positionLog, candidates, gains, examination, { clip }).value - truth).toBeCloseTo(derived, 10);
  });

  test('doubly robust is unbiased where either part is exact, and not where neither is', () => {
    const halved = { ...policy, alpha: policy.alpha.map((a) => a / 2) };
    const value = (regression: Float64Array, options: object) =>
      doublyRobustGain(trustLog, candidates, gains, affine, regression, options).value;
    expect(value(wrong, { policy })).toBeCloseTo(truth, 10);
    expect(value(Float64Array.from(relevance), { policy: halved })).toBeCloseTo(truth, 10);
    expect(value(Float64Array.from(relevance), { policy, clip: 0.9 })).toBeCloseTo(truth, 10);
    expect(Math.abs(value(wrong, { policy: halved }) - truth)).toBeGreaterThan(0.5);
  });

  test('clipping biases doubly robust by Σ_{Eα < τ} g (γ̃ − γ)(1 − Eα/τ)', () => {
    const clip = 0.35;
    const derived = documents.reduce((sum, d) => sum + gains[d] * (wrong[d] - relevance[d]) * Math.max(0, 1 - policy.alpha[d] / clip), 0);
    expect(Math.abs(derived)).toBeGreaterThan(0.05);
    for (const known of [{ policy }, {}])
      expect(doublyRobustGain(trustLog, candidates, gains, affine, wrong, { ...known, clip }).value - truth).toBeCloseTo(derived, 10);
  });

  test('a document that one of two policies never shows: each-its-own-policy takes the other alone, both are unbiased', () => {
    const always: ReturnType<typeof plackettLuce> = [[[0, 1, 2], 1]];
    const log = exactLog(
      [
        { lists: always, sessions },
        { lists, sessions },
      ],
      affine,
      relevance,
    );
    expect(policyAwareAffineGain(log, candidates, gains, affine).value).toBeCloseTo(truth, 10);
    expect(interventionAwareGain(log, candidates, gains, affine).value).toBeCloseTo(truth, 10);
  });

  test('a document that is never shown counts nothing, or what the regression says', () => {
    const log = exactLog([{ lists: [[[0, 1, 2], 1]], sessions }], affine, relevance);
    const seen = truth - gains[3] * relevance[3];
    expect(policyAwareAffineGain(log, candidates, gains, affine).value).toBeCloseTo(seen, 10);
    expect(doublyRobustGain(log, candidates, gains, affine, wrong).value).toBeCloseTo(seen + gains[3] * wrong[3], 10);
  });
});

describe('over 2,000 logs of 300 sessions, by the frequencies of their own lists', () => {
  const rng = createRng('candidates');
  const drawn = Array.from({ length: 2000 }, () => {
    const counts = multinomial(300, trustLog.count, rng);
    const rows = [...counts.keys()].filter((r) => counts[r] > 0);
    const clicks = rows.map((r) => trustLog.clicks.subarray(trustLog.clickOffsets[r], trustLog.clickOffsets[r + 1]));
    return {
      ...trustLog,
      list: Uint32Array.from(rows, (r) => trustLog.list[r]),
      clickOffsets: Uint32Array.from({ length: rows.length + 1 }, (_, r) => 3 * r),
      clicks: Uint8Array.from(clicks.flatMap((of) => [...of])),
      count: Float64Array.from(rows, (r) => counts[r]),
    };
  });
  test('the mean is the truth, and the standard error right', () => {
    const estimates = drawn.map((log) => interventionAwareGain(log, candidates, gains, affine));
    const mean = estimates.reduce((sum, { value }) => sum + value, 0) / estimates.length;
    const variance = estimates.reduce((sum, { value }) => sum + (value - mean) ** 2, 0) / (estimates.length - 1);
    const claimed = estimates.reduce((sum, { standardError }) => sum + standardError ** 2, 0) / estimates.length;
    expect(Math.abs(mean - truth)).toBeLessThan(4 * Math.sqrt(variance / estimates.length));
    expect(Math.abs(claimed / variance - 1)).toBeLessThan(0.2);
  });
});

describe('the weights that a ranker is trained on', () => {
  const querySet = (queries: number) => ({
    queryIds: Array.from({ length: queries }, (_, q) => `${q}`),
    docIds: Array.from({ length: queries * 4 }, (_, d) => `${d % 4}`),
    offsets: Uint32Array.from({ length: queries + 1 }, (_, q) => 4 * q),
    features: Float32Array.from({ length: queries * 16 }, (_, i) => Number((i % 16) % 5 === 0)),
    featureCount: 4,
    labels: new Float32Array(queries * 4),
  });
  /** The log once for every query. */
  const repeated = (log: ClickLog, queries: number): ClickLog => {
    const [L, R, N, C] = [log.queries.length, log.list.length, log.docs.length, log.clicks.length];
    const spread = (length: number, value: (i: number, q: number) => number) =>
      Array.from({ length: length * queries }, (_, i) => value(i % length, Math.floor(i / length)));
    return {
      queries: Uint32Array.from(spread(L, (_, q) => q)),
      offsets: Uint32Array.from([0, ...spread(L, (l, q) => log.offsets[l + 1] + q * N)]),
      docs: Uint32Array.from(spread(N, (i, q) => log.docs[i] + 4 * q)),
      list: Uint32Array.from(spread(R, (r, q) => log.list[r] + q * L)),
      clickOffsets: Uint32Array.from([0, ...spread(R, (r, q) => log.clickOffsets[r + 1] + q * C)]),
      clicks: Uint8Array.from(spread(C, (i) => log.clicks[i])),
      count: Float64Array.from(spread(R, (r) => log.count[r])),
    };
  };
  const queries = 4;
  const input = (log: ClickLog): LearningInput => ({
    train: { querySet: querySet(queries), log: repeated(log, queries), knownBias: null },
    heldOut: null,
    randomised: null,
    production: null,
    highestGrade: 2,
    loss: listwiseSoftmax,
    training: { steps: 3000, batchLists: 'all', maximumGradientNorm: null, l2: 0, evaluateEvery: 100, patience: null, tolerance: 0 },
    rng: createRng('weights'),
    newScorer: () => linear(4),
    newOptimiser: (count) => optimisers.sgd.create({ learningRate: 2, momentum: 0.9 }, count),
  });
  const trusted: EstimatedBias = { source: 'given', examination: null, affine, of: () => examination };
  const positional: EstimatedBias = { source: 'given', examination: theta, of: () => examination };
  const expectNGamma = (weighting: Weighting, log: ClickLog, bias: EstimatedBias) => {
    const { train } = weighting(input(log), bias);
    expect([...train.sessions].every((n) => Math.abs(n - sessions) < 1e-3)).toBe(true);
    expect([...train.docs]).toEqual(Array.from({ length: queries * 4 }, (_, d) => d));
    train.weights.forEach((weight, d) => {
      expect(weight / sessions).toBeCloseTo(relevance[d % 4], 8);
    });
  };

  test('are n γ on expected counts, whatever shows the documents', () => {
    expectNGamma(weightings['policy-aware-ips'].create({ clip: 0 }), positionLog, positional);
    expectNGamma(weightings['policy-aware-affine'].create({ clip: 0 }), trustLog, trusted);
    expectNGamma(weightings['intervention-aware'].create({ clip: 0 }), positionLog, positional);
    expectNGamma(weightings['intervention-aware'].create({ clip: 'root-n' }), trustLog, trusted);
    expectNGamma(weightings['doubly-robust'].create({ clip: 0, folds: 2 }), trustLog, trusted);
  });

  test('affine takes root-n for τ, as its siblings do: 10/√N of the training sessions', () => {
    const few = { ...trustLog, count: trustLog.count.map((count) => (count * 900) / sessions / queries) }; // 900 sessions in all, so τ = 1/3
    const of = (clip: number | 'root-n') => weightings.affine.create({ clip })(input(few), trusted);
    const named = of('root-n');
    expect([...named.train.weights]).toEqual(Array.from(of(1 / 3).train.weights, (weight) => expect.closeTo(weight, 9)));
    expect(Math.abs(named.train.weights[2] - of(0).train.weights[2])).toBeGreaterThan(1);
    expect(named.clippedShare).toBe(of(1 / 3).clippedShare);
    const spread = (clip: number | 'root-n') => weightings.affine.spread({ clip })(input(few).train, trusted);
    expect(spread('root-n').effective).toBeCloseTo(spread(1 / 3).effective, 6);
    expect(spread('root-n').effective).toBeGreaterThan(spread(0).effective + 1);
  });

  test('the regression, fitted on other queries, is γ on expected counts; so is what doubly robust falls back on', () => {
    const { train } = weightings['direct-method'].create({ clip: 0.35, folds: 2 })(input(trustLog), trusted);
    train.weights.forEach((weight, d) => {
      expect(weight / sessions).toBeCloseTo(relevance[d % 4], 3);
    });
    const robust = weightings['doubly-robust'].create({ clip: 0.9, folds: 4 })(input(positionLog), positional);
    robust.train.weights.forEach((weight, d) => {
      expect(weight / sessions).toBeCloseTo(relevance[d % 4], 3);
    });
    expect(robust.clippedShare).toBe(1);
  });

  test('what is predicted for a query does not depend on its own clicks', () => {
    const one = input(trustLog);
    const predicted = (log: ClickLog) =>
      weightings['direct-method'].create({ clip: 0, folds: 4 })({ ...one, train: { ...one.train, log } }, trusted).train.weights;
    const { log } = one.train;
    const other = { ...log, clicks: log.clicks.map((click, i) => (i < trustLog.clicks.length ? 1 - click : click)) }; // of query 0
    const [before, after] = [predicted(log), predicted(other)];
    expect([...after.subarray(0, 4)]).toEqual([...before.subarray(0, 4)]);
    expect(Math.abs(after[4] - before[4]) / sessions).toBeGreaterThan(0.01);
  });

  test('what no session could see is in the lists only where a regression tells of it', () => {
    const log = exactLog([{ lists: [[[0, 1, 2], 1]], sessions }], affine, relevance);
    const docs = (weighting: Weighting) => [...weighting(input(log), trusted).train.docs].slice(0, 4);
    expect(docs(weightings['intervention-aware'].create({ clip: 0 }))).toEqual([0, 1, 2, 4]);
    expect(docs(weightings['doubly-robust'].create({ clip: 0, folds: 2 }))).toEqual([0, 1, 2, 3]);
  });

  test('weights can be negative', () => {
    const rare = { ...trustLog, clicks: trustLog.clicks.map((click, i) => (i < 3 ? 1 : click && i % 3 === 0 ? 1 : 0)) };
    const { train } = weightings['intervention-aware'].create({ clip: 0 })(input(rare), trusted);
    expect(Math.min(...train.weights)).toBeLessThan(0);
  });

  test('without trust bias there is no α to divide by', () => {
    expect(() => weightings['policy-aware-affine'].create({ clip: 0 })(input(positionLog), positional)).toThrow(
      /^policy-aware-affine needs a log drawn with trust bias.*use policy-aware-ips$/,
    );
  });
});

test('clip: root-n is 10/√N, at most 1', () => {
  expect([clipValue('root-n', 1e4), clipValue('root-n', 50), clipValue(0.3, 50)]).toEqual([0.1, 1, 0.3]);
});
