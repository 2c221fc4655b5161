import { drawHashing, hashedRows, type IdCompression, quotientRemainderRows, sharedRows } from '../../src/models/id-compression.ts';
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

/** Documents that share parameters: the log-odds of d is Σ_j sign(d) · parameters[row_j(d)], and one common to all. */
function sharedLogits(documents: number, { rows: size, each, row, sign }: IdCompression, start: number): DocumentLogits {
  const parameters = new Float32Array(size + 1);
  parameters[size] = Math.log(start / (1 - start));
  const slopes = new Float32Array(size + 1);
  const out = new Float32Array(documents);
  return {
    parameters,
    logits() {
      for (let d = 0; d < documents; d++) {
        out[d] = parameters[size];
        for (let j = 0; j < each; j++) out[d] += sign(d) * parameters[row(d, j)];
      }
      return out;
    },
    gradient(slope) {
      slopes.fill(0);
      for (let d = 0; d < documents; d++) {
        slopes[size] += slope[d];
        for (let j = 0; j < each; j++) slopes[row(d, j)] += sign(d) * slope[d];
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

/**
 * Documents hashed to ⌈D/c⌉ parameters, each with a sign of its own: see {@link hashedRows}.
 * @param compression c ≥ 1 @param start the probability that all begin with
 */
export const hashedLogits = (documents: number, compression: number, start: number, rng: Rng): DocumentLogits =>
  sharedLogits(documents, hashedRows(sharedRows(documents, compression), drawHashing(rng)), start);

/** The sum of a parameter of the quotient and one of the remainder of a document's number by ⌈D/c⌉: see {@link quotientRemainderRows}. Arguments as {@link hashedLogits}. */
export const quotientRemainderLogits = (documents: number, compression: number, start: number): DocumentLogits =>
  sharedLogits(documents, quotientRemainderRows(documents, sharedRows(documents, compression)), start);

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
