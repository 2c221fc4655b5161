import { biasEstimators, type EstimatedBias, type LearningInput } from '../../../estimators/index.ts';
import { decodeOptions } from '../../../src/decode-options.ts';
import { exactClicks, inputOf, plainSteps, type World, worstRatio } from './world.ts';

// Clicks without noise: every estimator must find the bias of its own model to the last digits, in lists shown at random and in lists ordered by relevance.
const sigma = (x: number) => 1 / (1 + Math.exp(-x));
const theta = [0.9, 0.5, 0.3, 0.15];
const relative = theta.map((value) => value / theta[0]);
const [alpha, beta] = [
  [0.6, 0.4, 0.3, 0.2],
  [0.3, 0.15, 0.1, 0.05],
];
const positionBased = (k: number, y: number) => theta[k] * sigma(y);
const logLinear = (k: number, y: number) => theta[k] * 0.2 * Math.exp(y); // relevance ratios that a linear ranker can state by a softmax
const additive = (k: number, y: number) => sigma(Math.log(theta[k]) + y);
const trusting = (k: number, y: number) => alpha[k] * sigma(y) + beta[k];

type Name = keyof typeof biasEstimators;

function estimate(name: Name, options: object, input: LearningInput): EstimatedBias {
  const { create, options: schema } = biasEstimators[name];
  return create(decodeOptions(name, schema, options) as never)(input as never);
}

const inAnyOrder = (click: World['click'], more: Partial<World> = {}) =>
  [0, 2].map((production) => exactClicks({ click, production, ...more }));

test.each([
  ['dual-learning', {}, logLinear],
  ['regression-em', {}, positionBased],
  ['regression-em', { form: 'gradient' }, positionBased],
  ['regression-em', { relevance: 'tabular' }, positionBased],
  ['regression-em', { relevance: 'tabular', form: 'gradient' }, positionBased],
] as const)('%s %j: θ_k/θ_1 of position-based clicks', (name, options, click) => {
  for (const logged of inAnyOrder(click)) {
    const { examination, of } = estimate(name, options, inputOf(logged));
    expect(worstRatio(examination as Float64Array, relative)).toBeLessThan(0.01);
    const bias = of(logged);
    expect(worstRatio(bias.examination, relative)).toBeLessThan(0.01);
  }
});

test('regression EM of a first rank that is clicked more than a θ of 1 explains goes on to the end', () => {
  const [logged] = inAnyOrder((k) => [0.9, 0.2, 0.2, 0.2][k]);
  const { examination, record } = estimate('regression-em', {}, inputOf(logged, { steps: 300 }, { newOptimiser: plainSteps }));
  expect(record?.status.state).toBe('step-limit');
  expect([...(examination as Float64Array)].every((ratio) => ratio > 0 && ratio <= 1)).toBe(true);
});

test('in batches of lists the same comes out, but for the noise of the steps', () => {
  const [logged] = inAnyOrder(positionBased);
  const { examination } = estimate('regression-em', {}, inputOf(logged, { batchLists: 20 }));
  expect(worstRatio(examination as Float64Array, relative)).toBeLessThan(0.05);
});

test('two-tower: log-odds of the bias; as propensity the click probability of a document over that at the best rank', () => {
  for (const logged of inAnyOrder(additive)) {
    const { logits, of } = estimate('two-tower', {}, inputOf(logged));
    theta.forEach((value, k) => {
      expect(logits?.[k]).toBeCloseTo(Math.log(value / theta[0]), 3);
    });
    const { log } = logged;
    const { kind, examination } = of(logged);
    expect(kind).toBe('contextual');
    examination.forEach((propensity, i) => {
      const y = logged.logits[log.docs[i]];
      expect(propensity).toBeCloseTo(additive(i % 4, y) / additive(0, y), 3);
    });
  }
});

test('two-tower is another model than the position-based one, and the two agree where clicks are rare', () => {
  const found = (scale: number) => {
    const [logged] = inAnyOrder((k, y) => scale * theta[k] * Math.exp(y));
    const { logits } = estimate('two-tower', {}, inputOf(logged));
    return worstRatio(
      Float64Array.from(logits as Float64Array, (value) => Math.exp(value)),
      relative,
    );
  };
  expect(found(0.2)).toBeGreaterThan(0.1);
  expect(found(0.001)).toBeLessThan(0.01);
});

