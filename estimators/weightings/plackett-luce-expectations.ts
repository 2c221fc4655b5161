import type { Bias } from '../../src/bias.ts';
import type { QuerySet } from '../../src/data/query-set.ts';
import { exposures } from '../../src/plackett-luce/index.ts';
import type { Expectations } from './candidates.ts';

/**
 * E_π[α_rank(d)] and E_π[β_rank(d)] of a Plackett–Luce logging policy with scores/temperature that draws a list for every session, exact at any number of documents:
 * its exposures to α and to β, ranks beyond them not shown. For the gains that take the `policy`; a log of few drawn lists, each shown many times, is of its own
 * frequencies, which they take without.
 */
export function plackettLuceExpectations(
  { offsets }: Pick<QuerySet, 'offsets'>,
  scores: Float32Array,
  temperature: number,
  bias: Extract<Bias, { kind: 'examination' | 'affine' }>,
): Expectations {
  const [ofAlpha, ofBeta] = bias.kind === 'affine' ? [bias.alpha, bias.beta] : [bias.examination, new Float64Array(0)];
  const [alpha, beta] = [new Float64Array(scores.length), new Float64Array(scores.length)];
  for (let q = 0; q + 1 < offsets.length; q++) {
    const logits = Float64Array.from(scores.subarray(offsets[q], offsets[q + 1]), (score) => score / temperature);
    alpha.set(exposures(logits, ofAlpha), offsets[q]);
    beta.set(exposures(logits, ofBeta), offsets[q]);
  }
  return { alpha, beta };
}
