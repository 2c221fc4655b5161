import { affine } from './affine.ts';
import { clippedIps } from './clipped-ips.ts';
import { directMethod } from './direct-method.ts';
import { doublyRobust } from './doubly-robust.ts';
import { interventionAware } from './intervention-aware.ts';
import { inverseLoggingPropensity } from './inverse-logging-propensity.ts';
import { ips } from './ips.ts';
import { naive } from './naive.ts';
import { policyAwareAffine } from './policy-aware-affine.ts';
import { policyAwareIps } from './policy-aware-ips.ts';
import { propensityRatio } from './propensity-ratio.ts';
import { selfNormalisedIps } from './self-normalised-ips.ts';
import type { WeightingEntry } from './weighting.ts';

export { affineGain } from './affine.ts';
export type { Expectations, PolicyAware } from './candidates.ts';
export { type ClickSpread, clickSpread } from './click-spread.ts';
export { clippedIpsGain } from './clipped-ips.ts';
export { directMethodGain } from './direct-method.ts';
export { doublyRobustGain } from './doubly-robust.ts';
export { interventionAwareGain } from './intervention-aware.ts';
export { inverseLoggingPropensities } from './inverse-logging-propensity.ts';
export { ipsGain } from './ips.ts';
export { lossFault } from './loss-fault.ts';
export { naiveGain } from './naive.ts';
export { plackettLuceExpectations } from './plackett-luce-expectations.ts';
export { policyAwareAffineGain } from './policy-aware-affine.ts';
export { policyAwareIpsGain } from './policy-aware-ips.ts';
export { selfNormalisedIpsGain } from './self-normalised-ips.ts';
export { suits, type Weighted, type Weighting, type WeightingEntry } from './weighting.ts';

/** Every way to correct clicks by a bias, by name. A new one is one file and one line here. */
export const weightings = {
  naive,
  ips,
  'clipped-ips': clippedIps,
  'self-normalised-ips': selfNormalisedIps,
  affine,
  'policy-aware-ips': policyAwareIps,
  'policy-aware-affine': policyAwareAffine,
  'intervention-aware': interventionAware,
  'doubly-robust': doublyRobust,
  'direct-method': directMethod,
  'propensity-ratio': propensityRatio,
  'inverse-logging-propensity': inverseLoggingPropensity,
} satisfies Readonly<Record<string, WeightingEntry>>;
