import { findRow, type InteractionLog, indexesWhere, rowUsers } from '../data/interactions/interaction-log.ts';
import { UsageError } from '../errors.ts';
import type { Rng } from '../random/rng.ts';
import type { HeldOutPairs } from './held-out-pairs.ts';

/** Pairs with weights such that the expectation of Σ_b weight_b f(pair_b) is the mean of f over all pairs. Arrays are reused by the next batch. */
export interface SampledPairs {
  readonly users: Uint32Array;
  readonly items: Uint32Array;
  readonly clicked: Uint8Array;
  readonly weights: Float64Array;
  readonly count: number;
}

export interface PairSampling extends PairWeighting {
  readonly batch: number;
}

export interface PairWeighting {
  /** Share of a batch that is drawn from the clicked pairs; the rest from the others. Null: all pairs alike, so that clicks are as rare as they are. */
  readonly clickedShare: number | null;
  /** Whether pairs are weighted to undo that share (the stated loss), or all count alike (clicks then weigh more). */
  readonly reweighted: boolean;
}

/** Clicked pairs, those held out apart. */
export interface ClickedPairs {
  readonly users: Uint32Array;
  readonly items: Uint32Array;
}

export function clickedPairs(log: InteractionLog, keep: (user: number, item: number) => boolean): ClickedPairs {
  const users = rowUsers(log);
  const rows = indexesWhere(log.items.length, (row) => log.clicks[row] === 1 && keep(users[row], log.items[row]));
  return { users: rows.map((row) => users[row]), items: rows.map((row) => log.items[row]) };
}

/** Whether a pair has a click. Rows must not repeat. */
export const isClicked = (log: InteractionLog, user: number, item: number): boolean => {
  const row = findRow(log, user, item);
  return row >= 0 && log.clicks[row] === 1;
};

const mostTries = 1_000_000; // draws without a pair that is wanted, after which there is none to be expected

/** @throws UsageError after as many draws in vain: nothing to compare clicks with, or next to nothing */
function refuseEndless(tries: number, what: string): void {
  if (tries >= mostTries)
    throw new UsageError(
      `no ${what} pair without a click among ${mostTries} draws: every pair is clicked, or nearly; nothing is missing here`,
    );
}

/**
 * Batches without end of the pairs that are not held out: clicked pairs drawn uniformly among them, the others uniformly among theirs.
 * @throws UsageError where impressions repeat pairs, where no click is left to learn from, and where next to every pair is clicked
 */
export function* sampledPairs(
  log: InteractionLog,
  sampling: PairSampling,
  heldOut: HeldOutPairs,
  rng: Rng,
): Generator<SampledPairs, never> {
  if (log.repeated) throw new UsageError('learning from all pairs needs one row a pair, but this log has repeated impressions');
  const { batch, clickedShare, reweighted } = sampling;
  const [U, I] = [log.userIds.length, log.itemIds.length];
  const clicked = clickedPairs(log, (user, item) => !heldOut.has(user, item));
  const positives = clicked.users.length;
  if (positives === 0) throw new UsageError('the log has no click: nothing to learn from');
  const pairs = U * I * (1 - heldOut.share);
  const fromClicked = clickedShare === null ? 0 : Math.min(batch - 1, Math.max(1, Math.round(clickedShare * batch)));
  const sampled: SampledPairs = {
    users: new Uint32Array(batch),
    items: new Uint32Array(batch),
    clicked: new Uint8Array(batch),
    weights: new Float64Array(batch).fill(1 / batch),
    count: batch,
  };
  const { users, items, weights } = sampled;
  sampled.clicked.fill(1, 0, fromClicked);
  if (reweighted && clickedShare !== null) {
    weights.fill(positives / pairs / fromClicked, 0, fromClicked);
    weights.fill((pairs - positives) / pairs / (batch - fromClicked), fromClicked);
  }
  while (true) {
    for (let b = 0; b < fromClicked; b++) {
      const row = Math.floor(rng.next() * positives);
      users[b] = clicked.users[row];
      items[b] = clicked.items[row];
    }
    let tries = 0;
    for (let b = fromClicked; b < batch; ) {
      refuseEndless(tries++, 'training');
      const user = Math.floor(rng.next() * U);
      const item = Math.floor(rng.next() * I);
      const y = isClicked(log, user, item);
      if ((y && clickedShare !== null) || heldOut.has(user, item)) continue;
      tries = 0;
      users[b] = user;
      items[b] = item;
      sampled.clicked[b++] = y ? 1 : 0;
    }
    yield sampled;
  }
}

/** All held-out clicks, and at most so many of the other held-out pairs, weighted as those of {@link sampledPairs}. Null where nothing is held out. */
export function heldOutSample(
  log: InteractionLog,
  heldOut: HeldOutPairs,
  atMost: number,
  { clickedShare, reweighted }: PairWeighting,
  rng: Rng,
): SampledPairs | null {
  const [U, I] = [log.userIds.length, log.itemIds.length];
  const clicked = clickedPairs(log, heldOut.has);
  const positives = clicked.users.length;
  const pairs = U * I * heldOut.share;
  const others = Math.floor(Math.min(atMost, pairs / 2));
  if (heldOut.share === 0 || others === 0) return null;
  const count = positives + others;
  const users = new Uint32Array(count);
  const items = new Uint32Array(count);
  users.set(clicked.users);
  items.set(clicked.items);
  let tries = 0;
  for (let b = positives; b < count; ) {
    refuseEndless(tries++, 'held-out');
    users[b] = Math.floor(rng.next() * U);
    items[b] = Math.floor(rng.next() * I);
    if (heldOut.has(users[b], items[b]) && !isClicked(log, users[b], items[b])) {
      b++;
      tries = 0;
    }
  }
  const share = reweighted || clickedShare === null ? positives / pairs : clickedShare; // of the clicks, in the sum of the weights
  const weights = new Float64Array(count).fill(share / positives, 0, positives).fill(Math.max(0, 1 - share) / others, positives);
  return { users, items, clicked: new Uint8Array(count).fill(1, 0, positives), weights, count };
}
