export {
  type ClippedLossError,
  type ClippedLossErrors,
  clippedLossError,
  clippedLossErrors,
  type LossError,
  leastError,
} from './clipped-loss-error.ts';
export { conversionRecommenders } from './conversions/index.ts';
export {
  clippedErrors,
  doublyRobustErrors,
  type ErrorSample,
  type ErrorWeights,
  explicitRecommenders,
  ipsErrors,
  naiveErrors,
  selfNormalisedErrors,
  stableErrors,
  targetedErrors,
  type WeighErrors,
} from './explicit/index.ts';
export { type ExpoMf, expoMfOptions, fitExpoMf } from './expo-mf.ts';
export { type Exposure, type ExposureInput, exposureEstimators } from './exposure/index.ts';
export {
  idealCoefficients,
  implicitRecommenders,
  ipsCoefficients,
  naiveCoefficients,
  selfNormalisedCoefficients,
  ubprWeight,
} from './implicit/index.ts';
export type { Coefficients } from './learn-pointwise.ts';
export type { LearnRecommender, OfPair, RecommendationInput, Recommender, RecommenderEntry } from './recommender.ts';
