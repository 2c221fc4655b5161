import { type Scaling, scalar } from '../data/scale-features.ts';
import { missingTypes, type Tree } from './tree.ts';

const [asZero, asMissing] = [missingTypes.indexOf('none'), missingTypes.indexOf('nan')];

const bits = new Int32Array(1);
const float = new Float32Array(bits.buffer);
const largest = 0x7f7fffff; // of the finite 32-bit floats, in the order of their numbers

/** The k-th 32-bit float from 0, up or down. */
function nth(k: number): number {
  bits[0] = Math.abs(k);
  return k < 0 ? -float[0] : float[0];
}

/** The largest 32-bit float of which a rule holds that holds of all below it too; the least there is where it holds of none. */
function lastOf(holds: (x: number) => boolean): number {
  let [low, high] = [-largest, largest];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (holds(nth(middle))) low = middle;
    else high = middle - 1;
  }
  return nth(low);
}

/**
 * Trees of scaled features as trees of the features as they were, which send every document where it went: scaling keeps the order. That goes for missing values too: a
 * split that takes them for 0 sends them where scaled features of 0 go, or what the scaling fills in, by a side of their own where an unscaled 0 would go elsewhere.
 */
export function unscaleTrees(trees: readonly Tree[], scaling: Scaling): Tree[] {
  return trees.map((tree) => {
    const { feature } = tree;
    const threshold = tree.threshold.map((scaledThreshold, node) => {
      const scaled = scalar(scaling, feature[node]);
      return scaledThreshold > nth(largest) ? scaledThreshold : lastOf((x) => scaled(x) <= scaledThreshold);
    });
    const filled = feature.length > 0 && scaling.fill ? Array.from(feature, (f) => scalar(scaling, f)(scaling.fill?.[f] ?? 0)) : null;
    const left = Uint8Array.from(tree.threshold, (scaledThreshold, node) => Number((filled?.[node] ?? 0) <= scaledThreshold));
    const differs = (node: number) => tree.missing[node] === asZero && left[node] !== Number(0 <= threshold[node]);
    return {
      ...tree,
      threshold,
      missing: tree.missing.map((type, node) => (differs(node) ? asMissing : type)),
      missingLeft: tree.missingLeft.map((side, node) => (differs(node) ? left[node] : side)),
    };
  });
}
