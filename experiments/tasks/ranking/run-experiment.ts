import type { Learn, Learned } from '../../../estimators/index.ts';
import type { DataSplits } from '../../../src/data/query-set.ts';
import { createRng, type Rng } from '../../../src/random/rng.ts';
import type { OnProgress, RunResult } from '../../engine/run-result.ts';
import { cachedData, cachedLogs, noStageCache, type StageCache } from '../../engine/stage-cache.ts';
import { evaluateScores, metricColumns } from './evaluate-ranker.ts';
import { learnMethod, methodLabel, methodStatus, propensityCurves } from './learn-methods.ts';
import { type Logs, learningInput } from './learning-input.ts';
import { scaleSplits } from './load-data.ts';
import type { RunConfig } from './run-config.ts';
import { asLogs, drawLogs } from './simulate-logs.ts';

/** What one method did with one seed. */
interface MethodResult {
  readonly values: readonly Float64Array[];
  readonly propensities: RunResult['propensities'][number][number];
  readonly curve: RunResult['curves'][number][number];
  readonly status: RunResult['status'][number][number];
  readonly model: RunResult['models'][number][number];
  readonly clippedShare: number | null;
}

/** A learner that no registry knows, under the name it gets in tables. */
export interface OwnMethod {
  readonly label: string;
  readonly learn: Learn;
}

/** What a script gives to a run beside its config. */
export interface RunExtras {
  readonly splits?: DataSplits; //               instead of the configured data; scaled as configured
  readonly methods?: readonly OwnMethod[]; // after the configured ones
}

/**
 * The whole of a run: data → for every seed: simulate → for every method: learn → evaluate on the test part.
 * The seed decides the production ranker, the clicks and the initial parameters; the data stay the same, as real data would.
 * @param stages where data and simulated logs are shared with other runs; they are the same with it and without
 */
export async function runExperiment(
  config: RunConfig,
  _backend: string,
  onProgress: OnProgress,
  stages: StageCache = noStageCache,
  extras: RunExtras = {},
): Promise<RunResult> {
  const learners = [
    ...config.estimators.map((method) => (logs: Logs, rng: Rng) => learnMethod(config, method, logs, rng)),
    ...(extras.methods ?? []).map(
      ({ learn }) =>
        (logs: Logs, rng: Rng) =>
          learn(learningInput(config, logs, rng)),
    ),
  ];
  const methods = [...config.estimators.map(methodLabel), ...(extras.methods ?? []).map(({ label }) => label)];
  const total = config.seeds.length * methods.length;
  onProgress({ stage: 'data', done: 0, total, detail: config.data.path ?? 'synthetic' });
  const { splits, scaling } = extras.splits ? scaleSplits(extras.splits, config.data.scale) : await cachedData(config.data, stages);
  const metrics = metricColumns(config.evaluation);
  const perSeed: MethodResult[][] = [];
  for (const [s, seed] of config.seeds.entries()) {
    const rng = createRng(`run/${seed}`);
    const progress = (stage: string, m: number, what: string, of: { method?: string } = {}) =>
      onProgress({ stage, done: s * methods.length + m, total, detail: `seed ${s + 1}/${config.seeds.length}, ${what}`, ...of });
    progress('simulate', 0, config.simulation.clickModel.name);
    const draw = () => drawLogs(config, splits, rng);
    const drawn = extras.splits ? draw() : await cachedLogs(config, seed, stages, draw); // the cache's key knows configured data only
    const simulated = asLogs(config, splits, drawn, rng);
    const results: MethodResult[] = [];
    for (const [m, learn] of learners.entries()) {
      progress('learn', m, methods[m], { method: methods[m] });
      const learned: Learned = learn(simulated.logs, rng);
      progress('evaluate', m, methods[m], { method: methods[m] });
      const values = evaluateScores(config, splits.test, learned.rank(splits.test), simulated.logs.highestGrade, rng);
      results.push({
        values,
        propensities: propensityCurves(learned, simulated.propensities),
        curve: learned.record?.curve ?? [],
        status: methodStatus(learned),
        model: learned.scorer,
        clippedShare: learned.clippedShare ?? null,
      });
    }
    perSeed.push(results);
  }
  onProgress({ stage: 'done', done: total, total, detail: '' });
  const map = <T>(f: (result: MethodResult) => T) => perSeed.map((results) => results.map(f));
  return {
    seeds: config.seeds.map(String),
    methods,
    metrics: metrics.map(({ label }) => label),
    units: metrics.map(({ unit }) => unit),
    queryIds: splits.test.queryIds,
    perQuery: map(({ values }) => values),
    means: map(({ values }) => values.map(mean)),
    skipped: map(({ values }) => values.map((v) => v.filter((value) => Number.isNaN(value)).length)),
    propensities: map(({ propensities }) => propensities),
    curves: map(({ curve }) => curve),
    status: map(({ status }) => status),
    models: map(({ model }) => model),
    clippedShare: map(({ clippedShare }) => clippedShare),
    scaling,
    warnings: driftWarnings(
      map(({ status }) => status),
      methods,
    ),
  };
}

/** Mean over the values that are defined. */
function mean(values: Float64Array): number {
  const defined = values.filter((value) => !Number.isNaN(value));
  return defined.reduce((sum, value) => sum + value, 0) / defined.length;
}

/** One line per method whose propensities drifted: in how many seeds, and what happened in the first of them. @param status [seed][method] */
export function driftWarnings(status: RunResult['status'], methods: readonly string[]): string[] {
  return methods.flatMap((method, m) => {
    const drifted = status.map((results) => results[m]).filter((result) => result?.state === 'propensities-drifted');
    const where = status.length === 1 ? '' : ` in ${drifted.length} of ${status.length} seeds`;
    return drifted.length === 0 ? [] : [`${method}: propensities drifted${where}, so training was stopped: ${drifted[0]?.message}`];
  });
}
