import type { Bias } from '../../src/bias.ts';
import type { BiasSource } from '../../src/bias-source.ts';
import type { TrainingRecord } from '../../src/learners/train.ts';
import type { FitEnding } from '../fit-ending.ts';
import type { LoggedClicks } from '../logged-clicks.ts';

/** α_k and β_k of P(click) = α_k γ + β_k, by rank. */
export type AffineBias = Extract<Bias, { kind: 'affine' }>;

/** Lower and upper end of an interval for every rank, 95 % unless said otherwise. Lengths K. */
export interface RankIntervals {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/** Between what a bias may differ beside ranks. */
export const meansOver = ['contexts', 'documents', 'lists', 'clicks above'] as const;
export type MeanOver = (typeof meansOver)[number];

/** What a bias estimator found in a log. */
export interface EstimatedBias {
  readonly source: BiasSource;
  /** θ_k / θ_0 by rank, length K: a mean over lists where it differs between them; null where a bias has none (affine alone). */
  readonly examination: Float64Array | null;
  /** θ_0 of what corrects, in (0, 1], by which `examination` is to be multiplied where more than ratios counts: for clips and regressions. 1 where absent. */
  readonly level?: number;
  /** What `examination` is a mean over, where the bias that corrects differs between these: a file keeps no more of it than the mean. */
  readonly meanOver?: MeanOver;
  readonly intervals?: RankIntervals; // of `examination`; that of rank 1 has no width
  /** Why there are no intervals where they were asked for. */
  readonly withoutIntervals?: string;
  /** The curve of every context of the log, in the order of their numbers, where each has its own; without ranks where a number has no lists. */
  readonly byContext?: readonly { readonly examination: Float64Array; readonly intervals?: RankIntervals }[];
  /** θ_k − θ_0 of a bias that is added to the log-odds of a click, length K: then `examination` is what that comes to for the documents of the log. */
  readonly logits?: Float64Array;
  /** α_k and β_k of trust bias, where the estimator tells them; weightings that correct trust bias ask for it. */
  readonly affine?: AffineBias;
  readonly affineIntervals?: { readonly alpha: RankIntervals; readonly beta: RankIntervals };
  /** How the fit of a click model ended, where it is one. */
  readonly ending?: FitEnding;
  /** How its training ended, where it was trained. */
  readonly record?: TrainingRecord;
  /** Examination as a weighting takes it, of one of the logs of the input. @throws UsageError where there is none */
  of(logged: LoggedClicks): Exclude<Bias, AffineBias>;
}
