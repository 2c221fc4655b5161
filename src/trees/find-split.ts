import type { BinnedFeatures } from './bin-features.ts';
import type { Histogram, Units } from './histograms.ts';

/** What keeps a tree from being split further, and how a leaf is valued: −G/(H + l2), G the sum of its gradients, H of its curvatures. */
export interface SplitRules {
  readonly l2: number;
  readonly minimumLeafDocuments: number;
  readonly minimumLeafCurvature: number;
}

/** The best split of a leaf. */
export interface Split {
  readonly gain: number;
  readonly feature: number;
  readonly bin: number; //            the last that goes left, of those of values
  readonly missingLeft: boolean;
  readonly left: readonly [gradient: number, rest: number]; // sums of what goes left, as in a histogram
}

/** A gain must be more than this share of what it is a difference of, so that rounding is none. */
const leastShare = 1e-12;

/**
 * The split of the most gain, GL²/(HL + l2) + GR²/(HR + l2) − G²/(H + l2), among the chosen features, the first of equals; null where none gains anything.
 * Where a leaf has missing values, they are tried on either side.
 */
export function findSplit(
  { starts, thresholds, missing }: BinnedFeatures,
  features: Uint32Array,
  histogram: Histogram,
  [gradients, rest]: readonly [number, number],
  units: Units,
  { l2, minimumLeafDocuments, minimumLeafCurvature }: SplitRules,
): Split | null {
  const { shift } = units;
  const all = Math.floor(rest / shift);
  const documents = rest - all * shift;
  const ofLeaf = (units.gradient * gradients) ** 2 / (units.curvature * all + l2);
  let [best, feature, bin, side, leftGradients, leftRest] = [ofLeaf * (1 + leastShare), -1, 0, 0, 0, 0];
  for (let c = 0; c < features.length; c++) {
    const f = features[c];
    const start = 2 * starts[f];
    const bins = thresholds[f].length + 1;
    const atMissing = start + 2 * bins;
    const some = missing[f] === 1 && histogram[atMissing + 1] > 0;
    for (let missingLeft = 0; missingLeft <= Number(some); missingLeft++) {
      let g = missingLeft === 1 ? histogram[atMissing] : 0;
      let r = missingLeft === 1 ? histogram[atMissing + 1] : 0;
      const last = some && missingLeft === 0 ? bins : bins - 1; // values against what is missing
      for (let b = 0; b < last; b++) {
        const added = histogram[start + 2 * b + 1];
        if (added === 0) continue; // an empty bin splits no other way
        g += histogram[start + 2 * b];
        r += added;
        const h = Math.floor(r / shift);
        const n = r - h * shift;
        if (n < minimumLeafDocuments) continue;
        if (documents - n < minimumLeafDocuments) break;
        const hl = units.curvature * h;
        const hr = units.curvature * (all - h);
        if (hl < minimumLeafCurvature || hr < minimumLeafCurvature || hl + l2 === 0 || hr + l2 === 0) continue; // no step of Newton's without a bend
        const gl = units.gradient * g;
        const gr = units.gradient * (gradients - g);
        const value = (gl * gl) / (hl + l2) + (gr * gr) / (hr + l2);
        if (value > best) [best, feature, bin, side, leftGradients, leftRest] = [value, f, b, missingLeft, g, r];
      }
    }
  }
  if (feature < 0) return null;
  return { gain: best - ofLeaf, feature, bin, missingLeft: side === 1, left: [leftGradients, leftRest] };
}
