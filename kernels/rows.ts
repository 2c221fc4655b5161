/*
 * Products with rows of 32-bit floats, eight rows at a time. Rows are of a multiple of four numbers, and as many as a multiple of eight: what
 * is missing is 0. Arrays are named by where they start in memory.
 */

import { addInDouble } from './vectors';

const EIGHT: usize = 8;
const ROWS_OF_A_PART: usize = 64;

function sumOf(v: v128): f32 {
  const pairs = f32x4.add(v, v128.shuffle<f32>(v, v, 1, 0, 3, 2));
  return f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 2);
}

/** out_j = v_j · x of eight rows from `row` on. @param stride bytes of a row */
// @ts-ignore: a decorator of AssemblyScript
@inline
function eightDots(row: usize, stride: usize, x: usize, out: usize): void {
  let s0 = f32x4.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  let s4 = s0;
  let s5 = s0;
  let s6 = s0;
  let s7 = s0;
  for (let f: usize = 0; f < stride; f += 16) {
    const value = v128.load(x + f);
    const at = row + f;
    s0 = f32x4.add(s0, f32x4.mul(value, v128.load(at)));
    s1 = f32x4.add(s1, f32x4.mul(value, v128.load(at + stride)));
    s2 = f32x4.add(s2, f32x4.mul(value, v128.load(at + 2 * stride)));
    s3 = f32x4.add(s3, f32x4.mul(value, v128.load(at + 3 * stride)));
    s4 = f32x4.add(s4, f32x4.mul(value, v128.load(at + 4 * stride)));
    s5 = f32x4.add(s5, f32x4.mul(value, v128.load(at + 5 * stride)));
    s6 = f32x4.add(s6, f32x4.mul(value, v128.load(at + 6 * stride)));
    s7 = f32x4.add(s7, f32x4.mul(value, v128.load(at + 7 * stride)));
  }
  store<f32>(out, sumOf(s0));
  store<f32>(out, sumOf(s1), 4);
  store<f32>(out, sumOf(s2), 8);
  store<f32>(out, sumOf(s3), 12);
  store<f32>(out, sumOf(s4), 16);
  store<f32>(out, sumOf(s5), 20);
  store<f32>(out, sumOf(s6), 24);
  store<f32>(out, sumOf(s7), 28);
}

/** out_j = v_j · x. */
export function rowDots(rows: usize, width: i32, x: usize, out: usize, count: usize): void {
  const stride = usize(width) << 2;
  for (let j: usize = 0; j < count; j += EIGHT) eightDots(rows + j * stride, stride, x, out + (j << 2));
}

/**
 * sum = Σ_j weights_j v_j (v_j · x), in 64-bit floats over parts of a few rows, which keep what 32-bit ones would lose in a long sum.
 * @param part room for a row, and for eight numbers behind it
 */
export function weightedProduct(rows: usize, width: i32, weights: usize, x: usize, part: usize, sum: usize, count: usize): void {
  const stride = usize(width) << 2;
  const dots = part + stride;
  memory.fill(sum, 0, stride << 1);
  memory.fill(part, 0, stride);
  for (let j: usize = 0; j < count; j += EIGHT) {
    const row = rows + j * stride;
    eightDots(row, stride, x, dots);
    const weight = weights + (j << 2);
    v128.store(dots, f32x4.mul(v128.load(dots), v128.load(weight)));
    v128.store(dots, f32x4.mul(v128.load(dots, 16), v128.load(weight, 16)), 16);
    const c0 = v128.load32_splat(dots);
    const c1 = v128.load32_splat(dots, 4);
    const c2 = v128.load32_splat(dots, 8);
    const c3 = v128.load32_splat(dots, 12);
    const c4 = v128.load32_splat(dots, 16);
    const c5 = v128.load32_splat(dots, 20);
    const c6 = v128.load32_splat(dots, 24);
    const c7 = v128.load32_splat(dots, 28);
    for (let f: usize = 0; f < stride; f += 16) {
      const at = row + f;
      const s0 = f32x4.add(f32x4.mul(c0, v128.load(at)), f32x4.mul(c1, v128.load(at + stride)));
      const s1 = f32x4.add(f32x4.mul(c2, v128.load(at + 2 * stride)), f32x4.mul(c3, v128.load(at + 3 * stride)));
      const s2 = f32x4.add(f32x4.mul(c4, v128.load(at + 4 * stride)), f32x4.mul(c5, v128.load(at + 5 * stride)));
      const s3 = f32x4.add(f32x4.mul(c6, v128.load(at + 6 * stride)), f32x4.mul(c7, v128.load(at + 7 * stride)));
      v128.store(part + f, f32x4.add(v128.load(part + f), f32x4.add(f32x4.add(s0, s1), f32x4.add(s2, s3))));
    }
    if ((j + EIGHT) % ROWS_OF_A_PART != 0 && j + EIGHT < count) continue;
    addInDouble(part, sum, stride);
  }
}
