import { recommenderTest, relativeTo } from '../../../estimators/recommendation/evaluate-recommender.ts';
import type { ExposureEntry } from '../../../estimators/recommendation/exposure/index.ts';
import { type ExposureGroup, exposureGroups } from '../../../estimators/recommendation/exposure-groups.ts';
import type { Exposure, LearnRecommender, Recommender } from '../../../estimators/recommendation/index.ts';
import { parseRecommendationMetric } from '../../../estimators/recommendation/recommendation-metrics.ts';
import { constantExposureNotes, unknownNotes } from '../../../estimators/recommendation/unknown-notes.ts';
import type { BiasSource, Sourced } from '../../../src/bias-source.ts';
import { UsageError } from '../../../src/errors.ts';
import { pairLosses } from '../../../src/losses/pair-loss.ts';
import { type PredictionName, predictions } from '../../../src/losses/predictions.ts';
import { summarise } from '../../../src/metrics/summarise.ts';
import { type StoredRecommender, saveRecommender } from '../../../src/models/save-recommender.ts';
import { createRng, type Rng } from '../../../src/random/rng.ts';
import { make } from '../../../src/registry.ts';
import type { Prepared } from '../../engine/task.ts';
import type { Parts } from '../../parts/parts.ts';
import { rowsOf } from '../../tables/table.ts';
import { trainingRows } from '../shared/training.ts';
import { comparedScores, rankingMetric, scoreSpread } from './compared-scores.ts';
import { exposureTable } from './exposure-table.ts';
import type { Feedback } from './feedback.ts';
import { modelOf, trainingOf } from './method-settings.ts';
import type { Prepare, RecommendationProblem } from './problem.ts';
import type { RecommendationConfig } from './recommendation-config.ts';
import { usualL2 } from './usual-l2.ts';
import { prepareWorld } from './world-faults.ts';

type Method = RecommendationConfig['estimators'][number];

/** Every method of a seed sees the same feedback and exposures and starts from the same parameters. */
export async function prepareRecommendation(parts: Parts, feedback: Feedback, config: RecommendationConfig): Promise<Prepared> {
  const problemOf = await problemsOf(feedback, config);
  const metrics = config.evaluation.metrics.map((label) => parseRecommendationMetric(label, parts.metrics));
  const ranking = rankingMetric(metrics, parts.metrics);
  const ideal = config.estimators.findIndex(({ name }) => name === 'ideal');
  return {
    accounting: problemOf.accounting ?? [],
    seed(seed) {
      const rng = createRng(`run/${seed}`);
      const problem = problemOf(rng.fork('world'));
      const exposure = exposureOf(parts, config, problem, rng);
      const source = sourceOf(parts, config);
      const { heldOut } = feedback;
      const observe = heldOut && (() => heldOut(problem, exposure, config.training.heldOutShare, rng.fork('learn')));
      const test = recommenderTest(problem, [...metrics, ranking], config.evaluation, rng.fork('test'), observe);
      const learn = (method: Method) => learnRecommender(parts, feedback, config, method, problem, exposure, rng.fork('learn'));
      let popularity: Float64Array | null = null; // tested once, if anything is
      const groupsOf = comparedExposures(problem, feedback.exposureUnits, rng.fork('exposure-groups'));
      const constant = config.exposure === undefined ? [] : constantExposureNotes(problem, exposure);
      return {
        units: { user: problem.log.userIds },
        warnings: [...exposure.notes, ...unknownNotes(problem), ...constant],
        learn(method) {
          const recommender = learn(method);
          const values = test.evaluate(recommender);
          const ofRanking = values.pop() as Float64Array;
          popularity ??= test.evaluate(learn({ name: 'popularity', label: 'popularity' })).pop() as Float64Array;
          const stored = config.saveModels ? storedOf(recommender, problem) : null;
          return {
            evaluate: () => values,
            rows: [
              rowsOf(
                exposureTable,
                groupsOf(recommender.exposure).map((group) => ({
                  ...group,
                  source: recommender.exposure === exposure ? source : ownSource(feedback, method),
                })),
              ),
              comparedScores(scoreSpread(recommender, problem.log), ranking.label, ofRanking, popularity),
              ...trainingRows(recommender.record),
            ],
            ...(stored !== null && { save: (folder: string) => saveRecommender(folder, stored) }),
          };
        },
        settle(values) {
          const settled = relativeTo(ideal, metrics, values);
          checkDefined(config, seed, settled);
          return settled;
        },
      };
    },
  };
}

