import {
  type ClickModel,
  clickMarginals,
  clickModels,
  clickProbabilities,
  examinationGivenClicks,
  examinationMarginals,
  logLikelihood,
  sampleCounts,
  sampleSession,
} from '../../click-models/index.ts';
import { UsageError } from '../../src/errors.ts';
import { createRng } from '../../src/random/rng.ts';
import { chiSquareZ } from '../src/random/goodness-of-fit.ts';
import { pathsOf } from './enumerate.ts';
import { type ExampleList, exampleLists, exampleModels, patternIndex, patternsOf } from './example-models.ts';
import { countsOf, type ExampleRow, type Values } from './expected-counts.ts';

/** Whether a click is a document that was examined and attracts, and nothing else. */
const clicksWhatAttracts = ({ definition, documents }: ClickModel) =>
  documents.includes('attraction') && Object.values(definition.states).every(({ clicked }) => clicked === 'attraction' || clicked === 0);

/** Values of all tables: those by document and rank at document k, rank k. */
function placed({ definition, parameters }: ClickModel, list: ExampleList): Values {
  const K = list.attraction.length;
  const spread = (values: Float64Array) => Float64Array.from({ length: K * K }, (_, i) => (i % (K + 1) === 0 ? values[i / (K + 1)] : 0));
  const byRank = definition.tables.attraction?.by === 'documentRank';
  return { ...parameters, ...list, ...(byRank ? { attraction: spread(list.attraction) } : {}) };
}

