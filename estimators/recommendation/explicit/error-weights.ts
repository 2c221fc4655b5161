/**
 * Estimates of the ideal loss, the mean over all pairs D of the error e, from the errors of observed pairs and imputed errors ê.
 * Every one is linear in e and ê given the weights below, so the same weights give its value and its gradient:
 * Σ_k error[k] e_k + Σ_k imputed[k] ê_k over observed pairs + Σ_j population[j] ê_j over pairs of D.
 */
export interface ErrorWeights {
  readonly error: Float64Array; //      per observed pair
  readonly imputed: Float64Array; //    per observed pair
  readonly population: Float64Array; // per pair that stands for D
}

/** Observed pairs k with propensity p_k, standing for the sum over all observed pairs over |D|; pairs j that stand for the mean over D. */
export interface ErrorSample {
  readonly propensities: Float64Array; //           p_k in (0, 1]
  readonly weights: Float64Array; //                1/|D| where k runs over all observed pairs; of a batch, the share that each stands for
  readonly populationWeights: Float64Array; //      sum 1
  readonly populationPropensities: () => Float64Array; // p_j; asked for by TDR only
  readonly imputed: () => Float64Array; //          ê_k; asked for by StableDR only
  readonly populationImputed: () => Float64Array; // ê_j
}

/** An estimate of the mean error over all pairs, as weights of a sample of errors. */
export type WeighErrors = (sample: ErrorSample) => ErrorWeights;

const zeros = (values: Float64Array) => new Float64Array(values.length);

/** (1/n) Σ_o e: as if observed pairs were a random sample. */
export const naiveErrors: WeighErrors = ({ propensities, populationWeights }) => ({
  error: new Float64Array(propensities.length).fill(1 / propensities.length),
  imputed: zeros(propensities),
  population: zeros(populationWeights),
});

/** (1/|D|) Σ_o e/p. Unbiased where p is exact. Schnabel et al., ICML 2016. */
export const ipsErrors: WeighErrors = ({ propensities, weights, populationWeights }) => ({
  error: weights.map((w, k) => w / propensities[k]),
  imputed: zeros(propensities),
  population: zeros(populationWeights),
});

/**
 * The same with propensities raised to at least `clip`. Of {@link ipsErrors}: (1/|D|) Σ_o e/max(p, M), biased by
 * (1/|D|) Σ_{p < M} (p/M − 1) e where p is exact, downwards as errors are not negative, for less variance.
 */
export const clippedErrors =
  (weigh: WeighErrors, clip: number): WeighErrors =>
  (sample) =>
    weigh({ ...sample, propensities: sample.propensities.map((p) => Math.max(p, clip)) });

/** Σ_o e/p / Σ_o 1/p. Consistent; a factor common to all propensities cancels. Swaminathan & Joachims, NeurIPS 2015. */
export const selfNormalisedErrors: WeighErrors = ({ propensities, populationWeights }) => {
  const total = propensities.reduce((sum, p) => sum + 1 / p, 0);
  return { error: propensities.map((p) => 1 / p / total), imputed: zeros(propensities), population: zeros(populationWeights) };
};

/**
 * (1/|D|) [Σ_D ê + Σ_o (e − ê)/p]. Unbiased where p is exact for every pair, or ê is for every pair; biased by
 * (1/|D|) Σ_D (π/p − 1)(e − ê) otherwise, π the true propensity. Wang et al., ICML 2019.
 * Not the form Σ_o e/p − Σ_o ê of several public codes, which has neither property.
 */
export const doublyRobustErrors: WeighErrors = ({ propensities, weights, populationWeights }) => {
  const error = weights.map((w, k) => w / propensities[k]);
  return { error, imputed: error.map((weight) => -weight), population: populationWeights };
};

/**
 * Doubly robust with ê + ε(1/p − 1) in the place of ê, ε = Σ_o (1/p − 1)(e − ê) / Σ_o (1/p − 1)². Li et al., ICML 2023 (TDR).
 * ε is itself linear in e − ê, so with B = mean over D of (1/p − 1) − (1/|D|) Σ_o (1/p)(1/p − 1), which has mean 0 where p is exact,
 * the observed pairs get B (1/p_k − 1)/Σ_o (1/p − 1)² on top. Plain doubly robust where every p is 1.
 */
export const targetedErrors: WeighErrors = (sample) => {
  const { propensities, weights, populationWeights, populationPropensities } = sample;
  const plain = doublyRobustErrors(sample);
  const squares = propensities.reduce((sum, p) => sum + (1 / p - 1) ** 2, 0);
  if (squares === 0) return plain;
  const inPopulation = populationPropensities().reduce((sum, p, j) => sum + populationWeights[j] * (1 / p - 1), 0);
  const observed = propensities.reduce((sum, p, k) => sum + (weights[k] / p) * (1 / p - 1), 0);
  const error = plain.error.map((weight, k) => weight + ((inPopulation - observed) * (1 / propensities[k] - 1)) / squares);
  return { error, imputed: error.map((weight) => -weight), population: plain.population };
};

/**
 * Σ_o e/p̃ / Σ_o 1/p̃ with 1/p̃ = (1/p) exp(κ(ê − ε̄)), ε̄ the mean of ê over D, and κ such that Σ_o (ê − ε̄)/p̃ = 0: StableDR (Li, Zheng &
 * Wu, ICLR 2023) with its balance constraint met exactly, by exponential tilting, instead of by a penalty on a propensity model. Where ê is
 * exact the estimate is the ideal loss; where p is exact κ goes to 0 and it is the self-normalised one. Bounded by the largest error.
 * κ is within ±50 over the largest |ê − ε̄|; no κ balances where all observed ê lie on one side of ε̄.
 */
export const stableErrors: WeighErrors = ({ propensities, populationWeights, imputed, populationImputed }) => {
  const mean = populationImputed().reduce((sum, error, j) => sum + populationWeights[j] * error, 0);
  const centred = imputed().map((error) => error - mean);
  const tilt = balance(
    propensities.map((p) => 1 / p),
    centred,
  );
  const total = tilt.reduce((sum, weight) => sum + weight, 0);
  return { error: tilt.map((weight) => weight / total), imputed: zeros(propensities), population: zeros(populationWeights) };
};

/** base_k exp(κ c_k) with Σ base_k exp(κ c_k) c_k = 0: the sum rises with κ, so bisection finds it. */
function balance(base: Float64Array, centred: Float64Array): Float64Array {
  const largest = centred.reduce((most, c) => Math.max(most, Math.abs(c)), 0);
  if (largest === 0) return base;
  let [low, high] = [-50 / largest, 50 / largest];
  const moment = (kappa: number) => centred.reduce((sum, c, k) => sum + base[k] * Math.exp(kappa * c) * c, 0);
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (moment(middle) < 0) low = middle;
    else high = middle;
  }
  return base.map((weight, k) => weight * Math.exp(((low + high) / 2) * centred[k]));
}
