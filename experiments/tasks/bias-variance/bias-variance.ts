import type { BiasVariance } from '../../../estimators/recommendation/clip-optimum.ts';
import {
  type ClippedLossError,
  clippedLossErrors,
  type Exposure,
  type OfPair,
  type Recommender,
} from '../../../estimators/recommendation/index.ts';
import { UsageError } from '../../../src/errors.ts';
import { pairLosses } from '../../../src/losses/pair-loss.ts';
import { createRng } from '../../../src/random/rng.ts';
import type { StudyConfig } from '../../config/config-kind.ts';
import type { Task } from '../../engine/task.ts';
import type { Parts } from '../../parts/parts.ts';
import type { OnProgress } from '../../terminal/progress.ts';
import { observedValues } from '../explicit-feedback/index.ts';
import { implicitClicks } from '../implicit-feedback/index.ts';
import type { Feedback } from '../recommendation/feedback.ts';
import { exposureOf, problemsOf } from '../recommendation/prepare-recommendation.ts';
import type { RecommendationProblem } from '../recommendation/problem.ts';
import type { ExposureConfig } from '../recommendation/recommendation-config.ts';
import { parsePredictions } from './predictions.ts';

/** A config whose clipped loss has an exact error, and what it is of. */
export interface ClippableStudy {
  readonly config: ExposureConfig;
  readonly task: Task;
  readonly parts: Parts;
  readonly feedback: Feedback;
}

/** Where the clipped loss is looked at: thresholds, and predictions. */
export interface BiasVarianceRequest {
  readonly thresholds: readonly number[]; //  M in (0, 1], ascending
  readonly predictions: readonly string[]; // names that `parsePredictions` knows
}

/**
 * How far the clipped loss is from the ideal one at every threshold, exactly and over all draws of clicks, for the predictions of every seed:
 * {@link clippedLossErrors} over all pairs, with the exposures that the config's estimator has after the seed's clicks. Worlds, exposures and
 * learnt predictions are those of `counterrank run` with this config.
 * @returns one per name of predictions, in order
 * @throws UsageError where the truth is not known or the pairs are not seen independently, and where no prediction makes a difference
 */
export async function biasVariance(
  { config, parts, feedback }: ClippableStudy,
  { thresholds, predictions }: BiasVarianceRequest,
  onProgress: OnProgress,
): Promise<BiasVariance[]> {
  checkTruth(config);
  const parsed = predictions.map((name) => parsePredictions(name, config, parts, feedback));
  const total = config.seeds.length * predictions.length;
  onProgress({ stage: 'data', done: 0, total, detail: config.world.name });
  const problemOf = await problemsOf(feedback, config);
  const results = predictions.map((name) => ({
    predictions: name,
    seeds: config.seeds.map(String),
    curves: [] as ClippedLossError[][],
    idealLoss: [] as number[],
  }));
  for (const [s, seed] of config.seeds.entries()) {
    const rng = createRng(`run/${seed}`);
    const problem = problemOf(rng.fork('world'));
    const exposure = exposureOf(parts, config, problem, rng);
    for (const [p, scoresOf] of parsed.entries()) {
      const detail = `seed ${s + 1}/${config.seeds.length}, predictions of ${predictions[p]}`;
      onProgress({ stage: 'bias and variance', done: s * parsed.length + p, total, detail });
      const { curve, idealLoss } = errorCurve(config, problem, exposure, scoresOf(problem, exposure, rng.fork('learn')), thresholds);
      if (!curve.some(({ meanSquaredError }) => meanSquaredError > negligible))
        throw new UsageError(
          `predictions "${predictions[p]}": the ${config.loss} loss of every pair is the same whatever is observed, so there is nothing to estimate; take others`,
        );
      results[p].curves.push(curve);
      results[p].idealLoss.push(idealLoss);
    }
  }
  onProgress({ stage: 'done', done: total, total, detail: '' });
  return results;
}

/** Losses are of the order of 1; an error below 1e−12 is what a prediction inside (0, 1) leaves of one that is exactly right. */
const negligible = 1e-24;

/** One seed: all pairs, a user at a time. */
function errorCurve(
  config: ExposureConfig,
  { log, known, oracle }: RecommendationProblem,
  exposure: Exposure,
  scoresOf: Recommender['scores'],
  thresholds: readonly number[],
): { curve: ClippedLossError[]; idealLoss: number } {
  const loss = pairLosses[config.loss];
  const { pair: theta } = known as Exposure;
  const value = oracle as OfPair;
  const errors = clippedLossErrors([0, ...thresholds]);
  const [U, I] = [log.userIds.length, log.itemIds.length];
  const [users, items, scores] = [new Uint32Array(I), Uint32Array.from({ length: I }, (_, i) => i), new Float32Array(I)];
  const observed = config.task === 'explicit-feedback';
  let ideal = 0;
  for (let u = 0; u < U; u++) {
    users.fill(u);
    scoresOf(users, items, I, scores);
    for (let i = 0; i < I; i++) {
      const y = value(u, i);
      const score = scores[i];
      if (observed) {
        const error = loss.value(score, y);
        ideal += error;
        errors.add(1, theta(u, i), error, exposure.pair(u, i));
      } else {
        const irrelevant = loss.value(score, 0);
        const difference = loss.value(score, 1) - irrelevant;
        ideal += irrelevant + y * difference;
        errors.add(y, theta(u, i), difference, exposure.pair(u, i));
      }
    }
  }
  return { curve: errors.curve(), idealLoss: ideal / (U * I) };
}

/** The study behind a config. @throws UsageError for one whose clipped loss has no exact error */
export function clippableStudy(
  { config, task, catalogue }: { readonly config: StudyConfig; readonly task: Task; readonly catalogue: { readonly parts: Parts } },
  source: string,
): ClippableStudy {
  const { parts } = catalogue;
  const feedbacks: Readonly<Record<string, (parts: Parts) => Feedback>> = {
    'implicit-feedback': implicitClicks,
    'explicit-feedback': observedValues,
  };
  if (Object.hasOwn(feedbacks, task.name)) return { config: config as ExposureConfig, task, parts, feedback: feedbacks[task.name](parts) };
  const known = Object.keys(feedbacks).join(' and ');
  throw new UsageError(
    task.isDefault
      ? `${source} has no task: it compares rankers; bias-variance takes one with task: implicit-feedback or explicit-feedback`
      : `${source}: task: "${task.name}" has no exposure to clip; bias-variance takes ${known}`,
  );
}

function checkTruth({ task, world, exposure }: ExposureConfig): void {
  if (world.name === 'recorded')
    throw new UsageError('world: recorded data have no truth to measure bias by; take synthetic, semi-synthetic or self-selected-ratings');
  if (world.name === 'position-biased-lists')
    throw new UsageError(
      'world: the items of position-biased-lists are not seen independently, so the variance is not that of the formula; take synthetic or semi-synthetic',
    );
  if (task === 'explicit-feedback' && (exposure.name === 'naive-bayes' || exposure.name === 'logged'))
    throw new UsageError(`exposure: ${exposure.name} is known of observed pairs only; take oracle, popularity-power or logistic`);
}
