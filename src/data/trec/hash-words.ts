/** The bytes of the last word that belong to an id of this length; 0 where all words are full. */
export const maskOf = (length: number): number => (1 << (8 * (length & 3))) - 1;

/** The step of FxHash, as Firefox has it: rotate, xor, multiply. */
export const mix = (hash: number, word: number): number => Math.imul(((hash << 5) | (hash >>> 27)) ^ word, 0x9e3779b9);

/** The finaliser of MurmurHash3: every bit reaches the low ones, which choose a slot. */
export function finish(hash: number): number {
  const half = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  const whole = Math.imul(half ^ (half >>> 13), 0xc2b2ae35);
  return whole ^ (whole >>> 16);
}
