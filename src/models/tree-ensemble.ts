import { UsageError } from '../errors.ts';
import { addTrees, type Tree } from '../trees/tree.ts';
import { rowsOf } from './rows-of.ts';
import type { Scorer, TreesArchitecture } from './scorer.ts';

/** s(x) = Σ of trees, the first `parameters[0]` of them. */
export interface TreeEnsemble extends Scorer {
  readonly architecture: TreesArchitecture;
  /** Those that count, the first first. */
  trees(): readonly Tree[];
}

export const isTreeEnsemble = (scorer: Scorer): scorer is TreeEnsemble => scorer.architecture.name === 'gradient-boosted-trees';

/** What trees come to for some documents, kept while more are added. */
export interface TreeSums {
  readonly sums: Float64Array;
  counted: number; // trees
}

export const noTreeSums = (features: Float32Array, featureCount: number): TreeSums => ({
  sums: new Float64Array(rowsOf(features, featureCount)),
  counted: 0,
});

/** Brings the sums to the first `count` trees. @returns the scores */
export function countTrees(
  of: TreeSums,
  trees: readonly Tree[],
  count: number,
  features: Float32Array,
  featureCount: number,
): Float32Array {
  if (of.counted > count) {
    of.sums.fill(0); // the later ones were given up
    of.counted = 0;
  }
  addTrees(trees.slice(of.counted, count), features, featureCount, of.sums);
  of.counted = count;
  return Float32Array.from(of.sums);
}

/** @param trees may grow */
export function treeEnsemble(featureCount: number, trees: readonly Tree[]): TreeEnsemble {
  const parameters = Float32Array.of(trees.length);
  return {
    name: 'gradient-boosted-trees',
    featureCount,
    parameters,
    knowsMissing: true,
    architecture: { name: 'gradient-boosted-trees', featureCount },
    trees: () => trees.slice(0, parameters[0]),
    score: (features) => countTrees(noTreeSums(features, featureCount), trees, parameters[0], features, featureCount),
    lossGradient() {
      throw new UsageError(
        'gradient-boosted-trees has no parameters to take a gradient by, as this method does; use the ranker linear or mlp',
      );
    },
    dispose() {},
  };
}
