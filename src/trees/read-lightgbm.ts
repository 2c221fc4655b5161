import { decimalOf, expectedNumber, type Grammar, shownText } from '../data/decimal.ts';
import { DataError } from '../errors.ts';
import type { Tree } from './tree.ts';

/** Trees of a model, and the features they are of. */
export interface TreeModel {
  readonly featureCount: number;
  readonly trees: readonly Tree[];
}

/** A value of the file, and its line, from 1. */
interface Entry {
  readonly text: string;
  readonly line: number;
}
/** Lines key=value up to a blank one, and the line they start at. */
interface Block {
  readonly entries: ReadonlyMap<string, Entry>;
  readonly line: number;
}

/**
 * Reads a model file of LightGBM with one score for a document: versions 2 to 4, any objective. A split by a category, linear leaves and more classes are refused.
 * @param file for messages @throws DataError with the line
 */
export function readLightGbm(text: string, file: string): TreeModel {
  const all = text.split(/\r?\n/);
  const fault = (problem: string, line: number): never => {
    throw new DataError(problem, { file, line });
  };
  if (all[0] !== 'tree') fault(`a model file of LightGBM starts with the line "tree", got ${shownText(all[0])}`, 1);
  const firstTree = all.findIndex((line) => line.startsWith('Tree='));
  const header = block(all, 1, firstTree < 0 ? all.length : firstTree);
  const featureCount = one(header, 'max_feature_idx') + 1;
  const names = header.entries.get('feature_names');
  const named = wordsIn(names?.text ?? '').length;
  if (names && named !== featureCount)
    fault(`feature_names has ${named}, but max_feature_idx tells of ${featureCount} features; is the file whole?`, names.line);
  for (const key of ['num_class', 'num_tree_per_iteration'])
    if (one(header, key) !== 1) fault(`${key} must be 1, one score for a document; got ${one(header, key)}`, lineOf(header, key));
  const trees: Tree[] = [];
  for (let at = firstTree; at >= 0 && at < all.length && all[at] !== 'end of trees'; at++) {
    if (!all[at].startsWith('Tree=')) continue;
    let end = at + 1;
    while (end < all.length && all[end] !== '' && !all[end].startsWith('Tree=')) end++;
    trees.push(treeOf(block(all, at + 1, end)));
    at = end - 1;
  }
  const sizes = header.entries.get('tree_sizes');
  if (sizes === undefined && !all.includes('end of trees'))
    fault('neither tree_sizes nor the line "end of trees" says how many trees there are; is the file whole?', all.length);
  const told = wordsIn(sizes?.text ?? '').length;
  if (sizes && told !== trees.length)
    fault(`tree_sizes tells of ${told} trees, but there are ${trees.length}; is the file whole?`, sizes.line);
  const averaged = header.entries.has('average_output');
  return { featureCount, trees: averaged ? trees.map((tree) => ({ ...tree, value: tree.value.map((v) => v / trees.length) })) : trees };

  function lineOf({ entries, line }: Block, key: string): number {
    return entries.get(key)?.line ?? line;
  }
  function one(of: Block, key: string): number {
    return numbers(of, key, 1, 'whole')[0];
  }
  function numbers({ entries, line }: Block, key: string, count: number, grammar: Grammar): number[] {
    const entry = entries.get(key);
    if (entry === undefined) return fault(`no ${key}=… here`, line);
    const texts = wordsIn(entry.text);
    if (texts.length !== count) fault(`${key} must have ${count} ${count === 1 ? 'value' : 'values'}, got ${texts.length}`, entry.line);
    return texts.map((word) => {
      const value = Number(word) === 0 ? 0 : (ends[key]?.[word] ?? decimalOf(word, grammar));
      return Number.isNaN(value) ? fault(`${key} must be ${expectedNumber(word, grammar)}`, entry.line) : value;
    });
  }
  function treeOf(of: Block): Tree {
    const n = one(of, 'num_leaves');
    if (n < 1) fault('num_leaves must be at least 1', lineOf(of, 'num_leaves'));
    for (const [key, what] of [['num_cat', 'splits by categories'] as const, ['is_linear', 'linear leaves'] as const])
      if (of.entries.has(key) && one(of, key) !== 0) fault(`${key}: ${what} are not read; train without`, lineOf(of, key));
    const value = Float64Array.from(numbers(of, 'leaf_value', n, 'decimal'));
    const ofSplits = (key: string, grammar: Grammar = 'decimal') => (n === 1 ? [] : numbers(of, key, n - 1, grammar));
    const known = (key: string, count: number) =>
      count > 0 && of.entries.has(key) ? numbers(of, key, count, 'decimal') : new Array(count).fill(0);
    const feature = ofSplits('split_feature', 'whole');
    const stray = feature.find((f) => f >= featureCount);
    if (stray !== undefined) fault(`split_feature ${stray} is above max_feature_idx, ${featureCount - 1}`, lineOf(of, 'split_feature'));
    const children = ['left_child', 'right_child'].map((key) => {
      const nodes = ofSplits(key);
      for (const [node, child] of nodes.entries())
        if (!(Number.isInteger(child) && child >= -n && (child < 0 || (child > node && child < n - 1))))
          fault(`${key} ${child} of split ${node} must be a later split, below ${n - 1}, or a leaf, −1 to −${n}`, lineOf(of, key));
      return Int32Array.from(nodes);
    });
    const seen = new Set<number>();
    const twice = children.flatMap((nodes) => [...nodes]).find((child) => seen.size === seen.add(child).size);
    if (twice !== undefined)
      fault(`${twice < 0 ? 'leaf' : 'split'} ${twice} is below two splits, so another is below none`, lineOf(of, 'right_child'));
    const decisions = known('decision_type', n - 1);
    const odd = decisions.find((bits) => !(Number.isInteger(bits) && bits >= 0 && bits < 12 && (bits & 1) === 0));
    if (odd !== undefined) fault(`decision_type ${odd} is none of a split by a number: 0, 2, 4, 6, 8 or 10`, lineOf(of, 'decision_type'));
    return {
      feature: Uint32Array.from(feature),
      threshold: Float64Array.from(ofSplits('threshold')),
      missing: Uint8Array.from(decisions, (bits) => bits >> 2),
      missingLeft: Uint8Array.from(decisions, (bits) => (bits >> 1) & 1),
      left: children[0],
      right: children[1],
      gain: Float64Array.from(known('split_gain', n - 1)),
      value,
      documents: Uint32Array.from(known('leaf_count', n)),
    };
  }
}

const wordsIn = (text: string): string[] => text.split(' ').filter((word) => word !== '');

/** What LightGBM writes for a split of missing features from all others; features are finite. */
const ends: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  threshold: { inf: Number.MAX_VALUE, '-inf': -Number.MAX_VALUE },
};

function block(all: readonly string[], start: number, end: number): Block {
  const entries = new Map<string, Entry>();
  for (let l = start; l < end; l++) {
    const at = all[l].indexOf('=');
    entries.set(at < 0 ? all[l] : all[l].slice(0, at), { text: at < 0 ? '' : all[l].slice(at + 1), line: l + 1 });
  }
  return { entries, line: start + 1 };
}
