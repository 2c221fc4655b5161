import { UsageError } from '../errors.ts';
import { differentiateNorm, type NormedRows, normaliseRows, normedRows } from '../math/layer-norm.ts';
import type { Rng } from '../random/rng.ts';
import { type Decoded, integer, optional, picklist, strictObject } from '../schema.ts';
import { attention as attentionBy, attentionWeights } from '../tensor/attention.ts';
import { productInUse } from '../tensor/backend.ts';
import type { DenseActivation, DenseLayer } from '../tensor/dense-network.ts';
import type { Product } from '../tensor/product-network.ts';
import { type Block, type BlockNetwork, blockScorer } from './block-scorer.ts';
import { initialWeights } from './initial-weights.ts';
import { rowsOf } from './rows-of.ts';
import type { Scorer, TransformerArchitecture } from './scorer.ts';

/** Small ones, which train in seconds; Pang et al. have 6 layers of 8 heads, width 256 and 512 units. */
export const transformerOptions = strictObject({
  layers: optional(integer(1, 64), 2),
  heads: optional(integer(1, 256), 2),
  width: optional(integer(1, 4096), 32), //        of what goes from layer to layer, of each document: a multiple of heads
  feedForward: optional(integer(1, 16_384), 64), // units of the network behind attention
  activation: optional(picklist(['elu', 'relu', 'tanh']), 'relu'), // of these units
});
export type TransformerOptions = Decoded<typeof transformerOptions>;

/** What is wrong with options that are right one by one; null where nothing is. */
export const transformerFault = ({ heads, width }: Pick<TransformerOptions, 'heads' | 'width'>): string | null =>
  width % heads === 0
    ? null
    : `width ${width} is not divisible by heads ${heads}, which share it; give a multiple, such as ${heads * Math.ceil(width / heads)}`;

/** Parameters of x·W + b. */
interface Dense extends DenseLayer {
  readonly weights: Float32Array;
  readonly bias: Float32Array;
}

interface Norm {
  readonly gain: Float32Array;
  readonly bias: Float32Array;
}

/** Where parameters, or their derivatives, lie in the flat array: views, in the order of the pass. */
function partsOf({ featureCount, layers, width, feedForward, activation }: Omit<TransformerArchitecture, 'name'>, flat: Float32Array) {
  let size = 0;
  const take = (length: number): Float32Array => {
    size += length;
    return flat.subarray(size - length, size);
  };
  const dense = (inputs: number, outputs: number, f: DenseActivation = 'linear'): Dense => {
    return { inputs, outputs, activation: f, weights: take(inputs * outputs), bias: take(outputs) };
  };
  const norm = (): Norm => ({ gain: take(width), bias: take(width) });
  const input = dense(featureCount, width);
  const blocks = Array.from({ length: layers }, () => ({
    beforeAttention: norm(),
    project: dense(width, 3 * width), // to Q, K and V
    merge: dense(width, width),
    beforeUnits: norm(),
    up: dense(width, feedForward, activation),
    down: dense(feedForward, width),
  }));
  const last = norm();
  const score = dense(width, 1);
  return { input, blocks, last, score, size };
}

/**
 * A score of each document that knows the other candidates of its query: h = x·W + b, then layers h ← h + attention(norm(h)), h ← h + units(norm(h)) with
 * units(n) = f(n·W₁ + b₁)·W₂ + b₂, and s = norm(h)·w + b. Multi-head self-attention among the documents of a query, no positions: permutation-equivariant.
 * SetRank's blocks of self-attention (Pang et al., SIGIR 2020) without ordinal embeddings, normalised before each part as in Pobrotyn et al. 2020, so that it
 * trains without warm-up (Xiong et al., ICML 2020). The time of attention goes by Σ n² of the candidates of a query.
 * @param mostKept numbers that queries worked off at once may have between them, about
 * @throws UsageError where heads do not divide the width, and when no tensor backend is open
 */
export function transformer(architecture: TransformerArchitecture, mostKept = 2 ** 25): Scorer {
  const fault = transformerFault(architecture);
  if (fault !== null) throw new UsageError(fault);
  const { featureCount } = architecture;
  const parameters = new Float32Array(partsOf(architecture, new Float32Array(0)).size);
  const blocksOf = (features: Float32Array, offsets: Uint32Array | undefined) =>
    queryBlocks(architecture, mostKept, rowsOf(features, featureCount), offsets);
  return {
    name: 'transformer',
    featureCount,
    parameters,
    architecture,
    listAware: true,
    ...blockScorer(setNetwork(architecture, productInUse()), parameters, featureCount, blocksOf),
    dispose() {},
  };
}

