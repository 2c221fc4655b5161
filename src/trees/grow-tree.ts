import { type BinnedFeatures, mostBins } from './bin-features.ts';
import { findSplit, type Split, type SplitRules } from './find-split.ts';
import { type Histogram, type HistogramRoom, histogramRoom, subtractHistogram, type Units } from './histograms.ts';
import type { Tree } from './tree.ts';

export interface GrowthRules extends SplitRules {
  readonly leaves: number;
  readonly maximumDepth: number | null;
}

/** What a tree is grown on: the documents, two sums of every document there is (see `wholeSums`), and the features to split by. */
export interface Grounds {
  readonly documents: Uint32Array;
  readonly sums: Float64Array;
  readonly units: Units;
  readonly features: Uint32Array;
}

/** Where missing values would go right and all others left: what LightGBM writes for infinity. */
const beyondAll = 1e300;

/** A leaf while a tree grows. */
interface Leaf {
  readonly start: number; // of its documents, among those of the tree
  readonly end: number;
  readonly depth: number;
  readonly sums: readonly [number, number];
  readonly histogram: Histogram | null; // null where it will not be split
  readonly split: Split | null;
  readonly parent: number; // the split it is a child of, −1 of the root
  readonly isLeft: boolean;
}

/** Grows trees on the same binned features, in room that it keeps. */
export class TreeGrower {
  readonly #binned: BinnedFeatures;
  readonly #room: HistogramRoom;
  readonly #moved: Uint32Array;

  /** @param leaves of a tree, at most */
  constructor(binned: BinnedFeatures, leaves: number) {
    this.#binned = binned;
    this.#room = histogramRoom(binned, leaves);
    this.#moved = new Uint32Array(binned.rows);
  }

  /** Leaf by leaf: the one that gains most is split next. @param worth is told the documents of each leaf, and answers its value */
  grow({ documents, sums, units, features }: Grounds, rules: GrowthRules, worth: (documents: Uint32Array) => number): Tree {
    const { leaves: most, maximumDepth } = rules;
    const room = this.#room;
    const order = room.order.subarray(0, documents.length);
    order.set(documents);
    const total: [number, number] = [0, 0];
    for (const d of documents) for (const s of [0, 1]) total[s] += sums[2 * d + s];
    const fill = (start: number, end: number) => {
      const histogram = room.take();
      room.fill(histogram, features, sums, start, end);
      return histogram;
    };
    const leaf = (of: Omit<Leaf, 'split'>): Leaf => {
      const split = of.histogram && findSplit(this.#binned, features, of.histogram, of.sums, units, rules);
      return { ...of, split };
    };
    const splits: { readonly split: Split; readonly children: [number, number] }[] = [];
    const root = { start: 0, end: documents.length, depth: 0, sums: total, parent: -1, isLeft: true };
    const grown: Leaf[] = [leaf({ ...root, histogram: fill(0, documents.length) })];
    while (grown.length < most) {
      let chosen = 0;
      for (let l = 1; l < grown.length; l++) if ((grown[l].split?.gain ?? 0) > (grown[chosen].split?.gain ?? 0)) chosen = l;
      const { start, end, depth, sums: ofNode, histogram, split, parent, isLeft } = grown[chosen];
      if (split === null || histogram === null) break;
      const middle = this.#partition(split, start, end);
      const node = splits.push({ split, children: [-1 - chosen, -1 - grown.length] }) - 1;
      if (parent >= 0) splits[parent].children[isLeft ? 0 : 1] = node;
      const done = depth + 1 === maximumDepth || grown.length + 1 === most;
      const smallerIsLeft = middle - start <= end - middle;
      const smaller = done ? null : smallerIsLeft ? fill(start, middle) : fill(middle, end);
      if (smaller === null) room.give(histogram);
      else subtractHistogram(histogram, smaller);
      const larger = smaller && histogram;
      const child = { depth: depth + 1, parent: node };
      const [g, r] = split.left;
      const right = [ofNode[0] - g, ofNode[1] - r] as const;
      grown[chosen] = leaf({ ...child, start, end: middle, sums: [g, r], isLeft: true, histogram: smallerIsLeft ? smaller : larger });
      grown.push(leaf({ ...child, start: middle, end, sums: right, isLeft: false, histogram: smallerIsLeft ? larger : smaller }));
    }
    for (const { histogram } of grown) if (histogram !== null) room.give(histogram);
    return this.#tree(grown, splits, (l) => worth(order.subarray(grown[l].start, grown[l].end)));
  }

  /** Puts the documents that go left before the others, both in the order they have. @returns where the others start */
  #partition({ feature, bin, missingLeft }: Split, start: number, end: number): number {
    const { bins, rows, thresholds } = this.#binned;
    const { order } = this.#room;
    const moved = this.#moved;
    const column = feature * rows;
    const missing = missingLeft ? thresholds[feature].length + 1 : mostBins; // no bin has that number
    let [left, right] = [start, 0];
    for (let i = start; i < end; i++) {
      const row = order[i];
      const b = bins[column + row];
      if (b <= bin || b === missing) order[left++] = row;
      else moved[right++] = row;
    }
    order.set(moved.subarray(0, right), left);
    return left;
  }

  #tree(leaves: readonly Leaf[], splits: readonly { split: Split; children: [number, number] }[], worth: (l: number) => number): Tree {
    const { thresholds, missing } = this.#binned;
    const of = (value: (split: Split) => number) => splits.map(({ split }) => value(split));
    return {
      feature: Uint32Array.from(of(({ feature }) => feature)),
      threshold: Float64Array.from(of(({ feature, bin }) => thresholds[feature][bin] ?? beyondAll)),
      missing: Uint8Array.from(of(({ feature }) => 2 * missing[feature])),
      missingLeft: Uint8Array.from(of(({ missingLeft }) => Number(missingLeft))),
      left: Int32Array.from(splits, ({ children }) => children[0]),
      right: Int32Array.from(splits, ({ children }) => children[1]),
      gain: Float64Array.from(of(({ gain }) => gain)),
      value: Float64Array.from(leaves, (_, l) => worth(l)),
      documents: Uint32Array.from(leaves, ({ start, end }) => end - start),
    };
  }
}
