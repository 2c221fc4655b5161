import { createRng } from '../random/rng.ts';
import { shuffle } from '../random/shuffle.ts';
import type { MetricOptions } from './metric-options.ts';
import { summarise } from './summarise.ts';
import type { Ties } from './ties.ts';

/** So many orders are looked at: all that differ where they are no more, else so many that are drawn. */
export const ORDERS = 128;

/**
 * A metric that knows nothing of ties, over random order among them: the exact expectation where at most 128 orders of a query's labels
 * differ, else the mean over 128 drawn orders, whose standard error is an eleventh of the standard deviation over orders. The draws are a
 * function of the query's labels and ties only. An order for which the metric is NaN counts for nothing, as long as one is defined.
 */
export const overOrders =
  <Options extends MetricOptions>(metric: (ranked: Float32Array, offsets: Uint32Array, options?: Options) => Float64Array) =>
  (ranked: Float32Array, offsets: Uint32Array, options?: Options): Float64Array => {
    const { ties, ...rest } = options ?? ({} as Options);
    const own = rest as Options; // all that a metric is told is optional
    const values = metric(ranked, offsets, own);
    if (ties === undefined) return values;
    for (let q = 0; q < values.length; q++) {
      const [start, end] = [offsets[q], offsets[q + 1]];
      const orders = ordersOfTies(ranked.subarray(start, end), start, ties);
      if (orders === null) continue;
      const count = orders.length / (end - start);
      const ends = Uint32Array.from({ length: count + 1 }, (_, i) => i * (end - start));
      const { retrieved } = own;
      values[q] = summarise(
        metric(
          Float32Array.from(orders),
          ends,
          retrieved === undefined ? own : { ...own, retrieved: new Uint32Array(count).fill(retrieved[q]) },
        ),
      ).mean;
    }
    return values;
  };

/**
 * Orders of what stands at places `start` …, one after the other, each as likely as the others among random orders within ties: all that
 * differ, or {@link ORDERS} drawn ones. Null where no two differ.
 */
export function ordersOfTies(values: Float32Array | Int32Array, start: number, ties: Ties): Float64Array | null {
  const groups = tiedGroups(values, start, ties);
  if (groups.length === 0) return null;
  const current = Float64Array.from(values);
  const parts = groups.map(({ first, end }) => current.subarray(first, end).sort()); // equal sets of labels draw equal orders
  const count = differentOrders(groups);
  const orders = new Float64Array(current.length * Math.min(count, ORDERS));
  const rng = count > ORDERS ? createRng(`ties/${current.join()}/${groups.map(({ first, end }) => `${first}-${end}`).join()}`) : null;
  for (let at = 0; at < orders.length; at += current.length) {
    if (rng) for (const part of parts) shuffle(part, rng);
    orders.set(current, at);
    if (!rng) parts.some(nextOrder); // like the digits of a number: the next part goes on once one has begun again
  }
  return orders;
}

interface TiedGroup {
  readonly first: number;
  readonly end: number;
  readonly counts: readonly number[]; // of each different value
}

/** The groups of ties in which values differ, by place from 0. */
function tiedGroups(values: Float32Array | Int32Array, start: number, ties: Ties): TiedGroup[] {
  const groups: TiedGroup[] = [];
  if (ties === undefined) return groups;
  for (let first = 0; first < values.length; ) {
    const end = ties[start + first] - start;
    if (end - first > 1) {
      const counts = new Map<number, number>();
      for (let i = first; i < end; i++) counts.set(values[i], (counts.get(values[i]) ?? 0) + 1);
      if (counts.size > 1) groups.push({ first, end, counts: [...counts.values()] });
    }
    first = end;
  }
  return groups;
}

/** How many orders differ, Π over groups of n!/Π n_v!; counted no further than beyond {@link ORDERS}. */
function differentOrders(groups: readonly TiedGroup[]): number {
  let orders = 1;
  for (const { counts } of groups) {
    let placed = 0;
    for (const count of counts) {
      for (let i = 1; i <= count; i++) orders = (orders * ++placed) / i; // binomial coefficients: whole at every step
      if (orders > ORDERS) return orders;
    }
  }
  return orders;
}

/** Makes of values the next order in the order of lists of numbers, in place; false where it was the last: then they begin again, ascending. */
function nextOrder(values: Float64Array): boolean {
  let pivot = values.length - 2;
  while (pivot >= 0 && values[pivot] >= values[pivot + 1]) pivot--;
  if (pivot >= 0) {
    let swap = values.length - 1;
    while (values[swap] <= values[pivot]) swap--;
    [values[pivot], values[swap]] = [values[swap], values[pivot]];
  }
  values.subarray(pivot + 1).reverse();
  return pivot >= 0;
}
