import { clickModels, clickProbabilities, logLikelihood, sampleCounts, sampleSession } from '../../click-models/index.ts';
import { UsageError } from '../../src/errors.ts';
import { createRng } from '../../src/random/rng.ts';
import { chiSquareZ } from '../src/random/goodness-of-fit.ts';
import { exampleLists, exampleModels, patternIndex, patternsOf } from './example-models.ts';

describe.each(exampleModels)('$title', ({ title, model }) => {
  const probabilitiesOf = (attraction: Float64Array) =>
    patternsOf(attraction.length).map((clicks) => Math.exp(logLikelihood(model, attraction, clicks)));

  describe.each(exampleLists.map((attraction) => [[...attraction], attraction] as const))('shown %j', (_, attraction) => {
    const patterns = patternsOf(attraction.length);
    const probabilities = probabilitiesOf(attraction);

    test('the likelihoods of all click patterns sum to 1', () => {
      expect(probabilities.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
    });

    test('the stated marginals are those of the walk, summed over all patterns', () => {
      const marginal = model.marginal(attraction);
      expect(marginal).toHaveLength(attraction.length);
      marginal.forEach((p, k) => {
        const summed = patterns.reduce((sum, clicks, i) => sum + clicks[k] * probabilities[i], 0);
        expect(Math.abs(p - summed)).toBeLessThan(1e-12);
      });
    });

    test('conditional probabilities are probabilities, and multiply to the likelihood', () => {
      patterns.forEach((clicks, i) => {
        const conditionals = clickProbabilities(model, attraction, clicks);
        expect(conditionals.every((p) => p >= 0 && p <= 1)).toBe(true); // after clicks that the model rules out, too
        const product = conditionals.reduce((sum, p, k) => sum * (clicks[k] === 1 ? p : 1 - p), 1);
        expect(product).toBeCloseTo(probabilities[i], 12);
      });
    });

    test('examination lies in [0, 1]; times attraction it is the marginal (not where trust adds clicks)', () => {
      const examination = model.examination(attraction);
      expect(examination.every((theta) => theta >= 0 && theta <= 1)).toBe(true);
      if (model.bias?.kind === 'affine') return;
      const marginal = model.marginal(attraction);
      examination.forEach((theta, k) => {
        expect(theta * attraction[k]).toBeCloseTo(marginal[k], 14);
      });
    });

    test('a bias stated for all lists gives the marginals of this one', () => {
      const { bias } = model;
      if (bias === null) return;
      model.marginal(attraction).forEach((p, k) => {
        const stated = bias.kind === 'affine' ? bias.alpha[k] * attraction[k] + bias.beta[k] : bias.examination[k] * attraction[k];
        expect(stated).toBeCloseTo(p, 14);
      });
    });

    test('sessions come with the stated pattern probabilities (chi-square, 20,000 sessions)', () => {
      const rng = createRng(`${title} sessions`);
      const clicks = new Uint8Array(attraction.length);
      const counts = new Float64Array(patterns.length);
      for (let s = 0; s < 20_000; s++) {
        sampleSession(model, attraction, rng, clicks);
        counts[patternIndex(clicks)]++;
      }
      expect(chiSquareZ(counts, probabilities)).toBeLessThan(4.5);
    });

    test('counted sessions come with them too, and few at a time (20,000 times 1; 4,000 times 5; once 20,000)', () => {
      const rng = createRng(`${title} counts`);
      for (const [times, n] of [
        [20_000, 1],
        [4_000, 5],
        [1, 20_000],
      ]) {
        const counts = new Float64Array(patterns.length);
        for (let t = 0; t < times; t++)
          sampleCounts(model, attraction, n, rng, (clicks, count) => {
            counts[patternIndex(clicks)] += count;
          });
        expect(chiSquareZ(counts, probabilities)).toBeLessThan(4.5);
      }
    });

    test.each([1e9, 1e15])('%d counted sessions: all there, each pattern once, frequencies within 5 standard errors', (n) => {
      const counts = new Float64Array(patterns.length);
      const visits = new Uint8Array(patterns.length);
      sampleCounts(model, attraction, n, createRng(`${title} ${n}`), (clicks, count) => {
        visits[patternIndex(clicks)]++;
        counts[patternIndex(clicks)] += count;
      });
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(n);
      expect(Math.max(...visits)).toBe(1);
      counts.forEach((count, i) => {
        expect(Math.abs(count / n - probabilities[i])).toBeLessThanOrEqual(
          5 * Math.sqrt((probabilities[i] * (1 - probabilities[i])) / n) + 1e-12,
        );
      });
    });
  });

  test('no sessions: nothing is visited', () => {
    sampleCounts(model, exampleLists[0], 0, createRng('none'), () => {
      throw new Error('visited');
    });
  });

  test('the registry knows the model by its name', () => {
    expect(Object.keys(clickModels)).toContain(model.name);
  });

  test('parameters cover every position, and are probabilities', () => {
    for (const values of Object.values(model.parameters)) {
      expect(values).toHaveLength(model.positions);
      expect(values.every((value) => value >= 0 && value <= 1)).toBe(true);
    }
  });

  test('a list longer than the parameters is refused, wherever it enters', () => {
    if (model.positions === Infinity) return;
    const long = new Float64Array(model.positions + 1).fill(0.5);
    const clicks = new Uint8Array(long.length);
    const message = new UsageError(
      `${model.name} has parameters for ${model.positions} positions, but a list shows ${long.length}; show fewer or give more`,
    );
    for (const call of [
      () => model.marginal(long),
      () => model.examination(long),
      () => logLikelihood(model, long, clicks),
      () => clickProbabilities(model, long, clicks),
      () => sampleCounts(model, long, 10, createRng('long'), () => {}),
    ])
      expect(call).toThrow(message);
  });

  test.each([
    [1.5, '1.5'],
    [-0.1, '-0.1'],
    [Number.NaN, 'NaN'],
  ])('an attraction of %d is refused', (value, text) => {
    const attraction = Float64Array.of(0.5, value);
    expect(() => model.marginal(attraction)).toThrow(`attraction at rank 2 must be in [0, 1], got ${text}`);
    expect(() => sampleCounts(model, attraction, 10, createRng('bad'), () => {})).toThrow(UsageError);
  });
});

test('as many clicks as documents', () => {
  const { model } = exampleModels[0];
  for (const call of [logLikelihood, clickProbabilities])
    expect(() => call(model, Float64Array.of(0.5, 0.5), Uint8Array.of(1))).toThrow('expected 2 clicks, one per shown document; got 1');
});

test('every registered model has an example here, and the key is its name', () => {
  const examples = new Set(exampleModels.map(({ model }) => model.name));
  expect([...examples].sort()).toEqual(Object.keys(clickModels).sort());
});
