import { UsageError } from '../../errors.ts';
import type { Accounting } from '../accounting.ts';
import { growingUint32 } from '../growing-array.ts';

/**
 * What users did with items: U users, I items, N rows, the rows of user u at offsets[u] … offsets[u + 1] − 1, items ascending.
 * A row is a pair that was seen: a click, a rating, or an impression that may have led to neither. A pair without a row was not seen,
 * or nobody knows. Columns that the source does not have are null.
 */
export interface InteractionLog {
  readonly userIds: readonly string[]; //          length U
  readonly itemIds: readonly string[]; //          length I
  readonly offsets: Uint32Array; //                length U + 1
  readonly items: Uint32Array; //                  length N
  readonly clicks: Uint8Array; //                  length N, 0 or 1; all 1 where the source has only ratings
  readonly ratings: Float32Array | null; //        length N, on the source's scale
  readonly conversions: Uint8Array | null; //      length N, 0 or 1, and 0 where there was no click
  readonly propensities: Float64Array | null; //   length N, in (0, 1]: probability that the row was seen
  readonly positions: Uint8Array | null; //        length N, 0-based, of an impression in its list
  readonly timestamps: Float64Array | null; //     length N, seconds since 1970
  /** Whether a pair may have several rows: impressions may, clicks and ratings not. */
  readonly repeated: boolean;
  /** Lowest and highest rating there can be; absent where the source does not say. */
  readonly ratingScale?: readonly [number, number];
}

/** A log with what belongs to it. Both logs, and the features, share the indexes of users and items. */
export interface InteractionData {
  readonly log: InteractionLog;
  /** Pairs that were shown (or asked about) uniformly at random: the unbiased test part. */
  readonly uniformTest: InteractionLog | null;
  /** Other such pairs, for naive Bayes; absent or null: a share of the test part may be taken out of it. */
  readonly uniformSample?: InteractionLog | null;
  readonly userFeatures: PairFeatures | null;
  readonly itemFeatures: PairFeatures | null;
  /** What became of the rows of all files: every built-in reader says so, others may. */
  readonly accounting?: readonly Accounting[];
}

/** Row-major features of users, or of items. */
export interface PairFeatures {
  readonly values: Float32Array; // length rows · width
  readonly width: number;
}

/** The user of every row, length N. */
export function rowUsers({ offsets, items }: InteractionLog): Uint32Array {
  const users = new Uint32Array(items.length);
  for (let u = 0; u + 1 < offsets.length; u++) users.fill(u, offsets[u], offsets[u + 1]);
  return users;
}

/** The first row of a pair, or −1 where it has none: a binary search among the user's rows. */
export function findRow({ offsets, items }: Pick<InteractionLog, 'offsets' | 'items'>, user: number, item: number): number {
  let low = offsets[user];
  const end = offsets[user + 1];
  let high = end;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (items[middle] < item) low = middle + 1;
    else high = middle;
  }
  return low < end && items[low] === item ? low : -1;
}

/** Clicks per item, length I; aligned by item also where an item has none. */
export function itemClicks({ itemIds, items, clicks }: InteractionLog): Float64Array {
  const counts = new Float64Array(itemIds.length);
  for (let row = 0; row < items.length; row++) counts[items[row]] += clicks[row];
  return counts;
}

/** Rows per item, length I. */
export function itemRows({ itemIds, items }: InteractionLog): Float64Array {
  const counts = new Float64Array(itemIds.length);
  for (let row = 0; row < items.length; row++) counts[items[row]]++;
  return counts;
}

/** Those of 0 … count − 1 for which `keep` holds, ascending; without a list of all in between. */
export function indexesWhere(count: number, keep: (index: number) => boolean): Uint32Array {
  const kept = growingUint32();
  for (let i = 0; i < count; i++) if (keep(i)) kept.push(i);
  return kept.trimmed();
}

/** The rows for which `keep` holds, with all their columns. */
export function filterRows(log: InteractionLog, keep: (row: number) => boolean): InteractionLog {
  const kept = indexesWhere(log.items.length, keep);
  const offsets = new Uint32Array(log.offsets.length);
  const users = rowUsers(log);
  for (const row of kept) offsets[users[row] + 1]++;
  for (let u = 1; u < offsets.length; u++) offsets[u] += offsets[u - 1];
  return {
    ...log,
    offsets,
    items: kept.map((row) => log.items[row]),
    clicks: Uint8Array.from(kept, (row) => log.clicks[row]),
    ratings: log.ratings && Float32Array.from(kept, (row) => (log.ratings as Float32Array)[row]),
    conversions: log.conversions && Uint8Array.from(kept, (row) => (log.conversions as Uint8Array)[row]),
    propensities: log.propensities && Float64Array.from(kept, (row) => (log.propensities as Float64Array)[row]),
    positions: log.positions && Uint8Array.from(kept, (row) => (log.positions as Uint8Array)[row]),
    timestamps: log.timestamps && Float64Array.from(kept, (row) => (log.timestamps as Float64Array)[row]),
  };
}

/** The first row of every pair: a log in which no pair repeats. */
export function firstOfPairs(log: InteractionLog): InteractionLog {
  if (!log.repeated) return log;
  const users = rowUsers(log);
  return { ...filterRows(log, (row) => findRow(log, users[row], log.items[row]) === row), repeated: false };
}

/** @throws UsageError where the arrays do not fit each other or a value is out of range; one check, so that loops behind it run bare */
export function checkInteractionLog(log: InteractionLog): void {
  const { userIds, itemIds, offsets, items, clicks, ratings, conversions, propensities, positions, timestamps, repeated } = log;
  if (offsets.length !== userIds.length + 1)
    throw new UsageError(`expected ${userIds.length + 1} offsets, one per user and one, got ${offsets.length}`);
  const columns = { items, clicks, ratings, conversions, propensities, positions, timestamps };
  for (const [name, column] of Object.entries(columns))
    if (column !== null && column.length !== offsets[userIds.length])
      throw new UsageError(`expected ${offsets[userIds.length]} ${name}, one per row, got ${column.length}`);
  for (let u = 0; u < userIds.length; u++) {
    if (offsets[u + 1] < offsets[u]) throw new UsageError(`offsets decrease at user ${u}`);
    for (let row = offsets[u] + 1; row < offsets[u + 1]; row++)
      if (items[row] < items[row - 1] || (items[row] === items[row - 1] && !repeated))
        throw new UsageError(`rows of user ${u}: items must ascend${repeated ? '' : ' and none be there twice'}`);
  }
  const stray = items.findIndex((item) => item >= itemIds.length);
  if (stray >= 0) throw new UsageError(`items[${stray}] is ${items[stray]}, but there are ${itemIds.length} items`);
  const bad = propensities?.findIndex((p) => !(p > 0 && p <= 1)) ?? -1;
  if (bad >= 0)
    throw new UsageError(`propensities[${bad}] must be in (0, 1], got ${propensities?.[bad]}; drop rows that could not be seen`);
  const early = conversions?.findIndex((conversion, row) => conversion > clicks[row]) ?? -1;
  if (early >= 0) throw new UsageError(`row ${early} has a conversion without a click`);
}
