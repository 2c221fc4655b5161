import { kernelModule } from './module.ts';

/** Of a table of rows: their values; and of a batch where the gradient of a row is, which rows it meets, and the gradients. */
export type TableArrays = readonly [rows: number, slots: number, met: number, gradient: number];
/** Of pairs: users, items, and their scores or derivatives; and how many pairs. */
export type PairArrays = readonly [users: number, items: number, values: number, count: number];

/** What kernels/ exports. Arrays are given by where they start in the memory, in bytes. */
export interface Kernels {
  scorePairs(userRows: number, itemRows: number, width: number, dimension: number, base: number, ...pairs: PairArrays): void;
  addGradients(...of: readonly [...TableArrays, ...TableArrays, width: number, dimension: number, ...PairArrays]): number;
  stepSgd(...of: readonly [...TableArrays, width: number, l2: number, rate: number]): void;
  stepMomentum(...of: readonly [...TableArrays, velocity: number, width: number, l2: number, rate: number, momentum: number]): void;
  stepAdagrad(...of: readonly [...TableArrays, sum: number, width: number, l2: number, rate: number, epsilon: number]): void;
  stepAdam(
    ...of: readonly [
      ...TableArrays,
      ...[mean: number, square: number, width: number, l2: number, rate: number],
      ...[oneMinusBeta1: number, oneMinusBeta2: number, correction: number, epsilon: number],
    ]
  ): void;
  activate(rule: number, y: number, bias: number, rows: number, columns: number): void;
  differentiate(rule: number, dy: number, y: number, part: number, sum: number, rows: number, columns: number): void;
  addToBins(
    ...of: readonly [
      ...[bins: number, height: number, starts: number, features: number, columns: number],
      ...[order: number, sums: number, count: number, into: number],
    ]
  ): void;
  rowDots(rows: number, width: number, x: number, out: number, count: number): void;
  weightedProduct(rows: number, width: number, weights: number, x: number, part: number, sum: number, count: number): void;
}

/** The kernels on a memory of their own, which never grows: views of it stay valid. */
export interface OpenKernels {
  readonly kernels: Kernels;
  readonly buffer: ArrayBuffer;
  readonly at: readonly number[]; // where each array starts
}
export type OpensKernels = (bytes: readonly number[]) => OpenKernels | null;

const page = 65_536;
const vector = 16;
/** What is used of WebAssembly, which the types of Node leave to those of browsers. */
interface Wasm {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Memory: new (pages: { readonly initial: number; readonly maximum: number }) => { readonly buffer: ArrayBuffer };
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
}
let compiled: object | null = null;

/**
 * Room for arrays of so many bytes, all 0, and behind each what a vector may read beyond it. What is never touched takes no memory of the machine.
 * @returns null where WebAssembly, its SIMD or so much memory is not to be had
 */
export const openKernels: OpensKernels = (bytes) => {
  const at: number[] = [];
  let end = 0;
  for (const length of bytes) {
    at.push(end);
    end += vector * (Math.ceil(length / vector) + 1);
  }
  const pages = Math.ceil(end / page);
  const { WebAssembly: wasm } = globalThis as unknown as { readonly WebAssembly: Wasm };
  try {
    compiled ??= new wasm.Module(Uint8Array.from(atob(kernelModule), (letter) => letter.charCodeAt(0)));
    const memory = new wasm.Memory({ initial: pages, maximum: pages });
    const { exports } = new wasm.Instance(compiled, { env: { memory } });
    return { kernels: exports as Kernels, buffer: memory.buffer, at };
  } catch {
    return null;
  }
};
