import { stat } from 'node:fs/promises';
import type { ExpectedWork } from '../../engine/task.ts';
import { expectedOf, type Part } from '../shared/expected-parts.ts';
import type { Feedback } from './feedback.ts';
import { chosenModel, trainingOf } from './method-settings.ts';
import type { RecommendationConfig } from './recommendation-config.ts';

/**
 * Seconds for each pair of a batch, scored and stepped along: by itself, and for each factor; the same for each product of a network, forwards and
 * backwards. Measured in November 2026 in processor time of one core of an EPYC server, with 10 and 100 factors; a foretelling by it is within a
 * factor of three for most.
 */
const pairSeconds = { fixed: 0.4e-6, factor: 0.01e-6, product: 6 / 8e9 };
/** Of an iteration of expo-mf, for each pair of a user and an item and each pair of factors. */
const expoMfSeconds = 0.03e-9;
/** Models that a step trains, where that is more than one: what imputes, or the other end of a funnel. */
const models: Readonly<Record<string, number>> = {
  ...{ 'dr-jl': 2, mrdr: 2, 'dr-bias': 2, tdr: 2, 'stable-dr': 3 },
  ...{ esmm: 2, 'escm2-ips': 2, 'escm2-dr': 3, bpr: 2, ubpr: 2 },
};
/** Steps until nothing better comes, about, where patience stops a training. */
const usualSteps = 1000;
/** Of recorded data: bytes of a row, rows of a user and of an item. */
const recorded = { bytes: 12, rowsOfUser: 50, rowsOfItem: 100 };

/** How long recommenders will be trained: from steps, batches, the width of models, and for `expo-mf` the users and items of the world. @param files of recorded data */
export async function expectedTraining(
  { recommenders }: Feedback,
  config: RecommendationConfig,
  files: readonly string[],
): Promise<ExpectedWork | null> {
  const pairs = await worldPairs(config.world, files);
  const parts = config.estimators.flatMap((method): Part[] => {
    const { name } = method;
    if (name === 'expo-mf') {
      const { dimension, iterations } = method as unknown as Readonly<Record<'dimension' | 'iterations', number>>;
      return [{ what: name, seconds: expoMfSeconds * iterations * pairs * dimension ** 2, lighter: null }];
    }
    if (recommenders[name]?.untrained === true) return [];
    const { steps, batch, patience } = trainingOf(config, method);
    const isReference = name === 'ideal';
    const taken = isReference || patience === null ? steps : Math.min(steps, usualSteps);
    return [{ what: name, seconds: taken * batch * (models[name] ?? 1) * secondsOfPair(chosenModel(config, method)), lighter: null }];
  });
  return expectedOf(parts, config.seeds.length);
}

/** By its factors, or the widths of its layers. */
function secondsOfPair(model: { readonly name: string; readonly dimension?: number; readonly hidden?: readonly number[] }): number {
  if (model.name === 'matrix-factorisation') return pairSeconds.fixed + pairSeconds.factor * (model.dimension ?? 10);
  const widths = model.hidden ?? [];
  return pairSeconds.fixed + pairSeconds.product * widths.reduce((sum, width, l) => sum + width * (widths[l - 1] ?? usualFeatures), 0);
}
/** Features of a user and an item together, of which a config says nothing. */
const usualFeatures = 50;

/** Users times items: as the config says, or about, from the bytes of its files. */
async function worldPairs(world: RecommendationConfig['world'], files: readonly string[]): Promise<number> {
  const { users, items } = world as { readonly users?: number; readonly items?: number };
  if (users !== undefined && items !== undefined) return users * items;
  const sizes = await Promise.all(files.map((file) => stat(file).then(({ size }) => size)));
  const rows = sizes.reduce((sum, size) => sum + size, 0) / recorded.bytes;
  return (rows / recorded.rowsOfUser) * (rows / recorded.rowsOfItem);
}
