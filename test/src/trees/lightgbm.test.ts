import { fitScaling, scaleFeatures, scalingMethods } from '../../../src/data/scale-features.ts';
import { DataError } from '../../../src/errors.ts';
import { treeEnsemble } from '../../../src/models/tree-ensemble.ts';
import { createRng } from '../../../src/random/rng.ts';
import { readLightGbm } from '../../../src/trees/read-lightgbm.ts';
import { unscaleTrees } from '../../../src/trees/unscale-trees.ts';
import { lightGbmText } from '../../../src/trees/write-lightgbm.ts';
import { boosted, drawn, singles, squares } from './world.ts';

const F = 4;

function someModel(missing = true) {
  const features = drawn(120 * F, createRng('text'), 2);
  if (missing) for (let i = 0; i < features.length; i += 7) features[i] = Number.NaN;
  const targets = Array.from({ length: 120 }, (_, d) => (features[d * F] || 2) - Math.sin(5 * (features[d * F + 1] || 0)));
  const { scorer } = boosted(singles(features, F), squares(targets), { minimumLeafDocuments: 4, leaves: 6 }, 9);
  return { features, scorer, text: lightGbmText(scorer.trees(), F) };
}

/** A reader of its own, after LightGBM's Tree::NumericalDecision and its walk from node 0: child below 0 is leaf ~child. */
function scoreByText(text: string, row: readonly number[]): number {
  return [...text.matchAll(/Tree=\d+\n([\s\S]*?)\n\n/g)].reduce((sum, [, block]) => {
    const own = Object.fromEntries(block.split('\n').map((line) => [line.split('=')[0], line.split('=')[1].split(' ').map(Number)]));
    let node = own.num_leaves[0] > 1 ? 0 : ~0;
    while (node >= 0) {
      const type = (own.decision_type[node] >> 2) & 3;
      let value = row[own.split_feature[node]];
      if (Number.isNaN(value) && type !== 2) value = 0;
      const byDefault = (type === 1 && Math.abs(value) <= 1e-35) || (type === 2 && Number.isNaN(value));
      const left = byDefault ? (own.decision_type[node] & 2) !== 0 : value <= own.threshold[node];
      node = left ? own.left_child[node] : own.right_child[node];
    }
    return sum + own.leaf_value[~node];
  }, 0);
}

test('what is written scores in another reader as the trees do', () => {
  const { features, scorer, text } = someModel();
  scorer.score(features).forEach((score, d) => {
    expect(Math.fround(scoreByText(text, [...features.subarray(d * F, (d + 1) * F)]))).toBe(score);
  });
});

test('what is written comes back the same, with the sizes of its trees in bytes', () => {
  const { scorer, text } = someModel();
  expect(readLightGbm(text, 'model.txt')).toEqual({ featureCount: F, trees: scorer.trees() });
  expect(readLightGbm(text.replaceAll('\n', '\r\n'), 'model.txt').trees).toEqual(scorer.trees());
  const sizes = text
    .replace(/.*tree_sizes=(.*?)\n.*/s, '$1')
    .split(' ')
    .map(Number);
  let at = text.indexOf('Tree=0');
  for (const [t, size] of sizes.entries()) {
    expect(text.slice(at).startsWith(`Tree=${t}\n`)).toBe(true);
    at += size;
  }
  expect(text.slice(at).startsWith('end of trees\n')).toBe(true);
});

/** As LightGBM 3 writes one, by hand: missing values of the three kinds. */
const theirs = `tree
version=v3
num_class=1
num_tree_per_iteration=1
label_index=0
max_feature_idx=2
objective=lambdarank
feature_names=Column_0 Column_1 Column_2
feature_infos=[0:1] [0:1] none

Tree=0
num_leaves=3
num_cat=0
split_feature=1 0
split_gain=2 1
threshold=0.5 1.0000000180025095e-35
decision_type=4 10
left_child=1 -1
right_child=-2 -3
leaf_value=1 2 4
leaf_count=5 6 7
is_linear=0
shrinkage=1

Tree=1
num_leaves=2
num_cat=0
split_feature=0
threshold=-1.5
decision_type=2
left_child=-1
right_child=-2
leaf_value=0.5 -0.25

Tree=2
num_leaves=1
num_cat=0
split_feature=
threshold=
decision_type=
left_child=
right_child=
leaf_value=0.125

end of trees
`;

test.each([
  [0.3, 0.2, 4 - 0.25], //           feature 1 below .5, feature 0 above 0
  [-2, 0.2, 1 + 0.5],
  [Number.NaN, 0.2, 1 - 0.25], //    NaN goes left by default; where nothing is missing it is 0
  [0.3, 0, 2 - 0.25], //             0 is missing and goes right
  [0.3, Number.NaN, 2 - 0.25],
  [0.3, 0.6, 2 - 0.25],
])('a file by hand: features %p and %p score %p and a constant', (a, b, score) => {
  const { featureCount, trees } = readLightGbm(theirs, 'model.txt');
  expect(treeEnsemble(featureCount, trees).score(Float32Array.of(a, b, 9))[0]).toBe(score + 0.125);
  const averaged = readLightGbm(theirs.replace('label_index', 'average_output\nlabel_index'), 'model.txt');
  expect(treeEnsemble(featureCount, averaged.trees).score(Float32Array.of(a, b, 9))[0]).toBeCloseTo((score + 0.125) / 3, 6);
});

test('a threshold of inf has all but missing features on its left', () => {
  const { featureCount, trees } = readLightGbm(
    theirs.replace('threshold=-1.5', 'threshold=inf').replace('decision_type=2', 'decision_type=8'),
    'model.txt',
  );
  const scorer = treeEnsemble(featureCount, trees.slice(1, 2));
  expect([3e38, -3e38, Number.NaN].map((x) => scorer.score(Float32Array.of(x, 0, 0))[0])).toEqual([0.5, 0.5, -0.25]);
  expect(readLightGbm(lightGbmText(trees, featureCount), 'again.txt').trees).toEqual(trees);
});

