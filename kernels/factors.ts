/*
 * Models of factors, on 32-bit floats, four at a time. Arrays are named by where they start in memory. What a row has beyond a multiple of
 * four is read as a vector that reaches into what comes after it; of that nothing is used. Rows of gradients and moments end with room up
 * to a multiple of four.
 */

import { firstLanes, storeFirst } from './vectors';

const SGD: i32 = 0;
const MOMENTUM: i32 = 1;
const ADAGRAD: i32 = 2;
const ADAM: i32 = 3;

/** out[b] = p_u · q_i (+ b_u + c_i + base where rows end with a bias) of the pair (users[b], items[b]). */
export function scorePairs(
  userRows: usize,
  itemRows: usize,
  width: i32,
  dimension: i32,
  base: f32,
  users: usize,
  items: usize,
  out: usize,
  count: i32,
): void {
  const fours = dimension & ~3;
  const tail = firstLanes(dimension - fours);
  for (let b = 0; b < count; b++) {
    const p = userRows + ((load<u32>(users + (b << 2)) * width) << 2);
    const q = itemRows + ((load<u32>(items + (b << 2)) * width) << 2);
    let sums = f32x4.splat(0);
    for (let f = 0; f < fours; f += 4) sums = f32x4.add(sums, f32x4.mul(v128.load(p + (f << 2)), v128.load(q + (f << 2))));
    if (fours < dimension) {
      const at = fours << 2;
      sums = f32x4.add(sums, v128.and(tail, f32x4.mul(v128.load(p + at), v128.load(q + at))));
    }
    sums = f32x4.add(sums, v128.shuffle<f32>(sums, sums, 1, 0, 3, 2));
    let score = f32x4.extract_lane(sums, 0) + f32x4.extract_lane(sums, 2);
    if (width > dimension) score += base + load<f32>(p + (dimension << 2)) + load<f32>(q + (dimension << 2));
    store<f32>(out + (b << 2), score);
  }
}

/**
 * Where the gradient of a row starts. A batch's rows have theirs side by side, in the order in which it meets them.
 * @param slots of every row 1 + its place, 0 for those not met
 * @param met how many are met, then which
 */
function gradientOf(row: u32, slots: usize, met: usize, gradient: usize, stride: i32): usize {
  const at = slots + (row << 2);
  const known = load<u32>(at);
  const next = load<u32>(met) + 1;
  const slot = known == 0 ? next : known;
  store<u32>(met + (next << 2), row); // where the row is known, the next one overwrites it: no branch, which no processor guesses
  store<u32>(met, next - u32(known != 0));
  store<u32>(at, slot);
  return gradient + (slot - 1) * stride;
}

/** Adds derivative[b] ∂score_b to the gradients of the rows; pairs of derivative 0 meet none. @returns Σ_b derivative[b] */
export function addGradients(
  userRows: usize,
  userSlots: usize,
  userMet: usize,
  userGradient: usize,
  itemRows: usize,
  itemSlots: usize,
  itemMet: usize,
  itemGradient: usize,
  width: i32,
  dimension: i32,
  users: usize,
  items: usize,
  derivative: usize,
  count: i32,
): f64 {
  const fours = dimension & ~3;
  const tail = firstLanes(dimension - fours);
  const stride = ((width + 3) & ~3) << 2;
  let total: f64 = 0;
  for (let b = 0; b < count; b++) {
    const d = load<f32>(derivative + (b << 2));
    if (d == 0) continue;
    total += d;
    const user = load<u32>(users + (b << 2));
    const item = load<u32>(items + (b << 2));
    const p = userRows + ((user * width) << 2);
    const q = itemRows + ((item * width) << 2);
    const toUser = gradientOf(user, userSlots, userMet, userGradient, stride);
    const toItem = gradientOf(item, itemSlots, itemMet, itemGradient, stride);
    const ds = f32x4.splat(d);
    for (let f = 0; f < fours; f += 4) {
      const at = f << 2;
      v128.store(toUser + at, f32x4.add(v128.load(toUser + at), f32x4.mul(ds, v128.load(q + at))));
      v128.store(toItem + at, f32x4.add(v128.load(toItem + at), f32x4.mul(ds, v128.load(p + at))));
    }
    if (fours < dimension) {
      const at = fours << 2;
      v128.store(toUser + at, f32x4.add(v128.load(toUser + at), v128.and(tail, f32x4.mul(ds, v128.load(q + at)))));
      v128.store(toItem + at, f32x4.add(v128.load(toItem + at), v128.and(tail, f32x4.mul(ds, v128.load(p + at)))));
    }
    if (width > dimension) {
      const at = dimension << 2;
      store<f32>(toUser + at, load<f32>(toUser + at) + d);
      store<f32>(toItem + at, load<f32>(toItem + at) + d);
    }
  }
  return total;
}

