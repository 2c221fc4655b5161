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

  constructor(seed: string, alea = seedrandom.alea(seed)) {
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

/** How a stream starts, and its forks so far, by label. */
class Beginning {
  readonly seed: string;
  readonly state: seedrandom.State.Alea;
  #forks: Map<string, Beginning> | null = null; // most have none

  constructor(seed: string) {
    this.seed = seed;
    this.state = seedrandom.alea(seed, { state: true }).state();
  }

  /** Null where it is not known and there is no room for another. */
  fork(label: string, room: { left: number }): Beginning | null {
    const known = this.#forks?.get(label);
    if (known !== undefined) return known;
    if (room.left === 0) return null;
    room.left--;
    const made = new Beginning(`${this.seed}/${label}`);
    this.#forks ??= new Map();
    this.#forks.set(label, made);
    return made;
  }
}

/** Beginnings that are remembered at most; further forks are made anew. */
const mostRemembered = 2 ** 17;

/** A stream that starts as remembered, as the state takes a tenth of the time that its seed takes to be read. */
class RememberedStream extends Stream {
  readonly #beginning: Beginning;
  readonly #room: { left: number };

  constructor(beginning: Beginning, room: { left: number }) {
    super(beginning.seed, seedrandom.alea('', { state: beginning.state }));
    this.#beginning = beginning;
    this.#room = room;
  }

  override fork(label: string): Rng {
    const known = this.#beginning.fork(label, this.#room);
    return known === null ? super.fork(label) : new RememberedStream(known, this.#room);
  }
}

/** {@link createRng} for one whose forks, and theirs, are asked for again and again, as the users of an evaluation are for every method: the same draws, sooner. */
export const rememberingRng = (seed: string): Rng => new RememberedStream(new Beginning(seed), { left: mostRemembered });
