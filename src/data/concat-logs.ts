import type { ClickLog } from './click-log.ts';

/** The sessions of two logs of the same QuerySet in one: the lists and rows of `a`, then those of `b`. Nothing is merged: see `compact`. */
export function concatLogs(a: ClickLog, b: ClickLog): ClickLog {
  return {
    queries: join(a.queries, b.queries, 0),
    offsets: join(a.offsets, b.offsets.subarray(1), a.docs.length),
    docs: join(a.docs, b.docs, 0),
    list: join(a.list, b.list, a.queries.length),
    clickOffsets: join(a.clickOffsets, b.clickOffsets.subarray(1), a.clicks.length),
    clicks: concat(new Uint8Array(a.clicks.length + b.clicks.length), a.clicks, b.clicks),
    count: concat(new Float64Array(a.count.length + b.count.length), a.count, b.count),
    ...joined('contexts', a, b),
    ...joined('policies', a, b),
  };
}

/** A column of lists, 0 for those of a log without it; none where neither has one. */
function joined(key: 'contexts' | 'policies', a: ClickLog, b: ClickLog): { readonly [K in typeof key]?: Uint32Array } {
  if (a[key] === undefined && b[key] === undefined) return {};
  const of = (log: ClickLog) => log[key] ?? new Uint32Array(log.queries.length);
  return { [key]: join(of(a), of(b), 0) };
}

function concat<T extends Uint8Array | Uint32Array | Float64Array>(into: T, a: T, b: T): T {
  into.set(a);
  into.set(b, a.length);
  return into;
}

function join(a: Uint32Array, b: Uint32Array, shift: number): Uint32Array {
  const all = concat(new Uint32Array(a.length + b.length), a, b);
  if (shift > 0) for (let i = a.length; i < all.length; i++) all[i] += shift;
  return all;
}