/** Weights by {@link initialWeights}, biases 0, gains 1. */
export function initialiseTransformer({ architecture, parameters }: Scorer, rng: Rng): void {
  const { input, blocks, last, score } = partsOf(architecture as TransformerArchitecture, parameters);
  for (const layer of [input, ...blocks.flatMap(({ project, merge, up, down }) => [project, merge, up, down]), score])
    initialWeights(layer.weights, layer, rng);
  for (const { gain } of [...blocks.flatMap(({ beforeAttention, beforeUnits }) => [beforeAttention, beforeUnits]), last]) gain.fill(1);
}

/** Whole queries, as many at once as there is memory for. @throws UsageError where offsets are not those of the rows */
function queryBlocks(
  { layers, heads, width, feedForward }: TransformerArchitecture,
  mostKept: number,
  rows: number,
  offsets: Uint32Array | undefined,
): Block<Uint32Array>[] {
  if (offsets === undefined || offsets.at(-1) !== rows)
    throw new UsageError(
      `the ranker transformer scores the documents of whole queries, but ${offsets === undefined ? 'no offsets of queries are given' : `the offsets end at ${offsets.at(-1)} of ${rows} documents`}; give those of the query set`,
    );
  const perRow = layers * (7 * width + feedForward);
  const blocks: Block<Uint32Array>[] = [];
  for (let first = 0; first + 1 < offsets.length; ) {
    let [end, kept] = [first, 0];
    while (end + 1 < offsets.length && (end === first || kept < mostKept)) {
      const documents = offsets[end + 1] - offsets[end];
      kept += documents * perRow + layers * heads * documents ** 2;
      end++;
    }
    const of = offsets.subarray(first, end + 1).map((offset) => offset - offsets[first]);
    blocks.push({ start: offsets[first], end: offsets[end], of });
    first = end;
  }
  return blocks;
}

/** What of a layer a pass keeps for the way back. */
interface Kept {
  readonly attention: NormedRows;
  readonly toProject: Float32Array; // norm(h)
  readonly qkv: Float32Array;
  readonly weights: Float32Array; //   of attention
  readonly attended: Float32Array;
  readonly units: NormedRows;
  readonly toUnits: Float32Array; //   norm(h)
  readonly active: Float32Array; //    f(·W₁ + b₁)
}

/** The memory of passes over so many rows, with so many weights of attention. */
interface Memory {
  readonly rows: number;
  readonly pairs: number;
  readonly layers: readonly Kept[];
  readonly last: NormedRows;
  readonly toScore: Float32Array;
  readonly scores: Float32Array;
  readonly slopes: Float32Array; // ∂loss/∂score
  readonly h: Float32Array; //      and on the way back ∂loss/∂h
  readonly part: Float32Array; //   what is added to h, and on the way back its ∂
  readonly dQkv: Float32Array;
  readonly dActive: Float32Array;
}

function openMemory({ layers, width, feedForward }: TransformerArchitecture, rows: number, pairs: number): Memory {
  const wide = (columns = width) => new Float32Array(rows * columns);
  return {
    rows,
    pairs,
    layers: Array.from({ length: layers }, () => ({
      attention: normedRows(rows, width),
      toProject: wide(),
      qkv: wide(3 * width),
      weights: new Float32Array(pairs),
      attended: wide(),
      units: normedRows(rows, width),
      toUnits: wide(),
      active: wide(feedForward),
    })),
    last: normedRows(rows, width),
    toScore: wide(),
    scores: wide(1),
    slopes: wide(1),
    h: wide(),
    part: wide(),
    dQkv: wide(3 * width),
    dActive: wide(feedForward),
  };
}

/** The part of the memory that fewer rows take. */
function partOfMemory({ layers, ...memory }: Memory, { width, feedForward }: TransformerArchitecture, rows: number): Memory {
  const wide = (of: Float32Array, columns = width) => of.subarray(0, rows * columns);
  return {
    ...memory,
    rows,
    layers: layers.map((kept) => ({
      ...kept,
      toProject: wide(kept.toProject),
      qkv: wide(kept.qkv, 3 * width),
      attended: wide(kept.attended),
      toUnits: wide(kept.toUnits),
      active: wide(kept.active, feedForward),
    })),
    toScore: wide(memory.toScore),
    scores: wide(memory.scores, 1),
    slopes: wide(memory.slopes, 1),
    h: wide(memory.h),
    part: wide(memory.part),
    dQkv: wide(memory.dQkv, 3 * width),
    dActive: wide(memory.dActive, feedForward),
  };
}

