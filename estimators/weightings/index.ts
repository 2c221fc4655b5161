import { affine } from './affine.ts';
import { clippedIps } from './clipped-ips.ts';
import { ips } from './ips.ts';
import { naive } from './naive.ts';
import { selfNormalisedIps } from './self-normalised-ips.ts';
import type { WeightingEntry } from './weighting.ts';

export { affineGain } from './affine.ts';
export { clippedIpsGain } from './clipped-ips.ts';
export { ipsGain } from './ips.ts';
export { naiveGain } from './naive.ts';
export { selfNormalisedIpsGain } from './self-normalised-ips.ts';
export type { Weighted, Weighting, WeightingEntry } from './weighting.ts';

/** Every way to correct clicks by a bias, by name. A new one is one file and one line here. */
export const weightings = {
  naive,
  ips,
  'clipped-ips': clippedIps,
  'self-normalised-ips': selfNormalisedIps,
  affine,
} satisfies Readonly<Record<string, WeightingEntry>>;