describe.each(exampleModels)('$title', ({ title, model }) => {
  const probabilitiesOf = (list: ExampleList) =>
    patternsOf(list.attraction.length).map((clicks) => Math.exp(logLikelihood(model, list, clicks)));

  describe.each(exampleLists.map((list) => [[...list.attraction], list] as const))('shown %j', (_, list) => {
    const { attraction } = list;
    const patterns = patternsOf(attraction.length);
    const probabilities = probabilitiesOf(list);
    const values = placed(model, list);
    const documents = [...attraction.keys()];
    const paths = pathsOf(model.definition, values, documents, 0, documents.length);
    const pathsWith: (typeof paths)[] = patterns.map(() => []);
    for (const path of paths) pathsWith[patternIndex(path.clicks)].push(path);

    test('pattern by pattern the likelihood is that of all paths of the user together', () => {
      const sums = new Float64Array(patterns.length);
      for (const { clicks, probability } of paths) sums[patternIndex(clicks)] += probability;
      probabilities.forEach((p, i) => {
        expect(Math.abs(p - sums[i])).toBeLessThan(1e-14);
      });
    });

    test('examination given the clicks above, and without them, is that of all paths', () => {
      const overall = examinationMarginals(model, list);
      attraction.forEach((__, k) => {
        const seen = paths.reduce((sum, path) => sum + path.probability * path.examined[k], 0);
        expect(Math.abs(overall[k] - seen)).toBeLessThan(1e-14);
        for (const clicks of patterns.filter((pattern) => pattern.subarray(k).every((click) => click === 0))) {
          const same = paths.filter((path) => path.clicks.slice(0, k).every((click, i) => click === clicks[i]));
          const all = same.reduce((sum, path) => sum + path.probability, 0);
          const examined = same.reduce((sum, path) => sum + path.probability * path.examined[k], 0);
          if (all > 1e-12) expect(examinationGivenClicks(model, list, clicks)[k]).toBeCloseTo(examined / all, 11);
        }
      });
    });

    test('what is expected to have been drawn, given the clicks, is what the paths with those clicks drew', () => {
      patterns.forEach((clicks, i) => {
        if (probabilities[i] === 0) return;
        const { counts, logLikelihood: stated } = countsOf(model.definition, values, [{ documents, clicks, count: 3 }]);
        expect(stated).toBeCloseTo(3 * Math.log(probabilities[i]), 11);
        for (const [table, got] of Object.entries(counts)) {
          const expected = new Float64Array(got.length);
          for (const { probability, draws } of pathsWith[i])
            for (const draw of draws)
              if (draw.table === table && !model.definition.tables[table].fixed)
                expected[2 * draw.place + (draw.happened ? 0 : 1)] += (3 * probability) / probabilities[i];
          got.forEach((value, at) => {
            expect(Math.abs(value - expected[at])).toBeLessThan(1e-12 * Math.max(1, expected[at]));
          });
        }
      });
    });

    test('the likelihoods of all click patterns sum to 1', () => {
      expect(probabilities.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
    });

    test('the stated marginals are those of the walk, summed over all patterns', () => {
      const marginal = clickMarginals(model, list);
      expect(marginal).toHaveLength(attraction.length);
      marginal.forEach((p, k) => {
        const summed = patterns.reduce((sum, clicks, i) => sum + clicks[k] * probabilities[i], 0);
        expect(Math.abs(p - summed)).toBeLessThan(1e-12);
      });
    });

    test('conditional probabilities are probabilities, and multiply to the likelihood', () => {
      patterns.forEach((clicks, i) => {
        const conditionals = clickProbabilities(model, list, clicks);
        expect(conditionals.every((p) => p >= 0 && p <= 1)).toBe(true); // after clicks that the model rules out, too
        const product = conditionals.reduce((sum, p, k) => sum * (clicks[k] === 1 ? p : 1 - p), 1);
        expect(product).toBeCloseTo(probabilities[i], 12);
      });
    });

    test('examination lies in [0, 1]; times attraction it is the marginal (not where trust adds clicks)', () => {
      const examination = examinationMarginals(model, list);
      expect(examination.every((theta) => theta >= 0 && theta <= 1)).toBe(true);
      if (!clicksWhatAttracts(model)) return;
      const marginal = clickMarginals(model, list);
      examination.forEach((theta, k) => {
        expect(theta * attraction[k]).toBeCloseTo(marginal[k], 14);
      });
    });

    test('a bias stated for all lists gives the marginals of this one', () => {
      const { bias } = model;
      if (bias === null) return;
      clickMarginals(model, list).forEach((p, k) => {
        const stated = bias.kind === 'affine' ? bias.alpha[k] * attraction[k] + bias.beta[k] : bias.examination[k] * attraction[k];
        expect(stated).toBeCloseTo(p, 14);
      });
    });

    test('sessions come with the stated pattern probabilities (chi-square, 20,000 sessions)', () => {
      const rng = createRng(`${title} sessions`);
      const clicks = new Uint8Array(attraction.length);
      const counts = new Float64Array(patterns.length);
      for (let s = 0; s < 20_000; s++) {
        sampleSession(model, list, rng, clicks);
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
          sampleCounts(model, list, n, rng, (clicks, count) => {
            counts[patternIndex(clicks)] += count;
          });
        expect(chiSquareZ(counts, probabilities)).toBeLessThan(4.5);
      }
    });

    test.each([1e9, 1e15])('%d counted sessions: all there, each pattern once, frequencies within 5 standard errors', (n) => {
      const counts = new Float64Array(patterns.length);
      const visits = new Uint8Array(patterns.length);
      sampleCounts(model, list, n, createRng(`${title} ${n}`), (clicks, count) => {
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

  test('parameters are probabilities', () => {
    for (const values of Object.values(model.parameters)) {
      expect(values.every((value) => value >= 0 && value <= 1)).toBe(true);
    }
  });

  test('a list longer than the parameters is refused, wherever it enters', () => {
    if (model.positions === Infinity) return;
    const attraction = new Float64Array(model.positions + 1).fill(0.5);
    const long = { attraction, satisfaction: attraction };
    const clicks = new Uint8Array(attraction.length);
    const message = new UsageError(
      `${model.name} has parameters for ${model.positions} positions, but a list shows ${attraction.length}; show fewer or give more`,
    );
    for (const call of [
      () => clickMarginals(model, long),
      () => examinationMarginals(model, long),
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
    expect(() => clickMarginals(model, { attraction, satisfaction: attraction })).toThrow(
      `attraction at rank 2 must be in [0, 1], got ${text}`,
    );
    expect(() => sampleCounts(model, { attraction, satisfaction: attraction }, 10, createRng('bad'), () => {})).toThrow(UsageError);
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

describe.each(exampleModels)('$title, fitted', ({ title, model }) => {
  test('expected draws are the gradient of the log-likelihood: ∂ℓ/∂ logit p = happened − p (happened + not), by central differences', () => {
    const rng = createRng(`${title} gradient`);
    const inner = (values: Float64Array) => values.map(() => 0.1 + 0.8 * rng.double());
    const K = 6;
    const of = (name: string) => (model.definition.tables[name].by === 'documentRank' ? 4 * K : 4);
    const values: Values = Object.fromEntries(
      Object.entries(model.definition.tables).map(([name, { fixed }]) => {
        const own = model.parameters[name] ?? new Float64Array(of(name));
        return [name, fixed ? own : inner(own)];
      }),
    );
    const possible = (documents: readonly number[], ...clicks: readonly (readonly number[])[]) =>
      clicks
        .map((row) => ({ documents, clicks: Uint8Array.from(row), count: 1.5 }))
        .find((row) => Number.isFinite(countsOf(model.definition, values, [row], K).logLikelihood)) as ExampleRow;
    const rows = [
      { documents: [0, 1, 2, 3], clicks: Uint8Array.of(0, 1, 0, 0), count: 2 },
      { documents: [3, 0, 2], clicks: Uint8Array.of(0, 0, 0), count: 1 },
      possible([2, 1, 0, 3, 1], [1, 0, 0, 0, 1], [0, 0, 0, 0, 1], [1, 0, 1, 0, 1], [0, 0, 1, 0, 1], [1, 1, 0, 1, 1]),
    ];
    const { counts } = countsOf(model.definition, values, rows, K);
    for (const [name, table] of Object.entries(values)) {
      if (model.definition.tables[name].fixed) continue;
      table.forEach((p, i) => {
        const at = (logit: number) => {
          const moved = { ...values, [name]: table.with(i, 1 / (1 + Math.exp(-logit))) };
          return countsOf(model.definition, moved, rows, K).logLikelihood;
        };
        const [logit, h] = [Math.log(p / (1 - p)), 1e-4];
        const [happened, not] = [counts[name][2 * i], counts[name][2 * i + 1]];
        expect(happened - p * (happened + not)).toBeCloseTo((at(logit + h) - at(logit - h)) / (2 * h), 6);
      });
    }
  });
});
