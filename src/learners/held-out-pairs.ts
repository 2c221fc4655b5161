import type { Rng } from '../random/rng.ts';

/** Pairs kept from training, for early stopping: a fixed random subset of all pairs that needs no memory. */
export interface HeldOutPairs {
  readonly share: number; // of all pairs
  has(user: number, item: number): boolean;
}

/** Every pair is held out with probability `share`, by a hash of it and the stream's seed (the finaliser of MurmurHash3). */
export function holdOutPairs(share: number, rng: Rng): HeldOutPairs {
  if (share === 0) return { share, has: () => false };
  const seed = Math.floor(rng.next() * 2 ** 32);
  const bound = share * 2 ** 32;
  const mix = (value: number): number => {
    let h = value;
    h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
    return (h ^ (h >>> 16)) >>> 0;
  };
  return { share, has: (user, item) => mix(mix(user ^ seed) ^ Math.imul(item + 1, 0x9e3779b9)) < bound };
}

/** 1 for the rows kept from training, each with probability `share`: for learners of which only observed rows carry a value. */
export const holdOutRows = (rows: number, share: number, rng: Rng): Uint8Array =>
  Uint8Array.from({ length: rows }, () => (rng.next() < share ? 1 : 0));
