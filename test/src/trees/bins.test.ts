import { openKernels } from '../../../src/kernels/kernels.ts';
import { createRng } from '../../../src/random/rng.ts';
import { binFeatures, cuts } from '../../../src/trees/bin-features.ts';
import { histogramRoom, subtractHistogram, wholeSums } from '../../../src/trees/histograms.ts';
import { drawn } from './world.ts';

const sorted = (values: readonly number[]) => Float32Array.from(values).sort();

test('few values are told apart exactly, by their middles', () => {
  expect([...cuts(sorted([3, 1, 1, 0, 3]), 3)]).toEqual([0.5, 2]);
  expect([...cuts(sorted([7, 7]), 255)]).toEqual([]);
  expect([...cuts(sorted([]), 255)]).toEqual([]);
});

test('a cut between neighbouring numbers is the lower one', () => {
  const next = new Float32Array(Uint32Array.of(0x3f800001).buffer)[0]; // after 1
  expect([...cuts(sorted([1, next]), 255)]).toEqual([1]);
});

test('many values are cut into as many bins as there are, of like numbers of rows; a frequent one is alone', () => {
  const values = Array.from({ length: 3000 }, (_, i) => (i < 1000 ? 500 : i));
  const { bins, thresholds } = binFeatures(Float32Array.from(values), 1, 21);
  expect(thresholds[0]).toHaveLength(20);
  const counts = new Uint32Array(21);
  for (const bin of bins) counts[bin]++;
  expect(counts[0]).toBe(1000); // a third of all
  expect(Math.max(...counts.subarray(1))).toBeLessThanOrEqual(101); // of 2000 in 20
  expect(Math.min(...counts.subarray(1))).toBeGreaterThanOrEqual(99);
});

test('a value is in the bin whose ends it lies between; missing ones behind all, −0 with 0', () => {
  const features = Float32Array.of(0.3, Number.NaN, 0, 2, -0, 5, 9, 5);
  const { bins, thresholds, missing, starts } = binFeatures(features, 2);
  expect([...bins]).toEqual([1, 0, 0, 2, 2, 0, 1, 1]);
  expect(thresholds.map((own) => [...own])).toEqual([[Math.fround(0.15), Math.fround(4.65)], [3.5]]);
  expect([...missing, ...starts]).toEqual([0, 1, 0, 3, 6]);
});

test('histograms are sums by bin, and those of a sibling differences, to the last bit; with the kernels and without', () => {
  const rng = createRng('histograms');
  const [n, F] = [500, 7];
  const binned = binFeatures(drawn(n * F, rng, 2), F);
  const gradient = Float32Array.from({ length: n }, () => rng.next() - 0.5);
  const curvature = Float32Array.from({ length: n }, () => rng.next());
  const sums = new Float64Array(2 * n);
  const units = wholeSums(gradient, curvature, sums);
  if (units === null) throw new Error('no numbers');
  const order = Uint32Array.from({ length: n }, (_, d) => (d * 7) % n);
  const chosen = Uint32Array.of(0, 2, 3, 4, 5, 6);
  const histograms = (room: ReturnType<typeof histogramRoom>) => {
    room.order.set(order);
    return [
      [0, n],
      [0, 120],
      [120, n],
    ].map(([start, end]) => {
      const own = room.take();
      room.fill(own, chosen, sums, start, end);
      return own;
    });
  };
  const [all, left, right] = histograms(histogramRoom(binned, 3, openKernels));
  expect(histograms(histogramRoom(binned, 3, () => null))).toEqual([all, left, right].map((own) => Float64Array.from(own)));
  const bin = binned.bins[2 * n + order[0]];
  const inBin = [...order.keys()].filter((i) => binned.bins[2 * n + order[i]] === bin).map((i) => order[i]);
  const [g, rest] = all.subarray(2 * (binned.starts[2] + bin), 2 * (binned.starts[2] + bin) + 2);
  expect(g * units.gradient).toBeCloseTo(
    inBin.reduce((sum, d) => sum + gradient[d], 0),
    12,
  );
  expect(rest % units.shift).toBe(inBin.length);
  expect(Math.floor(rest / units.shift) * units.curvature).toBeCloseTo(
    inBin.reduce((sum, d) => sum + curvature[d], 0),
    8,
  );
  expect(all.subarray(2 * binned.starts[1], 2 * binned.starts[2]).every((sum) => sum === 0)).toBe(true); // not chosen
  subtractHistogram(all, left);
  expect(all).toEqual(right);
});
