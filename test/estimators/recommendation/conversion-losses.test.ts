import {
  type ConversionLoss,
  type ConversionTerm,
  clickSpaceLoss,
  doublyRobustLoss,
  entireSpaceLoss,
  imputationLoss,
  inversePropensityLoss,
} from '../../../estimators/recommendation/conversions/index.ts';

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
const run = (
  loss: ConversionLoss,
  clicked: number,
  converted: number,
  click: number,
  conversion: number,
  imputation: number,
): ConversionTerm => {
  const term = { value: 0, click: 0, conversion: 0, imputation: 0 };
  loss({ clicked, converted, click, conversion, imputation }, 1, term);
  return term;
};
const numeric = (f: (x: number) => number, x: number) => (f(x + 1e-5) - f(x - 1e-5)) / 2e-5;
const cases = [
  [0, 0, -1.2, 0.4, 0.3],
  [1, 0, 0.5, -0.8, 1.1],
  [1, 1, -2, 1.5, -0.6],
] as const;

/** Which scores a loss moves; at the others the gradient is stopped. */
const moved: [string, ConversionLoss, (keyof ConversionTerm)[]][] = [
  ['click space', clickSpaceLoss, ['conversion']],
  ['entire space', entireSpaceLoss, ['click', 'conversion']],
  ['inverse propensity', inversePropensityLoss(0.01), ['conversion']],
  ['doubly robust', doublyRobustLoss(0.01), ['conversion']],
  ['imputation', imputationLoss(0.01), ['imputation']],
];

test.each(moved)('%s: the derivatives are those of the value where the gradient flows, 0 where it is stopped', (_, loss, flowing) => {
  for (const [clicked, converted, a, b, t] of cases) {
    const term = run(loss, clicked, converted, a, b, t);
    const slopes = {
      click: numeric((x) => run(loss, clicked, converted, x, b, t).value, a),
      conversion: numeric((x) => run(loss, clicked, converted, a, x, t).value, b),
      imputation: numeric((x) => run(loss, clicked, converted, a, b, x).value, t),
    };
    for (const name of ['click', 'conversion', 'imputation'] as const)
      expect(term[name]).toBeCloseTo(flowing.includes(name) ? slopes[name] : 0, 5);
  }
});

test('a weight multiplies value and derivatives, and terms add up', () => {
  const term = { value: 1, click: 1, conversion: 1, imputation: 1 };
  entireSpaceLoss({ clicked: 1, converted: 0, click: 0.2, conversion: 0.1, imputation: 0 }, 3, term);
  const single = run(entireSpaceLoss, 1, 0, 0.2, 0.1, 0);
  expect(term.value).toBeCloseTo(1 + 3 * single.value, 12);
  expect(term.click).toBeCloseTo(1 + 3 * single.click, 12);
  expect(term.imputation).toBe(1);
});

/** Expectation over clicks and conversions of one impression with true rates. */
const expectation = (loss: ConversionLoss, ctr: number, cvr: number, a: number, b: number, t: number) =>
  [0, 1]
    .flatMap((o) => [0, 1].map((r) => (o === 1 ? ctr : 1 - ctr) * (r === 1 ? cvr : 1 - cvr) * run(loss, o, o * r, a, b, t).value))
    .reduce((x, y) => x + y, 0);
const cross = (b: number, target: number) => -target * Math.log(sigmoid(b)) - (1 - target) * Math.log(1 - sigmoid(b));
const logit = (p: number) => Math.log(p / (1 - p));

test('IPS is unbiased for the conversion loss over all impressions where pCTR is exact; click space is not', () => {
  const [ctr, cvr, b] = [0.15, 0.4, -0.9];
  expect(expectation(inversePropensityLoss(0.01), ctr, cvr, logit(ctr), b, 0)).toBeCloseTo(cross(b, cvr), 10);
  expect(expectation(clickSpaceLoss, ctr, cvr, logit(ctr), b, 0)).toBeCloseTo(ctr * cross(b, cvr), 10);
  expect(Math.abs(expectation(inversePropensityLoss(0.01), ctr, cvr, logit(0.5), b, 0) - cross(b, cvr))).toBeGreaterThan(0.1);
});

test('DR is unbiased where pCTR or the imputed conversion is exact, and not otherwise', () => {
  const [ctr, cvr, b] = [0.15, 0.4, -0.9];
  const loss = doublyRobustLoss(0.01);
  expect(expectation(loss, ctr, cvr, logit(ctr), b, 1.3)).toBeCloseTo(cross(b, cvr), 10);
  expect(expectation(loss, ctr, cvr, logit(0.5), b, logit(cvr))).toBeCloseTo(cross(b, cvr), 10);
  expect(Math.abs(expectation(loss, ctr, cvr, logit(0.5), b, 1.3) - cross(b, cvr))).toBeGreaterThan(0.05);
});

test('the entire-space loss is least at the true rates', () => {
  const [ctr, cvr] = [0.2, 0.35];
  const at = (a: number, b: number) => expectation(entireSpaceLoss, ctr, cvr, a, b, 0);
  for (const shift of [-0.3, 0.3]) {
    expect(at(logit(ctr) + shift, logit(cvr))).toBeGreaterThan(at(logit(ctr), logit(cvr)));
    expect(at(logit(ctr), logit(cvr) + shift)).toBeGreaterThan(at(logit(ctr), logit(cvr)));
  }
});
