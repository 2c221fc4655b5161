/*
 * Activations of dense layers, on 32-bit floats, four at a time. Matrices lie row by row, without gaps: what a row has beyond a multiple of
 * four is read as a vector that reaches into what comes after it, and only its first lanes are written. Rows of sums have room up to a
 * multiple of four.
 */

import { addInDouble, firstLanes, storeFirst } from './vectors';

const LINEAR: i32 = 0;
const RELU: i32 = 1;
const ELU: i32 = 2;
const TANH: i32 = 3;

const ROWS_OF_A_PART: usize = 64;

/**
 * e^z − 1 of z ≤ 0. With n the nearest whole number to −z/ln 2 and r = z + n ln 2, |r| ≤ ln 2/2: 2^−n (e^r − 1) + (2^−n − 1), and e^r − 1 by
 * its series up to r⁷/7!, which leaves 5e-9. Below −87 it is −1 in 32 bits.
 */
// @ts-expect-error: a decorator of AssemblyScript
@inline
function expMinusOne(z: v128): v128 {
  const m = f32x4.max(z, f32x4.splat(-87));
  const n = f32x4.nearest(f32x4.mul(m, f32x4.splat(-1.4426950408889634)));
  const r = f32x4.add(f32x4.add(m, f32x4.mul(n, f32x4.splat(0.693359375))), f32x4.mul(n, f32x4.splat(-2.1219444e-4))); // ln 2 in two parts
  let series = f32x4.splat(1.0 / 5040);
  series = f32x4.add(f32x4.mul(series, r), f32x4.splat(1.0 / 720));
  series = f32x4.add(f32x4.mul(series, r), f32x4.splat(1.0 / 120));
  series = f32x4.add(f32x4.mul(series, r), f32x4.splat(1.0 / 24));
  series = f32x4.add(f32x4.mul(series, r), f32x4.splat(1.0 / 6));
  series = f32x4.add(f32x4.mul(series, r), f32x4.splat(1.0 / 2));
  series = f32x4.add(f32x4.mul(f32x4.mul(series, r), r), r);
  const power = i32x4.shl(i32x4.sub(i32x4.splat(127), i32x4.trunc_sat_f32x4_s(n)), 23);
  return f32x4.add(f32x4.mul(power, series), f32x4.sub(power, f32x4.splat(1)));
}

// @ts-expect-error: a decorator of AssemblyScript
@inline
function activated(rule: i32, z: v128): v128 {
  const zero = f32x4.splat(0);
  if (rule == RELU) return f32x4.max(z, zero);
  if (rule == ELU) return f32x4.add(f32x4.max(z, zero), expMinusOne(f32x4.min(z, zero)));
  if (rule == TANH) {
    const t = expMinusOne(f32x4.mul(f32x4.abs(z), f32x4.splat(-2)));
    const size = f32x4.div(t, f32x4.add(t, f32x4.splat(2)));
    return v128.bitselect(z, size, i32x4.splat(0x80000000)); // with the sign of z
  }
  return z;
}

/** f′, written with y = f(z). */
// @ts-expect-error: a decorator of AssemblyScript
@inline
function slope(rule: i32, y: v128): v128 {
  const one = f32x4.splat(1);
  const zero = f32x4.splat(0);
  if (rule == RELU) return v128.and(one, f32x4.gt(y, zero));
  if (rule == ELU) return f32x4.add(one, f32x4.min(y, zero));
  if (rule == TANH) return f32x4.sub(one, f32x4.mul(y, y));
  return one;
}

// @ts-expect-error: a decorator of AssemblyScript
@inline
function activateRows(rule: i32, y: usize, bias: usize, rows: usize, columns: i32): void {
  const fours = columns & ~3;
  for (let i: usize = 0; i < rows; i++) {
    let b = bias;
    for (let j = 0; j < fours; j += 4) {
      v128.store(y, activated(rule, f32x4.add(v128.load(y), v128.load(b))));
      y += 16;
      b += 16;
    }
    if (fours < columns) storeFirst(y, activated(rule, f32x4.add(v128.load(y), v128.load(b))), columns - fours);
    y += (columns - fours) << 2;
  }
}

// @ts-expect-error: a decorator of AssemblyScript
@inline
function differentiateRows(rule: i32, dy: usize, y: usize, part: usize, sum: usize, rows: usize, columns: i32): void {
  const fours = columns & ~3;
  const stride: usize = ((columns + 3) & ~3) << 2;
  memory.fill(sum, 0, stride << 1);
  memory.fill(part, 0, stride);
  for (let i: usize = 0; i < rows; i++) {
    let s = part;
    for (let j = 0; j < fours; j += 4) {
      const d = f32x4.mul(v128.load(dy), slope(rule, v128.load(y)));
      v128.store(dy, d);
      v128.store(s, f32x4.add(v128.load(s), d));
      dy += 16;
      y += 16;
      s += 16;
    }
    if (fours < columns) {
      const d = f32x4.mul(v128.load(dy), slope(rule, v128.load(y)));
      storeFirst(dy, d, columns - fours);
      v128.store(s, f32x4.add(v128.load(s), v128.and(d, firstLanes(columns - fours))));
    }
    dy += (columns - fours) << 2;
    y += (columns - fours) << 2;
    if ((i + 1) % ROWS_OF_A_PART == 0 || i + 1 == rows) addInDouble(part, sum, stride);
  }
}

/** y ← f(y + bias), row by row. */
export function activate(rule: i32, y: usize, bias: usize, rows: usize, columns: i32): void {
  if (rule == RELU) activateRows(RELU, y, bias, rows, columns);
  else if (rule == ELU) activateRows(ELU, y, bias, rows, columns);
  else if (rule == TANH) activateRows(TANH, y, bias, rows, columns);
  else activateRows(LINEAR, y, bias, rows, columns);
}

/**
 * dy ← dy ⊙ f′, and sum = Σ of its rows, in 64-bit floats over parts of a few rows.
 * @param part room for a row
 */
export function differentiate(rule: i32, dy: usize, y: usize, part: usize, sum: usize, rows: usize, columns: i32): void {
  if (rule == RELU) differentiateRows(RELU, dy, y, part, sum, rows, columns);
  else if (rule == ELU) differentiateRows(ELU, dy, y, part, sum, rows, columns);
  else if (rule == TANH) differentiateRows(TANH, dy, y, part, sum, rows, columns);
  else differentiateRows(LINEAR, dy, y, part, sum, rows, columns);
}
