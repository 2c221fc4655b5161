import { type Estimate, meanEstimate } from '../../../src/stats/estimate.ts';
import type { OnProgress } from '../../engine/run-result.ts';
import { lowerIsBetter } from '../recommendation/recommendation-metrics.ts';
import { type BiasVariance, type BiasVarianceRequest, biasVariance } from './bias-variance.ts';
import { type BiasVarianceSummary, summariseBiasVariance } from './clip-optimum.ts';
import { clipComparison, type LearntByClip, learnByClip } from './learn-by-clip.ts';
import type { ExposureConfig } from './predictions.ts';

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
  const work = variants.map(({ config }) => partsOf(config, request));
  const total = work.flat().reduce((sum, units) => sum + units, 0);
  const settings: StudiedSetting[] = [];
  let before = 0;
  for (const [v, { varied, config }] of variants.entries()) {
    const name = varied.join(' ');
    const part: OnProgress = ({ done, detail, ...event }) =>
      onProgress({ ...event, done: before + done, total, detail: [name, detail].filter((words) => words !== '').join(', ') });
    const curves = (await biasVariance(config, request, part)).map((perSeed) => ({ perSeed, summary: summariseBiasVariance(perSeed) }));
    before += work[v][0];
    const learnt = request.metric === null ? null : summariseLearnt(await learnByClip(config, request.thresholds, request.metric, part));
    before += work[v][1];
    settings.push({ varied, config, curves, learnt });
  }
  return { settings };
}

/** Predictions and models of a setting, over its seeds: what progress counts. */
function partsOf(config: ExposureConfig, { predictions, thresholds, metric }: StudyRequest): [curves: number, models: number] {
  const models = metric === null ? 0 : clipComparison(config, thresholds, metric).estimators.length;
  return [config.seeds.length * predictions.length, config.seeds.length * models];
}

function summariseLearnt(learnt: LearntByClip): LearntSummary {
  const means = learnt.clips.map((_, g) => meanEstimate(learnt.values.map((ofSeed) => ofSeed[g])));
  const better = lowerIsBetter(learnt.metric) ? Math.min : Math.max;
  return { ...learnt, means, best: means.findIndex(({ value }) => value === better(...means.map((mean) => mean.value))) };
}

/** How much worse (or better) than at threshold `from` learning is at threshold `to`, paired by seed. */
export const learntDifference = ({ values }: LearntByClip, to: number, from: number): Estimate =>
  meanEstimate(values.map((ofSeed) => ofSeed[to] - ofSeed[from]));
