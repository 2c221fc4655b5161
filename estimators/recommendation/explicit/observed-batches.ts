import { type InteractionLog, indexesWhere, rowUsers } from '../../../src/data/interactions/interaction-log.ts';
import { UsageError } from '../../../src/errors.ts';
import type { Rng } from '../../../src/random/rng.ts';

/** Observed rows, and pairs drawn from all of D. Arrays are reused by the next batch. */
export interface ObservedBatch {
  readonly rows: Uint32Array; //            observed, length n
  readonly users: Uint32Array;
  readonly items: Uint32Array;
  readonly populationUsers: Uint32Array; // of D, length m
  readonly populationItems: Uint32Array;
}

export interface ObservedRows {
  readonly all: Uint32Array; //     rows that are trained on
  readonly users: Uint32Array; //   the user of every row of the log
  readonly perPair: number; //      what a row counts in a mean over D: 1/|D|
}

/**
 * D is all pairs of a user and an item; where impressions repeat pairs, every impression with every item that could have been in its place.
 * @param keep which rows are trained on
 */
export function observedRows(log: InteractionLog, keep: (row: number) => boolean): ObservedRows {
  const all = indexesWhere(log.items.length, keep);
  if (all.length === 0) throw new UsageError('no observed row is left to learn from');
  const contexts = log.repeated ? all.length : log.userIds.length * (all.length / log.items.length);
  return { all, users: rowUsers(log), perPair: 1 / (contexts * log.itemIds.length) };
}

/** Batches without end: n observed rows drawn uniformly, and m pairs of D. @param populationSize m */
export function* observedBatches(
  log: InteractionLog,
  { all, users }: ObservedRows,
  size: number,
  populationSize: number,
  rng: Rng,
): Generator<ObservedBatch, never> {
  const n = Math.min(size, all.length);
  const batch: ObservedBatch = {
    rows: new Uint32Array(n),
    users: new Uint32Array(n),
    items: new Uint32Array(n),
    populationUsers: new Uint32Array(populationSize),
    populationItems: new Uint32Array(populationSize),
  };
  while (true) {
    for (let k = 0; k < n; k++) {
      const row = all[Math.floor(rng.next() * all.length)];
      batch.rows[k] = row;
      batch.users[k] = users[row];
      batch.items[k] = log.items[row];
    }
    for (let j = 0; j < populationSize; j++) {
      const context = log.repeated ? users[all[Math.floor(rng.next() * all.length)]] : Math.floor(rng.next() * log.userIds.length);
      batch.populationUsers[j] = context;
      batch.populationItems[j] = Math.floor(rng.next() * log.itemIds.length);
    }
    yield batch;
  }
}