/** Computes the network, products by the backend, all else by plain loops, in memory that is kept while batches are no longer. */
function setNetwork(architecture: TransformerArchitecture, product: Product): BlockNetwork<Uint32Array> {
  const { width, heads, activation } = architecture;
  const { f, slope } = activations[activation];
  const { attend, differentiate } = attentionBy(product);
  let whole = openMemory(architecture, 0, 0);

  const memoryFor = (rows: number, offsets: Uint32Array): Memory => {
    const pairs = attentionWeights({ offsets, heads });
    if (rows > whole.rows || pairs > whole.pairs)
      whole = openMemory(architecture, Math.max(rows, whole.rows), Math.max(pairs, whole.pairs));
    return partOfMemory(whole, architecture, rows);
  };
  /** y ← x·W + b */
  const forwards = ({ inputs, outputs, weights, bias }: Dense, x: Float32Array, y: Float32Array): void => {
    product('plain', { rows: y.length / outputs, columns: outputs, inner: inputs }, x, weights, y);
    for (let at = 0; at < y.length; at += outputs) for (let j = 0; j < outputs; j++) y[at + j] += bias[j];
  };
  /** ∂W = xᵀ·∂y, ∂b = Σ ∂y, ∂x = ∂y·Wᵀ */
  const backwards = (of: Dense, into: Dense, x: Float32Array, dy: Float32Array, dx: Float32Array | null): void => {
    const { inputs, outputs } = of;
    const rows = dy.length / outputs;
    product('left-transposed', { rows: inputs, columns: outputs, inner: rows }, x, dy, into.weights);
    sumRows(dy, into.bias);
    if (dx) product('right-transposed', { rows, columns: inputs, inner: outputs }, dy, of.weights, dx);
  };
  const normBackwards = (of: Norm, into: Norm, kept: NormedRows, dy: Float32Array, dx: Float32Array): void => {
    sumRows(dy, into.bias);
    differentiateNorm(dy, of.gain, kept, dx, into.gain);
  };

  const forward = (parameters: Float32Array, x: Float32Array, offsets: Uint32Array): Memory => {
    const of = partsOf(architecture, parameters);
    const memory = memoryFor(x.length / of.input.inputs, offsets);
    const { h, part, toScore, scores } = memory;
    forwards(of.input, x, h);
    for (const [l, { beforeAttention, project, merge, beforeUnits, up, down }] of of.blocks.entries()) {
      const { attention, toProject, qkv, weights, attended, units, toUnits, active } = memory.layers[l];
      normaliseRows(h, beforeAttention.gain, beforeAttention.bias, toProject, attention);
      forwards(project, toProject, qkv);
      attend({ offsets, heads, width }, qkv, weights, attended);
      forwards(merge, attended, part);
      add(part, h);
      normaliseRows(h, beforeUnits.gain, beforeUnits.bias, toUnits, units);
      forwards(up, toUnits, active);
      for (let i = 0; i < active.length; i++) active[i] = f(active[i]);
      forwards(down, active, part);
      add(part, h);
    }
    normaliseRows(h, of.last.gain, of.last.bias, toScore, memory.last);
    forwards(of.score, toScore, scores);
    return memory;
  };

  return {
    outputs: (parameters, x, offsets) => forward(parameters, x, offsets).scores.slice(),
    lossGradient(parameters, x, loss, gradient, offsets) {
      const memory = forward(parameters, x, offsets);
      const [of, into] = [partsOf(architecture, parameters), partsOf(architecture, gradient)];
      const { h: dh, part, dQkv, dActive, scores, slopes } = memory;
      const value = loss(scores, slopes);
      backwards(of.score, into.score, memory.toScore, slopes, part);
      normBackwards(of.last, into.last, memory.last, part, dh);
      for (let l = of.blocks.length - 1; l >= 0; l--) {
        const [own, to] = [of.blocks[l], into.blocks[l]];
        const { attention, toProject, qkv, weights, attended, units, toUnits, active } = memory.layers[l];
        backwards(own.down, to.down, active, dh, dActive);
        for (let i = 0; i < active.length; i++) dActive[i] *= slope(active[i]);
        backwards(own.up, to.up, toUnits, dActive, part);
        normBackwards(own.beforeUnits, to.beforeUnits, units, part, part);
        add(part, dh);
        backwards(own.merge, to.merge, attended, dh, part);
        differentiate({ offsets, heads, width }, qkv, weights, part, dQkv);
        backwards(own.project, to.project, toProject, dQkv, part);
        normBackwards(own.beforeAttention, to.beforeAttention, attention, part, part);
        add(part, dh);
      }
      backwards(of.input, into.input, x, dh, null);
      return value;
    },
  };
}

function add(part: Float32Array, to: Float32Array): void {
  for (let i = 0; i < to.length; i++) to[i] += part[i];
}

/** Sums over rows that are as wide as `into` is long. */
function sumRows(rows: Float32Array, into: Float32Array): void {
  const width = into.length;
  const sums = new Float64Array(width);
  for (let at = 0; at < rows.length; at += width) for (let j = 0; j < width; j++) sums[j] += rows[at + j];
  into.set(sums);
}

/** f, and f′ written with y = f(z). */
const activations = {
  elu: { f: (z: number) => (z > 0 ? z : Math.expm1(z)), slope: (y: number) => (y > 0 ? 1 : 1 + y) },
  relu: { f: (z: number) => Math.max(z, 0), slope: (y: number) => (y > 0 ? 1 : 0) },
  tanh: { f: Math.tanh, slope: (y: number) => 1 - y * y },
} as const;
