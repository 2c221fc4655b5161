import { UsageError } from '../errors.ts';
import { lossOfDistinct } from '../learners/shown-documents.ts';
import { permutation } from '../random/permutation.ts';
import type { Rng } from '../random/rng.ts';
import { type Decoded, integer, maxValue, nullable, optional, pipe, positive, real, strictObject } from '../schema.ts';
import { type BinnedFeatures, binFeatures, mostBins } from '../trees/bin-features.ts';
import { TreeGrower } from '../trees/grow-tree.ts';
import { wholeSums } from '../trees/histograms.ts';
import { addBinned, type Tree } from '../trees/tree.ts';
import type { Boosting, ScoreLoss, ShownLists } from './scorer.ts';
import { countTrees, noTreeSums, type TreeEnsemble, type TreeSums, treeEnsemble } from './tree-ensemble.ts';

const fraction = () => optional(pipe(positive(), maxValue(1)), 1);

/** After those of LightGBM; H of a document is what it bends the loss by, in sessions (of labels: queries). */
export const boostedTreesOptions = strictObject({
  learningRate: optional(positive(), 0.1), //          what each tree is shrunk by
  leaves: optional(integer(2, 4096), 31), //           of a tree, at most
  maximumDepth: optional(nullable(integer(1)), null), // splits above a leaf; null: as many as there are leaves for
  minimumLeafDocuments: optional(integer(1), 20), //   distinct documents of a leaf
  minimumLeafCurvature: optional(real(0), 1e-3), //    Σ H of a leaf
  l2: optional(real(0), 1), //                         λ of a leaf's value, −Σ G/(Σ H + λ)
  bins: optional(integer(2, mostBins), mostBins), //   of a feature, the one of missing values among them
  featureFraction: fraction(), //                      of features, drawn for each tree
  listFraction: fraction(), //                         of lists, drawn for each tree
});
export type BoostedTreesOptions = Decoded<typeof boostedTreesOptions>;

/** What is kept of documents that are trained on. */
interface Training extends TreeSums {
  readonly binned: BinnedFeatures;
  readonly grower: TreeGrower;
}

/**
 * s(x) = Σ of trees. Gradient boosting with Newton steps (Friedman 2001; Chen & Guestrin, KDD 2016; leaf-wise on histograms as LightGBM, Ke et al.,
 * NeurIPS 2017): each round grows a tree to G_d and H_d, first and second derivatives of the loss by the scores, summed over the places where a document is
 * shown. With the loss `lambda-loss` at μ = 0 it is LambdaMART (Burges 2010). Its one parameter is how many of the trees count.
 */
export function boostedTrees(featureCount: number, options: BoostedTreesOptions, rng: Rng): TreeEnsemble {
  const trees: Tree[] = [];
  const ensemble = treeEnsemble(featureCount, trees);
  const { parameters } = ensemble;
  const kept = new WeakMap<Float32Array, TreeSums>();
  const trainings = new WeakMap<Float32Array, Training>();
  const draws = { features: rng.fork('features'), lists: rng.fork('lists') };
  const ofDistinct = lossOfDistinct();
  const scoresOf = (of: TreeSums, features: Float32Array) => countTrees(of, trees, parameters[0], features, featureCount);

  const trainingOn = (features: Float32Array): Training => {
    const known = trainings.get(features);
    if (known !== undefined) return known;
    const binned = binFeatures(features, featureCount, options.bins);
    const training = { ...noTreeSums(features, featureCount), binned, grower: new TreeGrower(binned, options.leaves) };
    trainings.set(features, training);
    return training;
  };
  const drawFeatures = (): Uint32Array =>
    permutation(featureCount, draws.features)
      .subarray(0, Math.ceil(options.featureFraction * featureCount))
      .sort();

  const boosting: Boosting = {
    learningRate: options.learningRate,
    keptScore(features) {
      const known = kept.get(features) ?? noTreeSums(features, featureCount);
      kept.set(features, known);
      return scoresOf(known, features);
    },
    round(lists, loss) {
      if (Number.isNaN(parameters[0])) return Number.NaN; // training diverged, and has not been asked yet
      const training = trainingOn(lists.features);
      const scores = scoresOf(training, lists.features);
      trees.length = parameters[0];
      const [gradient, curvature] = [new Float32Array(scores.length), new Float32Array(scores.length).fill(Number.NaN)];
      const value = ofDistinct(lists.rows, onSome(lists, options.listFraction, draws.lists, loss))(scores, gradient, curvature);
      if (Number.isFinite(value) && curvature.every(Number.isNaN))
        throw new UsageError(
          'trees need second derivatives, which the loss must write into its fourth argument; use another loss, or ranker',
        );
      const tree = treeAlong(training, { gradient, curvature, sessions: lists.sessions, features: drawFeatures(), options });
      if (tree !== null) trees.push(tree);
      parameters[0] = tree === null ? Number.NaN : trees.length;
      training.counted = trees.length;
      return value;
    },
  };
  return { ...ensemble, boosting };
}

/** First and second derivatives of a loss by the scores of documents, a mean over sessions. */
interface Derivatives {
  readonly gradient: Float32Array;
  readonly curvature: Float32Array;
  readonly sessions: Float64Array; // by list
  readonly features: Uint32Array; // to split by
  readonly options: BoostedTreesOptions;
}

/** A tree along the derivatives, its values added to the sums of all documents; null where they are no numbers. Documents without any take no part in its growth. */
function treeAlong(
  { binned, grower, sums: scores }: Training,
  { gradient, curvature, sessions, features, options }: Derivatives,
): Tree | null {
  const sums = new Float64Array(2 * scores.length);
  const units = wholeSums(gradient, curvature, sums);
  if (units === null) return null;
  const all = sessions.reduce((sum, n) => sum + n, 0);
  const rules = { ...options, l2: options.l2 / all, minimumLeafCurvature: options.minimumLeafCurvature / all };
  const counts = (d: number) => gradient[d] !== 0 || curvature[d] !== 0;
  const documents = Uint32Array.from(gradient.keys()).filter(counts);
  const tree = grower.grow({ documents, sums, units, features }, rules, (leaf) => {
    let [g, h] = [0, rules.l2];
    for (const d of leaf) {
      g += gradient[d];
      h += curvature[d];
    }
    const worth = h > 0 ? (-options.learningRate * g) / h : 0;
    for (const d of leaf) scores[d] += worth;
    return worth;
  });
  if (documents.length < scores.length) addBinned(tree, binned, (d) => !counts(d), scores);
  return tree;
}

/** The loss with the derivatives of some lists left out: all but a share, drawn anew. */
function onSome({ offsets }: ShownLists, share: number, rng: Rng, loss: ScoreLoss): ScoreLoss {
  if (share === 1) return loss;
  const L = offsets.length - 1;
  const out = permutation(L, rng).subarray(Math.ceil(share * L));
  return (scores, gradient, curvature) => {
    const value = loss(scores, gradient, curvature);
    for (const l of out) for (const values of [gradient, curvature]) values?.fill(0, offsets[l], offsets[l + 1]);
    return value;
  };
}
