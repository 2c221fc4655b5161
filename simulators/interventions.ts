import type { Named } from '../src/named.ts';
import type { Rng } from '../src/random/rng.ts';
import { shuffle } from '../src/random/shuffle.ts';
import { type Described, make } from '../src/registry.ts';
import { type Decoded, integer, strictObject } from '../src/schema.ts';

/** Takes a list that an intervention shows, its policy and its probability given the list as ranked. */
type Show = (docs: Uint32Array, policy: number, probability: number) => void;

/** How ranked lists are changed at random, so that the clicks on them tell examination from relevance. */
export interface Intervention {
  /** Numbers of policies, 0 of lists that are shown as ranked. */
  readonly policies: number;
  /** Whether `arrange` draws: otherwise it shows every list there can be, with its exact probability, and one call does for all. */
  readonly drawn: boolean;
  /** Shows what becomes of a list as ranked; the probabilities sum to 1. */
  arrange(docs: Uint32Array, rng: Rng, show: Show): void;
}

/** Pairs of fair pairs of which every choice is shown: 2⁵ lists at most. */
const mostEnumerated = 5;

/** The list with two ranks swapped, and as it is, each with probability ½ of `share`. */
function swapOrNot(docs: Uint32Array, above: number, below: number, policy: number, share: number, show: Show): void {
  show(docs, policy, share / 2);
  show(swapped(docs, above, below), policy, share / 2);
}

function swapped(docs: Uint32Array, above: number, below: number): Uint32Array {
  const other = docs.slice();
  [other[above], other[below]] = [docs[below], docs[above]];
  return other;
}

/**
 * The first n documents in uniformly random order, and that turned round by 1 to n − 1 ranks: of all together each document is at each rank as often,
 * so that many sessions may see few orders, and which ones were drawn says nothing of a rank.
 */
function showTurned(docs: Uint32Array, n: number, rng: Rng, show: Show): void {
  const order = shuffle(docs.slice(0, n), rng);
  for (let turn = 0; turn < n; turn++) {
    const list = docs.slice();
    for (let k = 0; k < n; k++) list[k] = order[(k + turn) % n];
    show(list, 0, 1 / n);
  }
}

/** A pair of ranks, as likely as any other, in either order. @param above 0-based, by the pair's number from 1 on */
const onePair = (above: (pair: number) => number, below: (pair: number) => number, policyOf: (pair: number) => number) => ({
  drawn: false,
  arrange(docs: Uint32Array, _rng: Rng, show: Show) {
    const pairs = docs.length - 1;
    if (pairs === 0) show(docs, 0, 1);
    for (let pair = 1; pair <= pairs; pair++) swapOrNot(docs, above(pair), below(pair), policyOf(pair), 1 / pairs, show);
  },
});

const none = strictObject({});
const topOptions = strictObject({ n: integer(2, 5000) });

/** Interventions by name; a list's policy says which part of one it is of. A new one is one line here. */
export const interventions = {
  shuffle: {
    description: 'the whole list in uniformly random order',
    options: none,
    create: (): Intervention => ({ policies: 1, drawn: true, arrange: (docs, rng, show) => showTurned(docs, docs.length, rng, show) }),
  },
  'top-n': {
    description: 'the first n documents in uniformly random order, the others as ranked',
    options: topOptions,
    create: ({ n }: Decoded<typeof topOptions>): Intervention => ({
      policies: 1,
      drawn: true,
      arrange: (docs, rng, show) => showTurned(docs, Math.min(n, docs.length), rng, show),
    }),
  },
  'rand-pair': {
    description: 'rank 1 and rank k, drawn from the others, swapped with probability ½; policy: k',
    options: none,
    create: (_: object, positions: number): Intervention => ({
      policies: positions + 1,
      ...onePair(
        () => 0,
        (pair) => pair,
        (pair) => pair + 1,
      ),
    }),
  },
  'adjacent-swap': {
    description: 'rank k, drawn from all but the last, and the one below swapped with probability ½; policy: k',
    options: none,
    create: (_: object, positions: number): Intervention => ({
      policies: positions + 1,
      ...onePair(
        (pair) => pair - 1,
        (pair) => pair,
        (pair) => pair,
      ),
    }),
  },
  'fair-pairs': {
    description: 'ranks in pairs from rank 1 or from rank 2 on, by a coin, each pair swapped with probability ½; policy: that rank',
    options: none,
    create: (_: object, positions: number): Intervention => {
      const drawn = Math.floor(positions / 2) > mostEnumerated;
      return {
        policies: 3,
        drawn,
        arrange(docs, rng, show) {
          for (const first of [1, 2]) {
            const pairs = Math.floor((docs.length - first + 1) / 2);
            const swaps = drawn ? coins(pairs, rng) : choices(pairs);
            for (const chosen of swaps)
              show(
                chosen.reduce((list, swap, pair) => (swap ? swapped(list, first - 1 + 2 * pair, first + 2 * pair) : list), docs),
                first,
                0.5 / swaps.length,
              );
          }
        },
      };
    },
  },
} satisfies Readonly<Record<string, Described & { readonly options: unknown; create(options: never, positions: number): Intervention }>>;

/** A throw of coins and its opposite, so that each pair has either order as often. */
function coins(pairs: number, rng: Rng): boolean[][] {
  const thrown = Array.from({ length: pairs }, () => rng.next() < 0.5);
  return [thrown, thrown.map((swap) => !swap)];
}

/** Every way to swap some of so many pairs. */
const choices = (pairs: number): boolean[][] =>
  Array.from({ length: 2 ** pairs }, (_, bits) => Array.from({ length: pairs }, (_, pair) => ((bits >> pair) & 1) === 1));

/** An intervention as a config names it, decoded. */
export type InterventionChoice = Named<typeof interventions>;

/** @param positions shown per list, at most */
export const makeIntervention = (choice: InterventionChoice, positions: number): Intervention =>
  make('intervention', interventions, choice as never, positions as never);
