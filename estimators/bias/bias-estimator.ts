import type { BiasSource, Sourced } from '../../src/bias-source.ts';
import { UsageError } from '../../src/errors.ts';
import type { TrainingRecord } from '../../src/learners/train.ts';
import type { Registered } from '../../src/registry.ts';
import type { GenericSchema } from '../../src/schema.ts';
import { normalQuantile } from '../../src/stats/normal.ts';
import type { LearningInput } from '../estimator.ts';
import type { AffineBias, EstimatedBias, RankIntervals } from './estimated-bias.ts';

export type { AffineBias, EstimatedBias, RankIntervals } from './estimated-bias.ts';

/** For weightings that take clicks as they are. */
export const noBias: EstimatedBias = {
  source: 'given',
  examination: null,
  of() {
    throw new UsageError('this weighting corrects by a bias, and none is named: say which, such as bias: all-pairs');
  },
};

/** Finds the bias of the training log of an input. Throws UsageError where that log does not tell it. */
export type EstimateBias = (input: LearningInput) => EstimatedBias;

/** What an estimator must be given beside the clicks of a log. */
export type BiasNeed = 'truth' | 'randomised' | 'features' | 'contexts';

/** What it tells: `both`: examination, and α and β where the log has them; `by-click`: examination that depends on the clicks above. */
export type BiasKind = 'examination' | 'affine' | 'both' | 'by-click';

/** An estimator of the bias of a log, by name. */
export type BiasEstimatorEntry<S extends GenericSchema = GenericSchema> = Registered<S, (options: never) => EstimateBias> &
  Sourced & {
    /** Also by its options; of those that are left out the defaults. */
    readonly needs: readonly BiasNeed[] | ((options: never) => readonly BiasNeed[]);
    /** Of those that need randomised sessions: the interventions that these may be of. */
    readonly interventions?: readonly string[];
    readonly gives: BiasKind | ((options: never) => BiasKind);
    /** How many ranks it tells of, where its options say so. */
    readonly ranks?: (options: never) => number;
  };

/** What an estimator of bias needs of a log, with these options. */
export const needsOf = ({ needs }: Pick<BiasEstimatorEntry, 'needs'>, options: object): readonly BiasNeed[] =>
  typeof needs === 'function' ? needs(options as never) : needs;
/** What an estimator of bias gives, with these options: examination, α and β, both, or examination by the clicks above. */
export const givesOf = ({ gives }: Pick<BiasEstimatorEntry, 'gives'>, options: object): BiasKind =>
  typeof gives === 'function' ? gives(options as never) : gives;

/** An estimate that is one number for each rank, whatever the list and the log. */
export function byRank(
  examination: Float64Array,
  source: BiasSource,
  more: Pick<EstimatedBias, 'intervals' | 'record'> = {},
): EstimatedBias {
  const bias = { kind: 'examination', examination } as const;
  const level = examination[0];
  return { source, examination: examination.map((theta) => theta / level), level, of: () => bias, ...more };
}

/** The same of ratios that were learnt up to a factor and may lie above that of rank 1: taken relative to the largest, so that all are in (0, 1]. */
export function learntByRank(ratios: Float64Array, record?: TrainingRecord | null): EstimatedBias {
  const largest = Math.max(...ratios);
  return byRank(
    ratios.map((ratio) => ratio / largest),
    'learnt',
    record ? { record } : {},
  );
}

/** α and β of trust bias, and no examination: what is affine is no probability of being seen. */
export const onlyAffine = (affine: AffineBias, source: BiasSource, record?: TrainingRecord): EstimatedBias => ({
  source,
  examination: null,
  affine,
  ...(record && { record }),
  of: noExamination,
});

/** @throws UsageError where a weighting asks for examination and clicks are affine in relevance */
export function noExamination(): never {
  throw new UsageError('clicks are affine in relevance (trust bias): use a weighting that corrects it, such as affine');
}

/** 95 % intervals of ratios θ_k / θ_0 from their standard errors, on the log scale, so that they stay above 0. */
export function ratioIntervals(ratios: Float64Array, standardErrors: Float64Array): RankIntervals {
  const z = normalQuantile(0.975);
  const end = (sign: number) => ratios.map((ratio, k) => ratio * Math.exp((sign * z * standardErrors[k]) / ratio));
  return { lower: end(-1), upper: end(1) };
}
