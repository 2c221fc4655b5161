import {
  clickMarginals,
  clickModel,
  clickModels,
  examinationMarginals,
  fitClickModel,
  fitOptions,
  trustBias,
} from '../../click-models/index.ts';
import { decodeOptions } from '../../src/decode-options.ts';
import { safeParse } from '../../src/schema.ts';
import { modelOf, simulatedLog } from './simulated-log.ts';

const attraction = Float64Array.of(0.3, 0.8, 0.5);

test('P(C_k = 1) = α_k γ_k + β_k with the α and β given', () => {
  const model = trustBias.create({ affine: { alpha: [0.35, 0.53, 0.2], beta: [0.65, 0.26, 0] } }, 3);
  const expected = [0.35 * 0.3 + 0.65, 0.53 * 0.8 + 0.26, 0.2 * 0.5];
  clickMarginals(model, attraction).forEach((p, k) => {
    expect(p).toBeCloseTo(expected[k], 15);
  });
  const examined = [0.35 + 0.65, 0.53 + 0.26, 0.2]; // the smallest θ that allows them
  examinationMarginals(model, attraction).forEach((theta, k) => {
    expect(theta).toBeCloseTo(examined[k], 15);
  });
  expect(model.bias?.kind).toBe('affine');
});

test('by default θ_r (ε⁺_r γ + ε⁻_r (1 − γ)) with θ = .35/r + .65/(1 + .05(r − 1)), ε⁺ = 1/(1 + .005(r − 1)), ε⁻ = .65/r', () => {
  expect(safeParse(clickModels['trust-bias'].options, {}).output).toEqual({ affine: null });
  const model = trustBias.create({ affine: null }, 3);
  const expected = [
    1 * (1 * 0.3 + 0.65 * 0.7),
    (0.35 / 2 + 0.65 / 1.05) * ((1 / 1.005) * 0.8 + 0.325 * 0.2),
    (0.35 / 3 + 0.65 / 1.1) * ((1 / 1.01) * 0.5 + (0.65 / 3) * 0.5),
  ];
  clickMarginals(model, attraction).forEach((p, k) => {
    expect(p).toBeCloseTo(expected[k], 15);
  });
  expect(examinationMarginals(model, attraction)[1]).toBeCloseTo(0.35 / 2 + 0.65 / 1.05, 15);
});

test('an irrelevant document is clicked too, the less the lower it stands', () => {
  const marginal = clickMarginals(trustBias.create({ affine: null }, 10), new Float64Array(10));
  expect(marginal[0]).toBeCloseTo(0.65, 15);
  for (let k = 1; k < 10; k++) expect(marginal[k]).toBeLessThan(marginal[k - 1]);
});

test.each([
  [{ affine: { alpha: [0.5], beta: [0.1, 0.1] } }, 'alpha gives 1 values for 2 positions; give one per position'],
  [{ affine: { alpha: [0.5, 0.5], beta: [0.1] } }, 'beta gives 1 values for 2 positions; give one per position'],
  [
    { affine: { alpha: [0.5, 0.75], beta: [0.1, 0.5] } },
    'alpha[1] + beta[1] is the click probability of a relevant document: at most 1, got 1.25',
  ],
])('%j is refused', (bad, message) => {
  expect(() => trustBias.create(bad, 2)).toThrow(message);
});

test.each([[{ affine: { alpha: [1.2], beta: [0] } }], [{ affine: { alpha: [0.5] } }], [{ alpha: [0.5] }]])(
  'options %j are refused',
  (bad) => {
    expect(safeParse(clickModels['trust-bias'].options, bad).success).toBe(false);
  },
);

test.each([0, 1])('shift %i of tables leaves every click as likely', (which) => {
  const model = trustBias.create({ affine: { alpha: [0.35, 0.53, 0.2], beta: [0.5, 0.26, 0.05] } }, 3);
  const shift = (model.definition.shifts ?? [])[which];
  for (const c of [0.9, 1.05]) {
    const values = { attraction, ...model.parameters };
    const moved = Object.fromEntries(shift.of.map((name) => [name, new Float64Array(values[name as keyof typeof values].length)]));
    shift.move(values, c, moved);
    expect(moved.attraction[0]).not.toBeCloseTo(attraction[0], 3);
    const other = clickModel(model.definition, { ...model.parameters, ...moved }, 3);
    const expected = clickMarginals(model, attraction);
    for (const [k, p] of clickMarginals(other, moved.attraction).entries()) expect(p).toBeCloseTo(expected[k], 14);
  }
});

test.each(['learnt', 4] as const)('prior %s: a fit of few documents and many sessions converges along what no log tells', (prior) => {
  const users = modelOf('trust-bias', 10);
  const { fit } = simulatedLog(users, { sessions: 1e6, positions: 10, queries: 20, lists: 8 });
  const { converged, convergence } = fitClickModel(users, fit, decodeOptions('fit', fitOptions, { prior }));
  expect([converged, convergence.length < 400]).toEqual([true, true]); // by expectation–maximisation alone thousands
});

test('a fit has ε⁺ = 1, foretells clicks as well as the truth, and does not wander where all are as likely', () => {
  const users = modelOf('trust-bias', 6);
  const { fit, truth } = simulatedLog(users, { sessions: 1e5, positions: 6, queries: 100 });
  const { model, documents, converged, convergence } = fitClickModel(users, fit, decodeOptions('fit', fitOptions, { prior: 5 }));
  expect([converged, ...model.parameters.relevant]).toEqual([true, 1, 1, 1, 1, 1, 1]);
  expect(convergence.length).toBeLessThan(300); // of three numbers a rank for two it took thousands
  const foretold = (one: typeof users, attraction: Float64Array) => {
    let [off, shown] = [0, 0];
    for (let row = 0; row < fit.log.list.length; row++) {
      const l = fit.log.list[row];
      const list = Float64Array.from(fit.log.docs.subarray(fit.log.offsets[l], fit.log.offsets[l + 1]), (doc) => attraction[doc]);
      for (const [k, p] of clickMarginals(one, list).entries()) {
        const click = fit.log.clicks[fit.log.clickOffsets[row] + k];
        off -= fit.log.count[row] * Math.log(click === 1 ? p : 1 - p);
        shown += fit.log.count[row];
      }
    }
    return off / shown;
  };
  expect(foretold(model, documents.attraction)).toBeLessThan(foretold(users, truth.attraction));
});