test.each([
  ['tree', '{"a": 1}', 1, /starts with the line "tree"/],
  ['num_class=1', 'num_class=3', 3, /num_class must be 1/],
  ['max_feature_idx=2\n', '', 2, /no max_feature_idx/],
  ['max_feature_idx=2', 'max_feature_idx=many', 6, /max_feature_idx must be a whole number.*"many"/],
  ['num_cat=0', 'num_cat=1', 13, /categories/],
  ['split_feature=1 0', 'split_feature=1 3', 14, /split_feature 3 is above max_feature_idx, 2/],
  ['split_feature=1 0', 'split_feature=1', 14, /split_feature must have 2 values, got 1/],
  ['threshold=0.5', 'threshold=half', 16, /threshold must be a decimal number; got "half"/],
  ['decision_type=4 10', 'decision_type=4 1', 17, /decision_type 1/],
  ['left_child=1 -1', 'left_child=0 -1', 18, /left_child 0 of split 0/],
  ['right_child=-2 -3', 'right_child=-2 -4', 19, /right_child -4 of split 1/],
  ['leaf_value=1 2 4', 'leaf_value=1 nan 4', 20, /leaf_value must be a decimal number; got "nan"/],
  ['is_linear=0', 'is_linear=1', 22, /linear leaves/],
  ['leaf_value=0.5 -0.25', '', 26, /no leaf_value/],
  ['feature_infos', 'tree_sizes=1 2\nfeature_infos', 9, /tells of 2 trees, but there are 3/],
  ['Column_1 ', '', 8, /feature_names has 2, but max_feature_idx tells of 3 features/],
  ['right_child=-2 -3', 'right_child=-2 -1', 19, /leaf -1 is below two splits, so another is below none/],
  ['end of trees\n', '', 45, /neither tree_sizes nor the line "end of trees".*is the file whole/],
  ['leaf_value=1 2 4', 'leaf_value=1 inf 4', 20, /leaf_value must be a decimal number; got "inf"/],
])('%p as %p is told with its line', (from, to, line, message) => {
  const read = () => readLightGbm(theirs.replace(from, to), 'model.txt');
  expect(read).toThrow(DataError);
  expect(read).toThrow(message);
  expect(read).toThrow(new RegExp(`^model.txt:${line}: `));
});

test.each(Object.keys(scalingMethods) as (keyof typeof scalingMethods)[])(
  'trees of features scaled by %s, as trees of features as they were',
  (method) => {
    const { features: raw } = someModel(false);
    const features = raw.map((x, i) => (x - 0.4) * 10 ** (i % F) + (i % F));
    const set = { queryIds: [], docIds: [], offsets: Uint32Array.of(0, 120), features, featureCount: F, labels: new Float32Array(120) };
    const scaling = fitScaling(set, method);
    const scaled = scaleFeatures(set, scaling).features;
    const targets = Array.from({ length: 120 }, (_, d) => Math.sin(5 * features[d * F]) + features[d * F + 3] / 1000);
    const { scorer } = boosted(singles(scaled, F), squares(targets), { minimumLeafDocuments: 1 }, 20);
    const unscaled = treeEnsemble(F, unscaleTrees(scorer.trees(), scaling));
    expect(unscaled.score(features)).toEqual(scorer.score(scaled));
    const nearby = Float32Array.from({ length: 4000 * F }, (_, i) => features[i % features.length] + ((i % 101) - 50) / 1e4);
    const near = { ...set, features: nearby };
    expect(unscaled.score(nearby)).toEqual(scorer.score(scaleFeatures(near, scaling).features));
  },
);

describe.each(Object.keys(scalingMethods) as (keyof typeof scalingMethods)[])('missing values under %s', (method) => {
  const { features: raw } = someModel(false);
  const features = raw.map((x, i) => (x - 0.4) * 10 ** (i % F) + (i % F));
  const set = { queryIds: [], docIds: [], offsets: Uint32Array.of(0, 120), features, featureCount: F, labels: new Float32Array(120) };
  const targets = Array.from({ length: 120 }, (_, d) => Math.sin(5 * features[d * F]) + features[d * F + 3] / 1000);
  const gaps = { ...set, features: features.map((x, i) => (i % 7 < 2 ? Number.NaN : x)) };

  /** Trees of scaled features, and those of raw ones as they are written and read again. */
  const both = (train: typeof set, missing: 'keep' | 'mean' | number) => {
    const scaling = fitScaling(train, method, missing);
    const of = (other: typeof set) => scaleFeatures(other, scaling).features;
    const { scorer } = boosted(singles(of(train), F), squares(targets), { minimumLeafDocuments: 1 }, 20);
    const text = lightGbmText(unscaleTrees(scorer.trees(), scaling), F);
    return { scorer, of, served: treeEnsemble(F, readLightGbm(text, 'model.txt').trees), text };
  };

  test.each(['keep', 'mean', -3] as const)('%s: others who serve the trees send them where they went', (missing) => {
    const { scorer, of, served, text } = both(gaps, missing);
    expect(served.score(gaps.features)).toEqual(scorer.score(of(gaps)));
    expect(Math.fround(scoreByText(text, [...gaps.features.subarray(0, F)]))).toBe(scorer.score(of(gaps))[0]);
  });

  test('of features of which training lacked none', () => {
    const { scorer, of, served } = both(set, 'keep');
    expect(served.score(gaps.features)).toEqual(scorer.score(of(gaps)));
  });
});
