import { type Estimate, meanEstimate } from '../../src/stats/estimate.ts';
import { type ClippedLossError, leastError } from './clipped-loss-error.ts';

/** The error of the clipped loss over M, at one kind of predictions. */
export interface BiasVariance {
  readonly predictions: string;
  readonly seeds: readonly string[];
  readonly curves: readonly (readonly ClippedLossError[])[]; // [seed][threshold], the first with nothing clipped (M = 0)
  readonly idealLoss: readonly number[]; //                     what is estimated, per seed
}

/** One threshold over seeds: means with 95 % t intervals. */
export interface ClipSummary {
  readonly clip: number; //               M; 0: nothing clipped
  readonly clippedShare: Estimate; //     of the pairs
  readonly squaredBias: Estimate;
  readonly variance: Estimate;
  readonly meanSquaredError: Estimate;
  readonly range: readonly [number, number]; // of the seeds' mean squared errors
  readonly bestOf: number; //             seeds whose own optimum it is
}

/** A bias–variance curve over seeds, and its optimum. */
export interface BiasVarianceSummary {
  readonly predictions: string;
  readonly seeds: readonly string[];
  readonly idealLoss: Estimate;
  readonly clips: readonly ClipSummary[]; // by threshold, the first with nothing clipped
  readonly optimum: number; //              place of the least mean squared error, mean over seeds
  readonly optima: readonly number[]; //    M of every seed alone, in order
  /** How many times the mean squared error at the optimum that of no clipping, and of M = 1 (null where it is not in the grid), is. */
  readonly overUnclipped: number;
  readonly overNaive: number | null;
}

/** Means over seeds and where the error is least. */
export function summariseBiasVariance({ predictions, seeds, curves, idealLoss }: BiasVariance): BiasVarianceSummary {
  const best = curves.map(leastError);
  const estimate = (g: number, of: (error: ClippedLossError) => number) => meanEstimate(curves.map((curve) => of(curve[g])));
  const clips = curves[0].map(({ clip }, g): ClipSummary => {
    const errors = curves.map((curve) => curve[g].meanSquaredError);
    return {
      clip,
      clippedShare: estimate(g, ({ clippedShare }) => clippedShare),
      squaredBias: estimate(g, ({ bias }) => bias * bias),
      variance: estimate(g, ({ variance }) => variance),
      meanSquaredError: meanEstimate(errors),
      range: [Math.min(...errors), Math.max(...errors)],
      bestOf: best.filter((place) => place === g).length,
    };
  });
  const means = clips.map(({ meanSquaredError }) => meanSquaredError.value);
  const optimum = means.indexOf(Math.min(...means));
  const naive = clips.findIndex(({ clip }) => clip === 1);
  return {
    predictions,
    seeds,
    idealLoss: meanEstimate(idealLoss),
    clips,
    optimum,
    optima: best.map((g) => clips[g].clip),
    overUnclipped: means[0] / means[optimum],
    overNaive: naive < 0 ? null : means[naive] / means[optimum],
  };
}