describe('two-tower under logging policies, plain and weighted by them (arXiv 2506.20501), of clicks without noise', () => {
  const policies = { good: 1.5, uniform: 0, reversed: -1.5 } as const;
  const bent = (x: ArrayLike<number>) => x[0] + 3 * x[1] ** 2 - 2; // no line
  /** Largest error of log θ_k/θ_1, plain and weighted. */
  const errors = (policy: keyof typeof policies, relevance?: World['relevance']): readonly [number, number] => {
    const logged = exactClicks({ click: additive, production: policies[policy], lists: 40, ...(relevance && { relevance }) });
    const error = (options: object) => {
      const { logits } = estimate('two-tower', options, inputOf(logged));
      return Math.max(...theta.map((value, k) => Math.abs((logits?.[k] as number) - Math.log(value / theta[0]))));
    };
    return [error({}), error({ policyWeights: true, policyClip: 0 })];
  };

  test.each(['good', 'uniform', 'reversed'] as const)(
    'a ranker that is right: no %s policy leads θ astray, and weights take nothing away',
    (policy) => {
      for (const error of errors(policy)) expect(error).toBeLessThan(0.01);
    },
  );

  test('one that is wrong: lists in the order of relevance lead θ astray, and weights bring nearly all of it back', () => {
    const [plain, weighted] = errors('good', bent);
    expect(plain).toBeGreaterThan(0.5);
    expect(weighted).toBeLessThan(plain / 4);
  });

  test('one that is wrong: lists the other way round lead it as far, and weights bring back about half', () => {
    const [plain, weighted] = errors('reversed', bent);
    expect(plain).toBeGreaterThan(0.5);
    expect(weighted).toBeLessThan(0.6 * plain);
    expect(weighted).toBeGreaterThan(plain / 4);
  });

  test('one that is wrong: lists in random order mislead it little, and weights that are alike change little', () => {
    const [plain, weighted] = errors('uniform', bent);
    expect(plain).toBeLessThan(0.3);
    expect(Math.abs(weighted - plain)).toBeLessThan(0.1);
  });
});

test('dropout of the bias tower shrinks the bias', () => {
  const [logged] = inAnyOrder(additive);
  const { logits } = estimate('two-tower', { dropout: 0.5 }, inputOf(logged));
  for (const k of [1, 2, 3]) {
    const [true_, shrunk] = [Math.log(theta[k] / theta[0]), logits?.[k] as number];
    expect(shrunk).toBeLessThan(0.1 * true_);
    expect(shrunk).toBeGreaterThan(0.9 * true_);
  }
});

/** What γ → (γ − b)/a leaves as it is. */
const identified = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a, (value, k) => [value / a[0], a[0] * (b[k] / value - b[0] / a[0])]);

test.each(['tabular', 'features'])('trust bias by %s: α and β up to the scale of relevance', (relevance) => {
  const [logged] = inAnyOrder(trusting);
  const { affine, examination, of } = estimate('trust-bias', { relevance }, inputOf(logged, { steps: 3000 }));
  const found = identified(affine?.alpha ?? [], affine?.beta ?? []);
  identified(alpha, beta).forEach(([ratio, difference], k) => {
    expect(Math.abs(found[k][0] - ratio)).toBeLessThan(0.01);
    expect(Math.abs(found[k][1] - difference)).toBeLessThan(0.01);
  });
  expect(examination).toBeNull();
  expect(() => of(logged)).toThrow('use a weighting that corrects it, such as affine');
});

test('trust bias: what is corrected by the estimate is relevance but for its scale, at every rank alike', () => {
  const [, logged] = inAnyOrder(trusting);
  const { affine } = estimate('trust-bias', {}, inputOf(logged));
  const corrected = (k: number, gamma: number) => (alpha[k] * gamma + beta[k] - (affine?.beta[k] as number)) / (affine?.alpha[k] as number);
  for (const gamma of [0.1, 0.5, 0.9]) for (const k of [1, 2, 3]) expect(corrected(k, gamma)).toBeCloseTo(corrected(0, gamma), 2);
  expect(Math.abs(corrected(0, 0.5) - 0.5)).toBeGreaterThan(0.01); // the level is not told
});

describe('t⁺ of pairwise debiasing', () => {
  const found = (p: number, click: World['click'], more: Partial<World> = {}) =>
    estimate('pairwise-debiasing', { p }, inputOf(exactClicks({ click, lists: 30, ...more }), { steps: 500 })).examination as Float64Array;

  test('comes to θ for p = 0 where every rank shows the same relevance', () => {
    expect(
      worstRatio(
        found(0, (k) => theta[k]),
        relative,
      ),
    ).toBeLessThan(1e-4);
    expect(worstRatio(found(0, positionBased), relative)).toBeLessThan(0.03); // 450 lists in random order: nearly the same
  });

  test('comes to about the root of θ for p = 1', () => {
    const root = relative.map(Math.sqrt);
    const t = found(1, (k) => theta[k]);
    expect(worstRatio(t, root)).toBeLessThan(0.15);
    expect(worstRatio(t, relative)).toBeGreaterThan(1);
  });

  test('does not come to θ where production orders by relevance that the ranker cannot say', () => {
    const error = (production: number) =>
      worstRatio(found(0, positionBased, { relevance: (x) => 4 * Math.sign(x[0] * x[1]), production }), relative);
    expect(error(0)).toBeLessThan(0.05);
    expect(error(2)).toBeGreaterThan(0.2);
  });
});

test.each([
  ['dual-learning', {}],
  ['regression-em', {}],
  ['regression-em', { relevance: 'tabular' }],
  ['pairwise-debiasing', {}],
  ['trust-bias', {}],
  ['trust-bias', { relevance: 'features' }],
  ['two-tower', { dropout: 0.3, gradientReversal: 0.1, policyWeights: true }],
] as const)('%s %j: under a second of a log of a billion sessions', (name, options) => {
  const input = inputOf(exactClicks({ click: positionBased, queries: 50 }));
  const started = process.cpuUsage();
  const { examination, affine } = estimate(name, options, input);
  const { user, system } = process.cpuUsage(started);
  expect([...(examination ?? affine?.alpha ?? [])].every((value) => value > 0)).toBe(true);
  expect((user + system) / 1e6).toBeLessThan(1);
});
