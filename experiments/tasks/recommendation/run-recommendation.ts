import { type Exposure, exposureEstimators, type Recommender } from '../../../estimators/recommendation/index.ts';
import { UsageError } from '../../../src/errors.ts';
import type { TrainingRecord } from '../../../src/learners/train.ts';
import { pairLosses } from '../../../src/losses/pair-loss.ts';
import { summarise } from '../../../src/metrics/summarise.ts';
import { pairModels } from '../../../src/models/pair-models.ts';
import { createRng, type Rng } from '../../../src/random/rng.ts';
import { lookup } from '../../../src/registry.ts';
import type { OnProgress, RunResult } from '../../engine/run-result.ts';
import { heldOutClicks, heldOutValues } from './estimated-metrics.ts';
import { recommenderTest, relativeTo } from './evaluate-recommender.ts';
import { exposureFaults } from './exposure-faults.ts';
import { runExposures } from './exposure-picture.ts';
import type { Prepare, RecommendationProblem } from './problem.ts';
import { type RecommendationConfig, recommendationTasks } from './recommendation-config.ts';
import { parseRecommendationMetric } from './recommendation-metrics.ts';
import { type SeedOutcome, seedOutcome } from './seed-outcome.ts';
import { constantExposureNotes, unknownNotes } from './unknown-notes.ts';

export type Method = RecommendationConfig['estimators'][number];

/**
 * The whole of a recommendation run: data → for every seed: draw feedback → estimate exposure → for every method: learn → evaluate.
 * Every method of a seed sees the same feedback and exposures and starts from the same parameters.
 */
export async function runRecommendation(config: RecommendationConfig, _backend: string, onProgress: OnProgress): Promise<RunResult> {
  const methods = config.estimators.map(({ label }) => label);
  const total = config.seeds.length * methods.length;
  onProgress({ stage: 'data', done: 0, total, detail: config.world.name });
  const problemOf = await problemsOf(config);
  const notes: string[] = [];
  const perSeed: SeedOutcome[] = [];
  let userIds: readonly string[] = [];
  for (const [s, seed] of config.seeds.entries()) {
    const rng = createRng(`run/${seed}`);
    const progress = (stage: string, m: number, what: string, of: { method?: string } = {}) =>
      onProgress({ stage, done: s * methods.length + m, total, detail: `seed ${s + 1}/${config.seeds.length}, ${what}`, ...of });
    progress('simulate', 0, config.world.name);
    const problem = problemOf(rng.fork('world'));
    userIds = problem.log.userIds;
    const exposure = exposureOf(config, problem, rng);
    const constant = 'exposure' in config ? constantExposureNotes(problem, exposure) : [];
    if (s === 0) for (const note of [...exposure.notes, ...unknownNotes(problem), ...constant]) notes.push(`with seed ${seed}: ${note}`);
    const test = recommenderTest(problem, config.evaluation, rng.fork('test'), heldOutOf(config, problem, exposure, rng.fork('learn')));
    const learned: Recommender[] = [];
    const values: Float64Array[][] = [];
    for (const [m, method] of config.estimators.entries()) {
      progress('learn', m, methods[m], { method: methods[m] });
      const recommender = learnRecommender(config, method, problem, exposure, rng.fork('learn'));
      progress('evaluate', m, methods[m], { method: methods[m] });
      learned.push(recommender);
      values.push(test.evaluate(recommender));
    }
    const ideal = config.estimators.findIndex(({ name }) => name === 'ideal');
    const outcome = seedOutcome(config, problem, learned, rng.fork('exposure-groups'));
    perSeed.push({ ...outcome, values: relativeTo(ideal, test.metrics, values) });
  }
  onProgress({ stage: 'done', done: total, total, detail: '' });
  return toResult(config, methods, userIds, perSeed, notes);
}

/** What draws the problem of a seed, from the stream of its world. */
export function problemsOf({ task, world }: RecommendationConfig): ReturnType<Prepare> {
  const { name, ...options } = world;
  const { create } = lookup(
    'world',
    recommendationTasks[task].worlds as Readonly<Record<string, { create: (options: never) => Prepare }>>,
    name,
  );
  return create(options as never)();
}

