import { UsageError } from '../../../src/errors.ts';
import { strictObject } from '../../../src/schema.ts';
import { type Coefficients, learnPointwise } from '../learn-pointwise.ts';
import type { LearnRecommender, OfPair } from '../recommender.ts';

/** (1/|D|) Σ_D [γ δ1 + (1 − γ) δ0], γ the true relevance: what the unbiased losses estimate. */
export function idealCoefficients(relevance: OfPair): Coefficients {
  const both: [number, number] = [0, 0]; // reused: read before the next call
  return (user, item) => {
    both[0] = relevance(user, item);
    both[1] = 1 - both[0];
    return both;
  };
}

export const idealImplicit = {
  description: 'has seen the true relevance of every pair; trained to the end',
  reference: true,
  options: strictObject({}),
  create: (): LearnRecommender => (input) => {
    if (input.oracle === null) throw new UsageError('ideal needs a simulated log and its truth');
    return learnPointwise(input, idealCoefficients(input.oracle), { sampleClicks: false, until: 'converged' });
  },
};
