import { join } from 'node:path';
import { type BiasChoice, biasToJson, type EstimatedBias, makeBias, notDrawn, withContextNames } from '../../../estimators/index.ts';
import { makeFolder } from '../../../src/data/make-folder.ts';
import { createRng } from '../../../src/random/rng.ts';
import type { StageCache } from '../../engine/stage-cache.ts';
import type { Learnt, Prepared } from '../../engine/task.ts';
import type { Parts } from '../../parts/parts.ts';
import { writeJson } from '../../records/write-json.ts';
import { rowsOf, type TableRows } from '../../tables/table.ts';
import { learningInput } from '../ranking/learning-input.ts';
import { unlessUnfit } from '../ranking/unless-unfit.ts';
import { endingRows } from '../shared/click-model-fits.ts';
import { trainingRows } from '../shared/training.ts';
import type { BiasConfig } from './bias-config.ts';
import { type BiasLogs, biasLogs } from './bias-logs.ts';
import { biasValues, type TrueBias } from './bias-metrics.ts';
import { affineCurves, biasCurves, contextCurves } from './bias-tables.ts';

/** The seed decides the production ranker, the clicks and what is drawn while estimating. */
export async function prepareBias(parts: Parts, config: BiasConfig, stages: StageCache): Promise<Prepared> {
  const { accounting, ofSeed } = await biasLogs(parts, config, stages);
  return {
    accounting,
    async seed(seed) {
      const world = await ofSeed(seed);
      const drawn = world.logs.randomised && notDrawn(world.logs.randomised);
      const warnings = drawn === null ? [] : [drawn];
      return { units: {}, warnings, learn: (method) => estimate(parts, config, method as BiasConfig['estimators'][number], world, seed) };
    },
  };
}

/** The bias of the logs of a seed by one estimator. @throws UsageError where the log, or a context by its name, does not tell it */
export function estimateBias(
  parts: Parts,
  config: Pick<BiasConfig, 'ranker' | 'training'>,
  choice: BiasChoice,
  { logs, contexts = new Map() }: BiasLogs,
  seed: string,
): EstimatedBias {
  const input = learningInput(parts, config, logs, createRng(`run/${seed}`));
  return withContextNames(contexts, () => makeBias(choice, parts.biasEstimators)(input));
}

function estimate(
  parts: Parts,
  config: BiasConfig,
  { label: _label, ...choice }: BiasConfig['estimators'][number],
  world: BiasLogs,
  seed: string,
): Learnt {
  const bias = unlessUnfit(() => estimateBias(parts, config, choice as BiasChoice, world, seed));
  const { truth, contexts } = world;
  if ('problem' in bias) return { evaluate: () => biasValues(config, null, truth), rows: [], undefinedBecause: bias.problem };
  return {
    evaluate: () => biasValues(config, bias, truth),
    rows: [...curveRows(bias, truth), contextRows(bias, truth, contexts), ...endingRows(bias.ending), ...trainingRows(bias.record ?? null)],
    async save(folder) {
      await makeFolder(folder);
      await writeJson(join(folder, 'bias.json'), biasToJson(bias));
    },
  };
}

function curveRows({ examination, intervals, affine, affineIntervals: ends, source }: EstimatedBias, truth: TrueBias | null): TableRows[] {
  const ranks = Array.from(examination ?? [], (estimated, k) => ({
    ...{ rank: k + 1, estimated, lower: intervals?.lower[k] ?? null, upper: intervals?.upper[k] ?? null },
    ...{ true: truth?.examination[k] ?? null, source },
  }));
  const trusted = Array.from(affine?.alpha ?? [], (alpha, k) => ({
    ...{ rank: k + 1, alpha, beta: affine?.beta[k] ?? Number.NaN },
    ...{ alpha_lower: ends?.alpha.lower[k] ?? null, alpha_upper: ends?.alpha.upper[k] ?? null },
    ...{ beta_lower: ends?.beta.lower[k] ?? null, beta_upper: ends?.beta.upper[k] ?? null },
    ...{ true_alpha: truth?.affine?.alpha[k] ?? null, true_beta: truth?.affine?.beta[k] ?? null, source },
  }));
  return [rowsOf(biasCurves, ranks), rowsOf(affineCurves, trusted)];
}

/** @param contexts their numbers by name, of a recorded log */
function contextRows({ byContext = [] }: EstimatedBias, truth: TrueBias | null, contexts: BiasLogs['contexts'] = new Map()): TableRows {
  const names = new Map(Array.from(contexts, ([name, number]) => [number, name]));
  const rows = byContext.flatMap(({ examination, intervals }, c) =>
    Array.from(examination, (estimated, k) => ({
      ...{ context: names.get(c) ?? String(c), rank: k + 1, estimated },
      ...{ lower: intervals?.lower[k] ?? null, upper: intervals?.upper[k] ?? null, true: truth?.byContext?.[c]?.[k] ?? null },
    })),
  );
  return rowsOf(contextCurves, rows);
}
