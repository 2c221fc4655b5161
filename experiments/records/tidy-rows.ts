import type { LearningCurvePoint, PropensityCurves, RunResult } from '../engine/run-result.ts';

type Row = (string | number | null)[];

export const metricsHead = ['seed', 'method', 'metric', 'value', 'skipped'];

/** One row per seed, method and metric. */
export function* metricRows({ seeds, methods, metrics, means, skipped }: RunResult): Generator<Row> {
  for (const [s, seed] of seeds.entries())
    for (const [m, method] of methods.entries())
      for (const [k, metric] of metrics.entries()) yield [seed, method, metric, means[s][m][k], skipped[s][m][k]];
}

export const perQueryHead = ['seed', 'method', 'metric', 'query', 'value'];

/** One row per seed, method, metric and test query (or search session, by its number from 1). */
export function* perQueryRows({ seeds, methods, metrics, units, queryIds, perQuery }: RunResult): Generator<Row> {
  for (const [s, seed] of seeds.entries())
    for (const [m, method] of methods.entries())
      for (const [k, metric] of metrics.entries())
        for (const [q, value] of perQuery[s][m][k].entries())
          yield [seed, method, metric, units[k] === 'query' ? queryIds[q] : q + 1, value];
}

export const propensitiesHead = ['seed', 'method', 'rank', 'estimated', 'true'];

/** One row per seed, method and rank; relative to rank 1. */
export function* propensityRows(
  seeds: readonly string[],
  methods: readonly string[],
  propensities: readonly (readonly PropensityCurves[])[],
): Generator<Row> {
  for (const [s, seed] of seeds.entries())
    for (const [m, method] of methods.entries()) {
      const { estimated, truth } = propensities[s][m];
      if (estimated === null) continue;
      for (const [k, value] of estimated.entries()) yield [seed, method, k + 1, value, truth?.[k] ?? null];
    }
}

export const exposureHead = ['seed', 'method', 'by', 'group', 'count', 'true', 'estimated', 'absolute_error', 'log_ratio', 'log_ratio_sd'];

/** One row per seed, method that weighs by exposure, and group of pairs. */
export function* exposureRows({ seeds, methods, exposures = [] }: Pick<RunResult, 'seeds' | 'methods' | 'exposures'>): Generator<Row> {
  for (const [s, ofSeed] of exposures.entries())
    for (const [m, groups] of ofSeed.entries())
      for (const { by, group, count, truth, estimated, absoluteError, logRatio, logRatioDeviation } of groups)
        yield [seeds[s], methods[m], by, group, count, truth, estimated, absoluteError, logRatio, logRatioDeviation];
}

export const curvesHead = ['seed', 'method', 'step', 'training_loss', 'held_out_loss', 'test_metric'];

/** One row per seed, method and evaluated step. */
export function* curveRows(
  seeds: readonly string[],
  methods: readonly string[],
  curves: readonly (readonly (readonly LearningCurvePoint[])[])[],
): Generator<Row> {
  for (const [s, seed] of seeds.entries())
    for (const [m, method] of methods.entries())
      for (const { step, trainingLoss, heldOutLoss, testMetric } of curves[s][m])
        yield [seed, method, step, trainingLoss, heldOutLoss, testMetric ?? null];
}

export const weightsHead = ['seed', 'method', 'clipped_share'];

/** One row per seed and method that can cut a weight: the share of clicks whose weight it cut. */
export function* weightRows({ seeds, methods, clippedShare }: RunResult): Generator<Row> {
  for (const [s, seed] of seeds.entries())
    for (const [m, method] of methods.entries()) if (clippedShare[s][m] !== null) yield [seed, method, clippedShare[s][m]];
}