/** Of four numbers x with gradient g, where they are moved to; their moments are moved on the way. */
// @ts-expect-error: a decorator of AssemblyScript
@inline
function moved(
  rule: i32,
  x: v128,
  g: v128,
  first: usize,
  second: usize,
  rate: f32,
  decay1: f32,
  decay2: f32,
  correction: f32,
  epsilon: f32,
): v128 {
  const rates = f32x4.splat(rate);
  if (rule == SGD) return f32x4.sub(x, f32x4.mul(rates, g));
  const before = v128.load(first);
  if (rule == MOMENTUM) {
    const velocity = f32x4.add(f32x4.mul(f32x4.splat(decay1), before), g);
    v128.store(first, velocity);
    return f32x4.sub(x, f32x4.mul(rates, velocity));
  }
  const squared = f32x4.mul(g, g);
  if (rule == ADAGRAD) {
    const sum = f32x4.add(before, squared);
    v128.store(first, sum);
    return f32x4.sub(x, f32x4.div(f32x4.mul(rates, g), f32x4.add(f32x4.sqrt(sum), f32x4.splat(epsilon))));
  }
  const mean = f32x4.add(before, f32x4.mul(f32x4.splat(decay1), f32x4.sub(g, before)));
  const beforeSquare = v128.load(second);
  const square = f32x4.add(beforeSquare, f32x4.mul(f32x4.splat(decay2), f32x4.sub(squared, beforeSquare)));
  v128.store(first, mean);
  v128.store(second, square);
  const root = f32x4.add(f32x4.mul(f32x4.sqrt(square), f32x4.splat(correction)), f32x4.splat(epsilon));
  return f32x4.sub(x, f32x4.div(f32x4.mul(rates, mean), root));
}

/** Moves the rows met along gradient + l2 · row by a rule, and forgets them. Inlined, so that each rule has loops of its own. */
// @ts-expect-error: a decorator of AssemblyScript
@inline
function stepRows(
  rule: i32,
  rows: usize,
  slots: usize,
  met: usize,
  gradient: usize,
  first: usize,
  second: usize,
  width: i32,
  l2: f32,
  rate: f32,
  decay1: f32,
  decay2: f32,
  correction: f32,
  epsilon: f32,
): void {
  const fours = width & ~3;
  const stride = ((width + 3) & ~3) << 2;
  const count = load<u32>(met);
  const l2s = f32x4.splat(l2);
  const zero = f32x4.splat(0);
  for (let slot: u32 = 0; slot < count; slot++) {
    const row = load<u32>(met + ((slot + 1) << 2));
    let x = rows + ((row * width) << 2);
    let g = gradient + slot * stride;
    let m = first + row * stride;
    let v = second + row * stride;
    for (let f = 0; f < fours; f += 4) {
      const from = v128.load(x);
      const slope = f32x4.add(v128.load(g), f32x4.mul(l2s, from));
      v128.store(x, moved(rule, from, slope, m, v, rate, decay1, decay2, correction, epsilon));
      v128.store(g, zero);
      x += 16;
      g += 16;
      m += 16;
      v += 16;
    }
    if (fours < width) {
      const from = v128.and(firstLanes(width - fours), v128.load(x)); // so that moments beyond the row stay 0
      const slope = f32x4.add(v128.load(g), f32x4.mul(l2s, from));
      storeFirst(x, moved(rule, from, slope, m, v, rate, decay1, decay2, correction, epsilon), width - fours);
      v128.store(g, zero);
    }
    store<u32>(slots + (row << 2), 0);
  }
  store<u32>(met, 0);
}

/** x ← x − rate · g, g the gradient with that of the L2 term */
export function stepSgd(
  rows: usize,
  slots: usize,
  met: usize,
  gradient: usize,
  width: i32,
  l2: f32,
  rate: f32,
): void {
  stepRows(SGD, rows, slots, met, gradient, 0, 0, width, l2, rate, 0, 0, 0, 0);
}

/** v ← μ v + g; x ← x − rate · v */
export function stepMomentum(
  rows: usize,
  slots: usize,
  met: usize,
  gradient: usize,
  velocity: usize,
  width: i32,
  l2: f32,
  rate: f32,
  momentum: f32,
): void {
  stepRows(MOMENTUM, rows, slots, met, gradient, velocity, 0, width, l2, rate, momentum, 0, 0, 0);
}

/** G ← G + g²; x ← x − rate · g / (√G + ε) */
export function stepAdagrad(
  rows: usize,
  slots: usize,
  met: usize,
  gradient: usize,
  sum: usize,
  width: i32,
  l2: f32,
  rate: f32,
  epsilon: f32,
): void {
  stepRows(ADAGRAD, rows, slots, met, gradient, sum, 0, width, l2, rate, 0, 0, 0, epsilon);
}

/** m ← m + (1 − β₁)(g − m); v ← v + (1 − β₂)(g² − v); x ← x − rate · m / (correction · √v + ε) */
export function stepAdam(
  rows: usize,
  slots: usize,
  met: usize,
  gradient: usize,
  mean: usize,
  square: usize,
  width: i32,
  l2: f32,
  rate: f32,
  oneMinusBeta1: f32,
  oneMinusBeta2: f32,
  correction: f32,
  epsilon: f32,
): void {
  stepRows(ADAM, rows, slots, met, gradient, mean, square, width, l2, rate, oneMinusBeta1, oneMinusBeta2, correction, epsilon);
}
