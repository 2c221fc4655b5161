import { openKernels } from '../kernels/kernels.ts';
import { differentiateNorm, type NormedRows, normaliseRows, normedRows } from '../math/layer-norm.ts';
import type { Rng } from '../random/rng.ts';
import {
  type DenseActivation,
  type DenseLayer,
  type DenseNetwork,
  type Drops,
  type LayerParameters,
  layerParameters,
} from './dense-network.ts';

/**
 * C ← op(A)·op(B), C [rows, columns] overwritten, op(A) [rows, inner], op(B) [inner, columns]; all float32, row by row. op is nothing, or a transpose
 * of what is stored: of A where `form` is 'left-transposed', of B where it is 'right-transposed'.
 */
export type Product = (
  form: 'plain' | 'left-transposed' | 'right-transposed',
  shape: { readonly rows: number; readonly columns: number; readonly inner: number },
  a: Float32Array,
  b: Float32Array,
  c: Float32Array,
) => void;

/** What kernels/dense.ts calls them. */
const rules: Readonly<Record<DenseActivation, number>> = { linear: 0, relu: 1, elu: 2, tanh: 3 };

/** What one pass writes before it reads it: of each layer its outputs y, and δ, ∂loss/∂y and then ∂loss/∂(x·W + b). */
interface Pass {
  readonly y: readonly Float32Array[];
  readonly delta: readonly Float32Array[];
  readonly norms: readonly (NormedRows | null)[]; // of layers that are normalised
  readonly drops: readonly (Dropped | null)[]; //    of layers with dropout
}

/** y with some of it left out: what the next layer gets in training. */
interface Dropped {
  readonly keeps: Float32Array; // 0, or 1 over the share that is kept
  readonly left: Float32Array; //  keeps ⊙ y
}

/** The memory of passes over as many rows as it has room for. */
interface Scratch {
  readonly capacity: number;
  pass(rows: number): Pass;
  /** y ← f(y + b) */
  activate(layer: number, bias: Float32Array, rows: number): void;
  /** δ ← δ ⊙ f′(y); its sum over rows goes to `bias` */
  differentiate(layer: number, bias: Float32Array, rows: number): void;
}

/**
 * A network whose products somebody else computes; all else is done by kernels, in memory that is kept while batches are no longer. With
 * δ = ∂loss/∂y ⊙ f′ the parameters get ∂W = xᵀ·δ and ∂b = Σ δ over rows, and the layer below ∂loss/∂x = δ·Wᵀ; where rows are normalised, δ goes back
 * through that after ∂b.
 */
export function productNetwork(layers: readonly DenseLayer[], product: Product): DenseNetwork {
  let scratch: Scratch | null = null;

  const forward = (of: LayerParameters, x: Float32Array, draws?: Drops) => {
    const rows = x.length / layers[0].inputs;
    if (scratch === null || rows > scratch.capacity) scratch = openScratch(layers, rows);
    const pass = scratch.pass(rows);
    const { y, norms, drops } = pass;
    const rng = draws?.();
    const into: Float32Array[] = []; // what each layer gets
    for (const [l, { inputs, outputs, dropout = 0 }] of layers.entries()) {
      const below = l === 0 ? null : drops[l - 1];
      into.push(l === 0 ? x : rng && below ? below.left : y[l - 1]);
      product('plain', { rows, columns: outputs, inner: inputs }, into[l], of[l].weights, y[l]);
      const norm = norms[l];
      if (norm) normaliseRows(y[l], of[l].gain, null, y[l], norm);
      scratch.activate(l, of[l].bias, rows);
      const dropped = drops[l];
      if (rng && dropped) dropSome(y[l], dropout, rng, dropped);
    }
    return { rows, into, pass, scratch };
  };

  return {
    outputs(parameters, x, drops) {
      if (x.length === 0) return new Float32Array(0);
      return (forward(layerParameters(layers, parameters), x, drops).pass.y.at(-1) as Float32Array).slice();
    },
    lossGradient(parameters, x, loss, gradient, draws, inputSlopes) {
      const [of, to] = [parameters, gradient].map((flat) => layerParameters(layers, flat));
      const { rows, into, pass, scratch } = forward(of, x, draws);
      const { y, delta, norms, drops } = pass;
      const last = layers.length - 1;
      const value = loss(y[last], delta[last]);
      for (let l = last; l >= 0; l--) {
        const { inputs, outputs } = layers[l];
        const [norm, dropped] = [norms[l], drops[l]];
        if (draws && dropped) for (let i = 0; i < delta[l].length; i++) delta[l][i] *= dropped.keeps[i];
        scratch.differentiate(l, to[l].bias, rows);
        if (norm) differentiateNorm(delta[l], of[l].gain, norm, delta[l], to[l].gain);
        product('left-transposed', { rows: inputs, columns: outputs, inner: rows }, into[l], delta[l], to[l].weights);
        const below = l > 0 ? delta[l - 1] : inputSlopes;
        if (below) product('right-transposed', { rows, columns: inputs, inner: outputs }, delta[l], of[l].weights, below);
      }
      return value;
    },
  };
}

function dropSome(y: Float32Array, rate: number, rng: Rng, { keeps, left }: Dropped): void {
  const kept = 1 / (1 - rate);
  for (let i = 0; i < y.length; i++) {
    keeps[i] = rng.next() < rate ? 0 : kept;
    left[i] = keeps[i] * y[i];
  }
}

function openScratch(layers: readonly DenseLayer[], capacity: number): Scratch {
  const widest = 4 * Math.ceil(Math.max(...layers.map(({ outputs }) => outputs)) / 4);
  const sizes = layers.map(({ outputs }) => 4 * capacity * outputs);
  const opened = openKernels([...sizes, ...sizes, 4 * widest, 8 * widest]);
  if (opened === null)
    throw new Error(`no memory of WebAssembly for ${capacity} rows of ${layers.map((l) => l.outputs).join(', ')} numbers`);
  const { kernels, buffer, at } = opened;
  const L = layers.length;
  const [row, sum] = [at[2 * L], at[2 * L + 1]];
  const [biasRow, sums] = [new Float32Array(buffer, row, widest), new Float64Array(buffer, sum, widest)];
  let [of, pass]: [number, Pass] = [0, { y: [], delta: [], norms: [], drops: [] }];
  const norms = layers.map(({ layerNorm, outputs }) => (layerNorm ? normedRows(capacity, outputs) : null));
  const drops = layers.map(({ dropout, outputs }) =>
    dropout ? { keeps: new Float32Array(capacity * outputs), left: new Float32Array(capacity * outputs) } : null,
  );
  return {
    capacity,
    pass(rows) {
      const arrays = (first: number) => layers.map(({ outputs }, l) => new Float32Array(buffer, at[first + l], rows * outputs));
      if (rows !== of) {
        of = rows;
        pass = {
          y: arrays(0),
          delta: arrays(L),
          norms,
          drops: drops.map((dropped, l) => dropped && { keeps: dropped.keeps, left: dropped.left.subarray(0, rows * layers[l].outputs) }),
        };
      }
      return pass;
    },
    activate(l, bias, rows) {
      biasRow.set(bias);
      kernels.activate(rules[layers[l].activation], at[l], row, rows, bias.length);
    },
    differentiate(l, bias, rows) {
      kernels.differentiate(rules[layers[l].activation], at[L + l], at[l], row, sum, rows, bias.length);
      bias.set(sums.subarray(0, bias.length));
    },
  };
}
