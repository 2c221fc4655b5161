/** All bits of the first so many lanes. */
export function firstLanes(count: i32): v128 {
  return i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(count));
}

export function storeFirst(at: usize, vector: v128, count: i32): void {
  v128.store32_lane(at, vector, 0);
  if (count > 1) v128.store32_lane(at, vector, 1, 4);
  if (count > 2) v128.store32_lane(at, vector, 2, 8);
}

/** Adds a row of 32-bit floats to one of 64-bit floats, and leaves it 0. @param bytes of the row of 32-bit floats, a multiple of 16 */
export function addInDouble(part: usize, sum: usize, bytes: usize): void {
  for (let f: usize = 0; f < bytes; f += 16) {
    const four = v128.load(part + f);
    const to = sum + (f << 1);
    v128.store(to, f64x2.add(v128.load(to), f64x2.promote_low_f32x4(four)));
    v128.store(to, f64x2.add(v128.load(to, 16), f64x2.promote_low_f32x4(v128.shuffle<f32>(four, four, 2, 3, 0, 1))), 16);
    v128.store(part + f, f32x4.splat(0));
  }
}
