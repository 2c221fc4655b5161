import type { AffineBias } from '../../../estimators/bias/bias-estimator.ts';
import type { EstimatedBias } from '../../../estimators/index.ts';
import type { MetricDescription } from '../../tables/study-description.ts';
import type { BiasConfig } from './bias-config.ts';

/** The bias that a simulated log was drawn with. */
export interface TrueBias {
  readonly examination: Float64Array; // θ_k / θ_0
  readonly affine: AffineBias | null;
  /** The same in each context, by its number, where the log has some. */
  readonly byContext?: readonly Float64Array[];
}

interface BiasMetric {
  readonly description: string;
  readonly needsTruth: boolean;
  of(bias: EstimatedBias, truth: TrueBias | null): number;
}

/** An estimate, and the truth of what it estimates. */
function curves(bias: EstimatedBias, truth: TrueBias): readonly [Float64Array, Float64Array] {
  if (bias.examination !== null || truth.affine === null) return [own(bias), truth.examination];
  const [first] = truth.affine.alpha;
  return [own(bias), truth.affine.alpha.map((alpha) => alpha / first)];
}

/** Mean over the ranks below the first; NaN without any. */
function overRanks([estimated, truth]: readonly [Float64Array, Float64Array], of: (estimated: number, truth: number) => number) {
  let sum = 0;
  for (let k = 1; k < truth.length; k++) sum += of(estimated[k], truth[k]);
  return truth.length > 1 ? sum / (truth.length - 1) : Number.NaN;
}

/** How good an estimate of bias is. All over the ranks from 2, of θ_k / θ_1. */
export const biasMetrics: Readonly<Record<string, BiasMetric>> = {
  'relative-rmse': {
    description: 'root of the mean over ranks from 2 of (θ̂/θ − 1)², θ relative to rank 1 (α under trust bias)',
    needsTruth: true,
    of: (bias, truth) => Math.sqrt(overRanks(curves(bias, truth as TrueBias), (estimated, theta) => (estimated / theta - 1) ** 2)),
  },
  'log-error': {
    description: 'mean over ranks from 2 of |ln(θ̂/θ)|: a factor of 2 counts as much up as down',
    needsTruth: true,
    of: (bias, truth) => overRanks(curves(bias, truth as TrueBias), (estimated, theta) => Math.abs(Math.log(estimated / theta))),
  },
  'mean-examination': {
    description: 'mean over ranks from 2 of θ over that of rank 1 (α under trust bias): how steep, neither better nor worse',
    needsTruth: false,
    of: (bias) => overRanks([own(bias), own(bias)], (estimated) => estimated),
  },
};

/** θ_k / θ_0, or α_k / α_0 of an estimator that tells trust bias alone. */
const own = ({ examination, affine }: EstimatedBias): Float64Array =>
  examination ?? affine?.alpha.map((alpha) => alpha / affine.alpha[0]) ?? new Float64Array(0);

/** A log whose truth is known is judged by it, others by how their estimates compare. */
const known = ({ log }: Pick<BiasConfig, 'log'>) =>
  Object.entries(biasMetrics).filter(([, { needsTruth }]) => needsTruth === (log === null || log.truth !== null));

export const describeBiasMetrics = (config: Pick<BiasConfig, 'log'>): MetricDescription[] =>
  known(config).map(([label, { description }]) => ({ label, description, unit: 'all', lowerIsBetter: true }));

/** @param bias null where the log does not tell it: undefined */
export const biasValues = (config: Pick<BiasConfig, 'log'>, bias: EstimatedBias | null, truth: TrueBias | null): Float64Array[] =>
  known(config).map(([, { of }]) => Float64Array.of(bias === null ? Number.NaN : of(bias, truth)));
