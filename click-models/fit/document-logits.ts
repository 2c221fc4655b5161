import { UsageError } from '../../src/errors.ts';
import type { Scorer } from '../../src/models/scorer.ts';
import type { Rng } from '../../src/random/rng.ts';

/** Log-odds of every document, of parameters that a gradient moves. */
export interface DocumentLogits {
  /** @returns one log-odds for each document, until the next call */
  logits(): ArrayLike<number>;
  /** @param slope ∂objective/∂log-odds of each document @returns ∂objective/∂parameters, until the next call */
  gradient(slope: Float32Array): Float32Array;
  /** What a fit moves; it leaves in it the parameters of the tables that it returns. */
  readonly parameters: Float32Array;
}

/** Documents that share parameters: the log-odds of d is Σ_j sign_j(d) · parameters[place_j(d)], and one common to all. */
function sharedLogits(
  documents: number,
  size: number,
  start: number,
  places: (d: number) => readonly (readonly [place: number, sign: number])[],
): DocumentLogits {
  const parameters = new Float32Array(size + 1);
  parameters[size] = start;
  const slopes = new Float32Array(size + 1);
  const out = new Float32Array(documents);
  return {
    parameters,
    logits() {
      for (let d = 0; d < documents; d++) {
        out[d] = parameters[size];
        for (const [place, sign] of places(d)) out[d] += sign * parameters[place];
      }
      return out;
    },
    gradient(slope) {
      slopes.fill(0);
      for (let d = 0; d < documents; d++) {
        slopes[size] += slope[d];
        for (const [place, sign] of places(d)) slopes[place] += sign * slope[d];
      }
      return slopes;
    },
  };
}

/** A log-odds of its own for each document. */
export function ownLogits(start: Float64Array): DocumentLogits {
  const parameters = Float32Array.from(start, (p) => Math.log(p / (1 - p)));
  return { parameters, logits: () => parameters, gradient: (slope) => slope };
}

const prime = 2 ** 31 - 1;

/**
 * Documents hashed to ⌈D/c⌉ parameters, each with a sign of its own, so that what falls together does not pull one way: h(d) = ((a + bd) mod (2³¹ − 1)) mod m. Weinberger et al., ICML 2009.
 * @param compression c ≥ 1 @param start the probability that all begin with
 */
export function hashedLogits(documents: number, compression: number, start: number, rng: Rng): DocumentLogits {
  const size = tableSize(documents, compression);
  const [a, b, s, t] = [0, 0, 0, 0].map(() => 1 + Math.floor(rng.double() * (2 ** 21 - 1))); // products stay below 2⁵³
  const places = Uint32Array.from({ length: documents }, (_, d) => ((a + b * d) % prime) % size);
  const signs = Int8Array.from({ length: documents }, (_, d) => (((s + t * d) % prime) % 2 === 0 ? 1 : -1));
  return sharedLogits(documents, size, Math.log(start / (1 - start)), (d) => [[places[d], signs[d]]]);
}

/** The sum of a parameter of the quotient and one of the remainder of a document's number by ⌈D/c⌉, so that no two documents share both. Shi et al., KDD 2020. Arguments as {@link hashedLogits}. */
export function quotientRemainderLogits(documents: number, compression: number, start: number): DocumentLogits {
  const size = tableSize(documents, compression);
  const quotients = Math.ceil(documents / size);
  return sharedLogits(documents, size + quotients, Math.log(start / (1 - start)), (d) => [
    [d % size, 1],
    [size + Math.floor(d / size), 1],
  ]);
}

/** What a scorer, linear or a network, makes of the documents' features. @param features D rows of the scorer's features */
export function featureLogits(scorer: Scorer, features: Float32Array): DocumentLogits {
  const gradient = new Float32Array(scorer.parameters.length);
  return {
    parameters: scorer.parameters,
    logits: () => scorer.score(features),
    gradient(slope) {
      scorer.lossGradient(
        features,
        (_, slopes) => {
          slopes.set(slope);
          return 0;
        },
        gradient,
      );
      return gradient;
    },
  };
}

function tableSize(documents: number, compression: number): number {
  if (!(compression >= 1 && compression < Infinity)) throw new UsageError(`compression must be a number of at least 1, got ${compression}`);
  return Math.max(1, Math.ceil(documents / compression));
}
