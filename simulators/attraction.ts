import { UsageError } from '../src/errors.ts';
import { type GainRule, gainScale } from '../src/label-gains.ts';

export interface AttractionOptions {
  readonly noise: number;
  readonly highestGrade: number;
  readonly gains?: GainRule;
}

/**
 * P(click | examined) by grade: ε + (1 − ε)·g(y)/g(Y), ε the noise, Y the highest grade, g(y) = 2^y − 1 unless `gains` say otherwise. Chapelle et al., CIKM 2009; Ai et al., SIGIR 2018.
 * Unjudged documents (label < 0) attract as grade 0.
 * @param highestGrade Y > 0 of the label scale: over all parts of the data, not these documents only
 * @returns length D, in [ε, 1] @throws UsageError as `gainScale`, and for a noise outside [0, 1], Y not above 0, or a label above Y
 */
export function attractionFromLabels(
  labels: Float32Array,
  { noise, highestGrade, gains = 'exponential' }: AttractionOptions,
): Float64Array {
  if (!(noise >= 0 && noise <= 1)) throw new UsageError(`noise must be in [0, 1], got ${noise}`);
  if (!(highestGrade > 0)) throw new UsageError(`the highest grade must be above 0, got ${highestGrade}`);
  const above = labels.findIndex((label) => label > highestGrade);
  if (above >= 0)
    throw new UsageError(
      `label ${labels[above]} of document ${above} is above the highest grade ${highestGrade}; give the highest over all parts`,
    );
  const { gain, highest } = gainScale(gains, highestGrade);
  return Float64Array.from(labels, (label) => noise + (1 - noise) * (gain(label) / highest)); // dividing last could round the highest grade above 1
}
