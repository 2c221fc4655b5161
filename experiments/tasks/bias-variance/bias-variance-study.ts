import { type BiasVariance, type BiasVarianceSummary, summariseBiasVariance } from '../../../estimators/recommendation/clip-optimum.ts';
import { type Estimate, meanEstimate } from '../../../src/stats/estimate.ts';
import type { OnProgress } from '../../terminal/progress.ts';
import type { ExposureConfig } from '../recommendation/recommendation-config.ts';
import { type BiasVarianceRequest, biasVariance, type ClippableStudy } from './bias-variance.ts';
import { clipComparison, type LearntByClip, learnByClip } from './learn-by-clip.ts';

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
  readonly lowerIsBetter: boolean;
}

/** @param metric what learning is judged by; null: nothing is learnt with the thresholds */
export interface StudyRequest extends BiasVarianceRequest {
  readonly metric: string | null;
}

/** {@link biasVariance} of every setting, and where asked for learning with every threshold. */
export async function studyBiasVariance(
  variants: readonly ({ readonly varied: readonly string[] } & ClippableStudy)[],
  request: StudyRequest,
  onProgress: OnProgress,
): Promise<BiasVarianceStudy> {
  const work = variants.map((study) => partsOf(study, request));
  const total = work.flat().reduce((sum, units) => sum + units, 0);
  const settings: StudiedSetting[] = [];
  let before = 0;
  for (const [v, { varied, ...study }] of variants.entries()) {
    const name = varied.join(' ');
    const part: OnProgress = ({ done, detail, ...event }) =>
      onProgress({ ...event, done: before + done, total, detail: [name, detail].filter((words) => words !== '').join(', ') });
    const curves = (await biasVariance(study, request, part)).map((perSeed) => ({ perSeed, summary: summariseBiasVariance(perSeed) }));
    before += work[v][0];
    const learnt =
      request.metric === null ? null : summariseLearnt(await learnByClip(study, request.thresholds, request.metric, part), study);
    before += work[v][1];
    settings.push({ varied, config: study.config, curves, learnt });
  }
  return { settings };
}

/** Predictions and models of a setting, over its seeds: what progress counts. */
function partsOf(study: ClippableStudy, { predictions, thresholds, metric }: StudyRequest): [curves: number, models: number] {
  const { seeds } = study.config;
  const models = metric === null ? 0 : clipComparison(study, thresholds, metric).estimators.length;
  return [seeds.length * predictions.length, seeds.length * models];
}

function summariseLearnt(learnt: LearntByClip, { task, config }: ClippableStudy): LearntSummary {
  const means = learnt.clips.map((_, g) => meanEstimate(learnt.values.map((ofSeed) => ofSeed[g])));
  const [{ lowerIsBetter }] = task.metrics({ ...config, evaluation: { ...config.evaluation, metrics: [learnt.metric] } } as ExposureConfig);
  const better = lowerIsBetter ? Math.min : Math.max;
  return { ...learnt, lowerIsBetter, means, best: means.findIndex(({ value }) => value === better(...means.map((mean) => mean.value))) };
}

/** How much worse (or better) than at threshold `from` learning is at threshold `to`, paired by seed. */
export const learntDifference = ({ values }: LearntByClip, to: number, from: number): Estimate =>
  meanEstimate(values.map((ofSeed) => ofSeed[to] - ofSeed[from]));
