import { type Scaling, scalar } from '../data/scale-features.ts';
import type { Tree } from './tree.ts';

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

/** Trees of scaled features as trees of the features as they were, which send every document where it went: scaling keeps the order. */
export function unscaleTrees(trees: readonly Tree[], scaling: Scaling): Tree[] {
  return trees.map((tree) => ({
    ...tree,
    threshold: tree.threshold.map((threshold, node) => {
      const scaled = scalar(scaling, tree.feature[node]);
      return threshold > nth(largest) ? threshold : lastOf((x) => scaled(x) <= threshold);
    }),
  }));
}
