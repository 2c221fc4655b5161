import seedrandom from 'seedrandom';

/** A stream of random numbers. Each consumer forks its own, so adding one does not shift the draws of the others. */
export interface Rng {
  /** Uniform in [0, 1), 32 bits of resolution. */
  next(): number;
  /** Uniform in [0, 1), 53 bits of resolution: for inverse distribution functions and tails. */
  double(): number;
  /** A stream of its own, a function of this stream's seed and the label only; leaves this one where it was. */
  fork(label: string): Rng;
}

/** A class, as simulators make a stream for every user. */
class Stream implements Rng {
  readonly next: () => number;
  readonly double: () => number;
  readonly #seed: string;

  constructor(seed: string) {
    const alea = seedrandom.alea(seed);
    this.next = alea.quick;
    this.double = alea.double;
    this.#seed = seed;
  }

  fork(label: string): Rng {
    return new Stream(`${this.#seed}/${label}`);
  }
}

/** Alea (Baagøe) through seedrandom: never xor128 or xorshift7, whose forked streams correlate. */
export const createRng = (seed: string): Rng => new Stream(seed);
