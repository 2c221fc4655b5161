/*
 * Histograms of documents by bin: two 64-bit floats a bin, to which each document adds its own two. Arrays are named by where they start in memory.
 */

// @ts-expect-error: a decorator of AssemblyScript
@inline
function add(bin: usize, sum: v128): void {
  v128.store(bin, f64x2.add(v128.load(bin), sum));
}

/**
 * Adds documents to the bins of features, four of these at a time, so that one does not wait for the other.
 * @param bins a byte each, column by column @param height of a column @param features which columns @param starts by column: its first bin in `into`
 * @param order the documents @param sums what each adds, in that order
 */
export function addToBins(bins: usize, height: usize, starts: usize, features: usize, columns: i32, order: usize, sums: usize, count: usize, into: usize): void {
  let c = 0;
  for (; c + 4 <= columns; c += 4) {
    const f0: usize = load<u32>(features, 0);
    const f1: usize = load<u32>(features, 4);
    const f2: usize = load<u32>(features, 8);
    const f3: usize = load<u32>(features, 12);
    features += 16;
    const b0 = bins + f0 * height;
    const b1 = bins + f1 * height;
    const b2 = bins + f2 * height;
    const b3 = bins + f3 * height;
    const h0 = into + ((load<u32>(starts + (f0 << 2)) as usize) << 4);
    const h1 = into + ((load<u32>(starts + (f1 << 2)) as usize) << 4);
    const h2 = into + ((load<u32>(starts + (f2 << 2)) as usize) << 4);
    const h3 = into + ((load<u32>(starts + (f3 << 2)) as usize) << 4);
    for (let i: usize = 0; i < count; i++) {
      const row: usize = load<u32>(order + (i << 2));
      const sum = v128.load(sums + (i << 4));
      add(h0 + ((load<u8>(b0 + row) as usize) << 4), sum);
      add(h1 + ((load<u8>(b1 + row) as usize) << 4), sum);
      add(h2 + ((load<u8>(b2 + row) as usize) << 4), sum);
      add(h3 + ((load<u8>(b3 + row) as usize) << 4), sum);
    }
  }
  for (; c < columns; c++) {
    const f: usize = load<u32>(features);
    features += 4;
    const column = bins + f * height;
    const h = into + ((load<u32>(starts + (f << 2)) as usize) << 4);
    for (let i: usize = 0; i < count; i++)
      add(h + ((load<u8>(column + load<u32>(order + (i << 2))) as usize) << 4), v128.load(sums + (i << 4)));
  }
}