/** Exposures of a seed's problem, as the config's estimator has them. @param rng the seed's stream */
export function exposureOf(config: RecommendationConfig, problem: RecommendationProblem, rng: Rng): Exposure {
  if (!('exposure' in config)) return noExposure;
  const { name, ...options } = config.exposure;
  return lookup('exposure estimator', exposureEstimators, name).create(options as never)({ ...problem, rng: rng.fork('exposure') });
}

/** What every learner of the seed keeps from training; null for conversions. */
function heldOutOf({ task, training }: RecommendationConfig, problem: RecommendationProblem, exposure: Exposure, rng: Rng) {
  if (task === 'conversions') return null;
  const observe = task === 'implicit-feedback' ? heldOutClicks : heldOutValues;
  return () => observe(problem, exposure, training.heldOutShare, rng);
}

/** Conversion learners model the click themselves. */
const noExposure: Exposure = { pair: () => 1, row: () => 1, notes: [] };

/** @param rng the learners' stream of the seed */
export function learnRecommender(
  config: RecommendationConfig,
  method: Method,
  problem: RecommendationProblem,
  exposure: Exposure,
  rng: Rng,
): Recommender {
  const { name, label, ...options } = method;
  const { name: modelName, ...modelOptions } = config.model;
  const { log, userFeatures, itemFeatures } = problem;
  const { l2 } = config.training;
  const context = { users: log.userIds.length, items: log.itemIds.length, optimiser: config.optimiser, l2, userFeatures, itemFeatures };
  const entry = lookup(
    'recommender',
    recommendationTasks[config.task].recommenders as (typeof recommendationTasks)['implicit-feedback']['recommenders'],
    name,
  );
  return entry.create(options as never)({
    ...problem,
    exposure,
    loss: pairLosses['loss' in config ? config.loss : 'log'],
    training: config.training,
    rng,
    newModel: (part) => lookup('model', pairModels, modelName).create(modelOptions as never, context, rng.fork(`init/${part}`)),
  });
}

function toResult(
  { seeds, evaluation }: RecommendationConfig,
  methods: readonly string[],
  userIds: readonly string[],
  perSeed: readonly SeedOutcome[],
  warnings: readonly string[],
): RunResult {
  const map = <T>(f: (record: TrainingRecord | null) => T) => perSeed.map(({ records }) => records.map(f));
  const perUser = perSeed.map(({ values }) => values);
  const summaries = perUser.map((ofSeed) => ofSeed.map((ofMethod) => ofMethod.map(summarise)));
  const { metrics } = evaluation;
  summaries.forEach((ofSeed, s) => {
    for (const [m, ofMethod] of ofSeed.entries()) {
      const undefinedMetric = metrics[ofMethod.findIndex(({ mean }) => !Number.isFinite(mean))];
      if (undefinedMetric !== undefined)
        throw new UsageError(
          `${undefinedMetric} of ${methods[m]} with seed ${seeds[s]} is undefined: no test pair, or none that is relevant; leave the metric out`,
        );
    }
  });
  const exposed = { seeds: seeds.map(String), methods, exposures: perSeed.map(({ exposures }) => exposures) };
  return {
    ...exposed,
    metrics,
    units: metrics.map((label) => (parseRecommendationMetric(label).kind === 'ranking' ? 'query' : 'world')),
    queryIds: userIds,
    perQuery: perUser,
    means: summaries.map((ofSeed) => ofSeed.map((ofMethod) => ofMethod.map(({ mean }) => mean))),
    skipped: summaries.map((ofSeed) => ofSeed.map((ofMethod) => ofMethod.map(({ skipped }) => skipped))),
    propensities: map(() => ({ estimated: null, truth: null })),
    curves: map((record) => record?.curve ?? []),
    status: map((record) => record?.status ?? null),
    models: map(() => null),
    recommenders: perSeed.map(({ recommenders }) => recommenders),
    clippedShare: map(() => null),
    scaling: { method: 'none', offset: [], factor: [] },
    warnings: [...warnings, ...exposureFaults(runExposures(exposed))],
  };
}