/** What draws the problem of a seed, from the stream of its world. */
export const problemsOf = (feedback: Feedback, config: RecommendationConfig): ReturnType<Prepare> => prepareWorld(feedback, config)();

/** Exposures of a seed's problem, as the config's estimator has them; conversion learners model the click themselves. @param rng the seed's stream */
export function exposureOf(parts: Parts, { exposure }: RecommendationConfig, problem: RecommendationProblem, rng: Rng): Exposure {
  if (exposure === undefined) return { pair: () => 1, row: () => 1, notes: [] };
  return make('exposure estimator', parts.exposureEstimators, exposure)({ ...problem, rng: rng.fork('exposure') });
}

/** Where the configured exposure comes from; null where a plugin does not say. */
const sourceOf = ({ exposureEstimators }: Parts, { exposure }: RecommendationConfig): BiasSource | null =>
  exposure === undefined ? null : ((exposureEstimators[exposure.name] as ExposureEntry).source ?? null);

/** Where an exposure comes from that a method has itself. */
const ownSource = ({ recommenders }: Feedback, { name }: Method): BiasSource | null => (recommenders[name] as Sourced).source ?? null;

/** @param rng the learners' stream of the seed */
export function learnRecommender(
  parts: Parts,
  feedback: Feedback,
  config: RecommendationConfig,
  { label: _label, model, training: own, ...method }: Method,
  problem: RecommendationProblem,
  exposure: Exposure,
  rng: Rng,
): Recommender {
  const { log, userFeatures, itemFeatures } = problem;
  const { optimiser } = config;
  const training = trainingOf(config, { training: own });
  const chosen = modelOf(parts, config, { model });
  const context = {
    users: log.userIds.length,
    items: log.itemIds.length,
    optimiser,
    l2: training.l2 ?? usualL2(feedback, problem),
    userFeatures,
    itemFeatures,
  };
  const learn = make<Readonly<Record<string, { create: (options: never) => LearnRecommender }>>, typeof method>(
    'recommender',
    feedback.recommenders,
    method,
  );
  return learn({
    ...problem,
    exposure,
    loss: pairLosses[config.loss ?? 'log'],
    training,
    rng,
    newModel: (part) => make('model', parts.pairModels, chosen, context, rng.fork(`init/${part}`)),
  });
}

/** Exposures that methods share are compared with the truth once. @param rng draws the pairs, where they are many */
function comparedExposures(problem: RecommendationProblem, units: Feedback['exposureUnits'], rng: Rng) {
  const known = new Map<Exposure, ExposureGroup[]>();
  return (exposure: Exposure | null | undefined): ExposureGroup[] => {
    if (!exposure) return [];
    const groups = known.get(exposure) ?? exposureGroups(exposure, problem, units, rng);
    known.set(exposure, groups);
    return groups;
  };
}

/** What is written of a recommender; null for one that cannot be. */
function storedOf({ stored, predict }: Recommender, { log: { userIds, itemIds } }: RecommendationProblem): StoredRecommender | null {
  const prediction = (Object.keys(predictions) as PredictionName[]).find((name) => predictions[name] === predict) ?? null;
  if (stored === undefined || (predict !== null && prediction === null)) return null;
  return { model: stored(), prediction, userIds, itemIds };
}

function checkDefined({ estimators, evaluation }: RecommendationConfig, seed: string, values: readonly (readonly Float64Array[])[]): void {
  for (const [m, ofMethod] of values.entries()) {
    const undefinedMetric = evaluation.metrics[ofMethod.findIndex((ofMetric) => !Number.isFinite(summarise(ofMetric).mean))];
    if (undefinedMetric !== undefined)
      throw new UsageError(
        `${undefinedMetric} of ${estimators[m].label} with seed ${seed} is undefined: no test pair, or none that is relevant; leave the metric out`,
      );
  }
}
