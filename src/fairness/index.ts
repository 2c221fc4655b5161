export {
  amortisedUnfairness,
  disparateImpactRatio,
  disparateTreatmentRatio,
  exposureDisparity,
  exposureHinge,
  groupExposureHinge,
  type ShownRanking,
} from './disparity.ts';
export { type ExpectedExposure, expectedExposure, targetExposure } from './expected-exposure.ts';
