import type { Described } from '../registry.ts';

/**
 * e(s, y): how far a score s is from a target y in [0, 1] (identity: any y). δ1 = e(s, 1) and δ0 = e(s, 0) are the losses of a relevant
 * and an irrelevant pair. Linear in the target where `linear`: then e(s, y) = y δ1 + (1 − y) δ0.
 */
export interface PairLoss extends Described {
  readonly linear: boolean;
  value(score: number, target: number): number;
  /** ∂e/∂s */
  derivative(score: number, target: number): number;
  /** ∂e/∂y: how the loss against an imputed target moves with it. */
  targetDerivative(score: number, target: number): number;
  /** What the score predicts: a probability, or itself. */
  predict(score: number): number;
  /** The score that predicts this: the inverse of `predict`. */
  scoreOf(prediction: number): number;
  /** The derivative of `predict`. */
  predictionSlope(score: number): number;
}

/** 1/(1 + e^−s), 0 where e^−s is infinite; without a branch on the sign, which no processor guesses. */
export const sigmoid = (score: number): number => 1 / (1 + Math.exp(-score));

/** ln(p/(1 − p)), the inverse of the sigmoid. */
export const logit = (p: number): number => Math.log(p) - Math.log1p(-p);

/** log(1 + e^s), without overflow. */
export const softplus = (score: number): number => Math.max(score, 0) + Math.log1p(Math.exp(-Math.abs(score)));

function sigmoidSlope(score: number): number {
  const p = sigmoid(score);
  return p * (1 - p);
}

/** Losses of a user–item pair, by name. */
export const pairLosses = {
  log: {
    description: 'cross-entropy of a sigmoid: −y ln σ(s) − (1 − y) ln(1 − σ(s))',
    linear: true,
    value: (score, target) => softplus(score) - target * score,
    derivative: (score, target) => sigmoid(score) - target,
    targetDerivative: (score) => -score,
    predict: sigmoid,
    scoreOf: logit,
    predictionSlope: sigmoidSlope,
  },
  squared: {
    description: 'squared error of a sigmoid: (y − σ(s))²; bounded, which unbiased weights ask for',
    linear: false,
    value: (score, target) => (target - sigmoid(score)) ** 2,
    derivative(score, target) {
      const p = sigmoid(score);
      return 2 * (p - target) * p * (1 - p);
    },
    targetDerivative: (score, target) => 2 * (target - sigmoid(score)),
    predict: sigmoid,
    scoreOf: logit,
    predictionSlope: sigmoidSlope,
  },
  'squared-identity': {
    description: 'squared error of the score itself, for ratings: (y − s)²',
    linear: false,
    value: (score, target) => (target - score) ** 2,
    derivative: (score, target) => 2 * (score - target),
    targetDerivative: (score, target) => 2 * (target - score),
    predict: (score) => score,
    scoreOf: (prediction) => prediction,
    predictionSlope: () => 1,
  },
} satisfies Readonly<Record<string, PairLoss>>;
export type PairLossName = keyof typeof pairLosses;
