import type { Tree } from './tree.ts';

/**
 * The trees as a model file of LightGBM, version 4. Feature f is its column f, counted from 0. Numbers come back the same to the last bit.
 * What was learnt from is not told beyond the documents of each leaf.
 */
export function lightGbmText(trees: readonly Tree[], featureCount: number): string {
  const names = Array.from({ length: featureCount }, (_, f) => `Column_${f}`);
  const blocks = trees.map((tree, t) => `Tree=${t}\n${treeText(tree)}\n\n`);
  const header = {
    version: 'v4',
    num_class: '1',
    num_tree_per_iteration: '1',
    label_index: '0',
    max_feature_idx: String(featureCount - 1),
    feature_names: names.join(' '),
    feature_infos: ranges(trees, featureCount).join(' '),
    tree_sizes: blocks.map((block) => block.length).join(' '), // bytes: it is all ASCII
  };
  return `tree\n${lines(header)}\n\n${blocks.join('')}end of trees\n\nfeature_importances:\n${importances(trees, names)}\nparameters:\nend of parameters\n`;
}

const lines = (values: Readonly<Record<string, string>>): string =>
  Object.entries(values)
    .map(([key, value]) => `${key}=${value}`)
    .join('\n');

function treeText(tree: Tree): string {
  const of = (values: ArrayLike<number>, text: (value: number, i: number) => unknown = (value) => value) =>
    Array.from(values, text).join(' ');
  return lines({
    num_leaves: String(tree.value.length),
    num_cat: '0',
    split_feature: of(tree.feature),
    split_gain: of(tree.gain),
    threshold: of(tree.threshold),
    decision_type: of(tree.missing, (type, node) => 4 * type + 2 * tree.missingLeft[node]),
    left_child: of(tree.left),
    right_child: of(tree.right),
    leaf_value: of(tree.value),
    leaf_count: of(tree.documents),
    internal_count: of(documentsBelow(tree)),
    is_linear: '0',
    shrinkage: '1',
  });
}

/** Training documents of each split: a split is numbered before those below it. */
function documentsBelow({ left, right, documents }: Tree): Float64Array {
  const counts = new Float64Array(left.length);
  const of = (child: number) => (child < 0 ? documents[-1 - child] : counts[child]);
  for (let node = left.length - 1; node >= 0; node--) counts[node] = of(left[node]) + of(right[node]);
  return counts;
}

/** Of a feature that some tree splits by, the range of where it does; LightGBM has that of its values there. */
function ranges(trees: readonly Tree[], featureCount: number): string[] {
  const [least, most] = [new Float64Array(featureCount).fill(Infinity), new Float64Array(featureCount).fill(-Infinity)];
  for (const { feature, threshold } of trees)
    for (const [node, f] of feature.entries()) {
      least[f] = Math.min(least[f], threshold[node]);
      most[f] = Math.max(most[f], threshold[node]);
    }
  return Array.from(least, (low, f) => (low <= most[f] ? `[${low}:${most[f]}]` : 'none'));
}

/** How often each feature is split by, most often first. */
function importances(trees: readonly Tree[], names: readonly string[]): string {
  const splits = new Uint32Array(names.length);
  for (const { feature } of trees) for (const f of feature) splits[f]++;
  return Array.from(splits, (count, f) => ({ count, f }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count)
    .map(({ count, f }) => `${names[f]}=${count}\n`)
    .join('');
}
