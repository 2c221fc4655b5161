import { type Estimate, meanEstimate } from '../../src/stats/estimate.ts';
import type { OnProgress } from '../run-result.ts';
import { type BiasVariance, type BiasVarianceRequest, biasVariance } from './bias-variance.ts';
import { type BiasVarianceSummary, summariseBiasVariance } from './clip-optimum.ts';
import { type LearntByClip, learnByClip } from './learn-by-clip.ts';
import type { ExposureConfig } from './predictions.ts';
import { lowerIsBetter } from './recommendation-metrics.ts';

/** Configs that differ in what is varied, each with its curves. */
export interface BiasVarianceStudy {
  readonly settings: readonly StudiedSetting[];
}

export interface StudiedSetting {
  readonly varied: readonly string[]; // overrides as typed; none where there is one setting
  readonly config: ExposureConfig;
  readonly curves: readonly { readonly perSeed: BiasVariance; readonly summary: BiasVarianceSummary }[]; // one per kind of predictions
  readonly learnt: LearntSummary | null;
}

/** Learning with every threshold, over seeds. */
export interface LearntSummary extends LearntByClip {
  readonly means: readonly Estimate[]; // by threshold
  readonly best: number; //               place of the best mean
}

/** @param metric what learning is judged by; null: nothing is learnt with the thresholds */
export interface StudyRequest extends BiasVarianceRequest {
  readonly metric: string | null;
}

/** {@link biasVariance} of every setting, and where asked for learning with every threshold. */
export async function studyBiasVariance(
  variants: readonly { readonly varied: readonly string[]; readonly config: ExposureConfig }[],
  request: StudyRequest,
  onProgress: OnProgress,
): Promise<BiasVarianceStudy> {
  const settings: StudiedSetting[] = [];
  for (const { varied, config } of variants) {
    const name = varied.join(' ');
    const within: OnProgress = (event) => onProgress({ ...event, detail: [name, event.detail].filter((part) => part !== '').join(', ') });
    const curves = (await biasVariance(config, request, within)).map((perSeed) => ({ perSeed, summary: summariseBiasVariance(perSeed) }));
    const learnt = request.metric === null ? null : summariseLearnt(await learnByClip(config, request.thresholds, request.metric, within));
    settings.push({ varied, config, curves, learnt });
  }
  return { settings };
}

function summariseLearnt(learnt: LearntByClip): LearntSummary {
  const means = learnt.clips.map((_, g) => meanEstimate(learnt.values.map((ofSeed) => ofSeed[g])));
  const better = lowerIsBetter(learnt.metric) ? Math.min : Math.max;
  return { ...learnt, means, best: means.findIndex(({ value }) => value === better(...means.map((mean) => mean.value))) };
}

/** How much worse (or better) than at threshold `from` learning is at threshold `to`, paired by seed. */
export const learntDifference = ({ values }: LearntByClip, to: number, from: number): Estimate =>
  meanEstimate(values.map((ofSeed) => ofSeed[to] - ofSeed[from]));
