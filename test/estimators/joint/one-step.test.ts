import { dualLearning, type Learn, type LoggedClicks, pairwiseDebiasing, regressionEm } from '../../../estimators/index.ts';
import { ClickLogBuilder } from '../../../src/data/click-log-builder.ts';
import { inputOf, plainSteps, threeDocuments } from './world.ts';

// One list of three documents, a feature for each, 100 sessions; the optimiser is plain gradient descent with rate 0.1, ten times that for the bias.
// Everything expected here is arithmetic from the papers' formulas and calls nothing of ours.
const n = 100;
const clicks = [40, 12, 6];
const e = Math.exp;

function logged(): LoggedClicks {
  const builder = new ClickLogBuilder();
  const list = builder.addList(0, [0, 1, 2]);
  builder.addRow(list, [1, 1, 0], 10);
  builder.addRow(list, [1, 0, 1], 5);
  builder.addRow(list, [1, 0, 0], 25);
  builder.addRow(list, [0, 1, 0], 2);
  builder.addRow(list, [0, 0, 1], 1);
  builder.addRow(list, [0, 0, 0], 57);
  return { querySet: threeDocuments, log: builder.build(), knownBias: null };
}

function after(steps: number, learn: Learn) {
  const { scorer, examination } = learn(inputOf(logged(), { steps, evaluateEvery: 1 }, { newOptimiser: plainSteps }));
  return { weights: Array.from(scorer?.parameters ?? []).slice(0, 3), examination: Array.from(examination ?? []) };
}

const expectNear = (found: readonly number[], expected: readonly number[]) => {
  expect(found).toHaveLength(expected.length);
  expected.forEach((value, i) => {
    expect(found[i]).toBeCloseTo(value, 5);
  });
};

test('two steps of dual learning are those of Ai et al. (2018), algorithm 1', () => {
  // step 1: f = g = 0, so all weights are 1, softmax 1/3, and both losses have the slope 1/3 − c/58
  const f = clicks.map((c) => -0.1 * (1 / 3 - c / 58));
  const g = clicks.map((c) => -1 * (1 / 3 - c / 58));
  // step 2: ranking weights c e^{g_1 − g_k}, examination weights c e^{f_1 − f_k}; slope softmax − weight/Σ weights
  const step = (own: number[], other: number[], rate: number) => {
    const weights = clicks.map((c, k) => c * e(other[0] - other[k]));
    const mass = weights[0] + weights[1] + weights[2];
    const partition = e(own[0]) + e(own[1]) + e(own[2]);
    return own.map((value, k) => value - rate * (e(value) / partition - weights[k] / mass));
  };
  const [f2, g2] = [step(f, g, 0.1), step(g, f, 1)];
  const { weights, examination } = after(
    2,
    dualLearning.create({ relativePropensityRate: 10, maximumWeight: null, driftFactor: 2, maximumRatio: 1e9 }),
  );
  // the scorer's b moves with the sum of the slopes, which is 0
  expectNear(weights, f2);
  expectNear(
    examination,
    g2.map((value) => e(value - g2[0])),
  );
});

/** Posteriors where there is no click, Wang et al. (2018), eq. 3: of examination and of relevance. */
const examined = (theta: number, gamma: number) => (theta * (1 - gamma)) / (1 - theta * gamma);
const relevant = (theta: number, gamma: number) => ((1 - theta) * gamma) / (1 - theta * gamma);
const sigma = (x: number) => 1 / (1 + e(-x));

test('two steps of regression EM: θ is the mean posterior of examination, the ranker goes down the cross-entropy to that of relevance', () => {
  let theta = [0.9, 0.9, 0.9];
  let [w, b] = [[0, 0, 0], 0];
  for (let step = 0; step < 2; step++) {
    const gamma = w.map((value) => sigma(value + b));
    const slopes = clicks.map((c, k) => gamma[k] - (c + (n - c) * relevant(theta[k], gamma[k])) / n); // σ − soft label, per session
    theta = clicks.map((c, k) => (c + (n - c) * examined(theta[k], gamma[k])) / n);
    w = w.map((value, k) => value - 0.1 * slopes[k]);
    b -= 0.1 * (slopes[0] + slopes[1] + slopes[2]);
  }
  const { weights, examination } = after(2, regressionEm.create({ form: 'em', relativePropensityRate: 10 }));
  expectNear(weights, w);
  expectNear(
    examination,
    theta.map((value) => value / theta[0]),
  );
});

test('one step of its gradient form: log-odds of θ go down the cross-entropy to the posterior', () => {
  const x = clicks.map((c) => Math.log(9) - 1 * (0.9 - (c + (n - c) * examined(0.9, 0.5)) / n));
  const { examination } = after(1, regressionEm.create({ form: 'gradient', relativePropensityRate: 10 }));
  expectNear(
    examination,
    x.map((value) => sigma(value) / sigma(x[0])),
  );
});

test('one step of pairwise debiasing: n_ij counts sessions with i clicked and j not, t⁺ and t⁻ go to their ratios of pair losses', () => {
  // rows of i, columns of j: 10 × {1,2}, 5 × {1,3}, 25 × {1}, 2 × {2}, 1 × {3}
  const pairs = [
    [0, 5 + 25, 10 + 25],
    [2, 0, 10 + 2],
    [1, 5 + 1, 0],
  ];
  const all = 30 + 35 + 2 + 12 + 1 + 6;
  // scores are 0: every pair loses log 2, which cancels in the ratios, and has the slope −1/2 for i and 1/2 for j
  const asClicked = pairs.map((row) => row[0] + row[1] + row[2]);
  const asOther = [0, 1, 2].map((j) => pairs[0][j] + pairs[1][j] + pairs[2][j]);
  const { weights, examination } = after(1, pairwiseDebiasing.create({ p: 1, lambdas: false, rate: 0.2 }));
  expectNear(
    weights,
    asClicked.map((clicked, k) => (0.1 * 0.5 * (clicked - asOther[k])) / all),
  );
  expectNear(
    examination,
    asClicked.map((clicked) => 0.8 + 0.2 * Math.sqrt(clicked / asClicked[0])),
  );
});
