/** Slots of open addressing: pairs of a value, 0 where free, and its hash; a power of two of them. */
export type HashSlots = Int32Array | Uint32Array;

/**
 * More steps from the first place than this no table at most two thirds full takes by chance: the longest way grows with the logarithm of the
 * pairs, to about two hundred for ten million.
 */
export const MOST_STEPS = 1000;

/** Where to look first: an even place. */
export const firstSlot = (hash: number, slots: HashSlots): number => (2 * hash) & (slots.length - 2);

/** Where to look next. */
export const nextSlot = (slot: number, slots: HashSlots): number => (slot + 2) & (slots.length - 1);

/** Moves all pairs into other slots, which are free and more. @returns those */
export function moveSlots<T extends HashSlots>(from: T, to: T): T {
  for (let old = 0; old < from.length; old += 2) {
    if (from[old] === 0) continue;
    let slot = firstSlot(from[old + 1], to);
    while (to[slot] !== 0) slot = nextSlot(slot, to);
    to[slot] = from[old];
    to[slot + 1] = from[old + 1];
  }
  return to;
}
