import type { Exposure, OfPair, Recommender } from '../../../estimators/recommendation/index.ts';
import { decodeOptions } from '../../../src/decode-options.ts';
import { UsageError } from '../../../src/errors.ts';
import { type PairLoss, pairLosses } from '../../../src/losses/pair-loss.ts';
import type { Rng } from '../../../src/random/rng.ts';
import type { Described } from '../../../src/registry.ts';
import { nearName } from '../../../src/registry.ts';
import type { Parts } from '../../parts/parts.ts';
import type { Feedback } from '../recommendation/feedback.ts';
import { learnRecommender } from '../recommendation/prepare-recommendation.ts';
import type { RecommendationProblem } from '../recommendation/problem.ts';
import type { ExposureConfig } from '../recommendation/recommendation-config.ts';

/** The predictions at which a loss is evaluated, given the truth of a seed, or what was learnt from its clicks. @param rng the learners' stream */
export type PredictionsOf = (problem: RecommendationProblem, exposure: Exposure, rng: Rng) => Recommender['scores'];

/** Predictions that nothing is trained for, by name. */
export const fixedPredictions = {
  truth: { description: 'the true relevance, or value, of every pair: where learning should lead' },
  mean: { description: 'the mean relevance, or value, of all pairs: a model that knows no pair from another' },
} satisfies Readonly<Record<string, Described>>;

/** A prediction of exactly 0 or 1 has no finite score under a sigmoid. */
const smallestProbability = 1e-12;
const inside = (p: number): number => Math.min(1 - smallestProbability, Math.max(smallestProbability, p));

/**
 * `truth`, `mean`, or an estimator, by its label in the config or else its name, with its defaults, trained as in a run of the config.
 * @throws UsageError for an unknown name, and an estimator that only ranks
 */
export function parsePredictions(name: string, config: ExposureConfig, parts: Parts, feedback: Feedback): PredictionsOf {
  const loss: PairLoss = pairLosses[config.loss];
  const labelled = config.estimators.find(({ label }) => label === name);
  if (labelled === undefined && name === 'truth') return ({ oracle }) => scoresBy((u, i) => loss.scoreOf(inside(known(oracle)(u, i))));
  if (labelled === undefined && name === 'mean')
    return ({ oracle, log }) => {
      const score = loss.scoreOf(inside(meanOf(known(oracle), log.userIds.length, log.itemIds.length)));
      return scoresBy(() => score);
    };
  const registry = feedback.recommenders;
  if (labelled === undefined && !Object.hasOwn(registry, name)) {
    const names = [
      ...new Set([...Object.keys(fixedPredictions), ...config.estimators.map(({ label }) => label), ...Object.keys(registry)]),
    ];
    throw new UsageError(`unknown predictions "${name}"${nearName(name, names) || ';'} known: ${names.join(', ')}`);
  }
  const method = labelled ?? withDefaults(name, feedback);
  if (registry[method.name].ranksOnly)
    throw new UsageError(`predictions "${name}": ${method.name} only ranks, its scores predict nothing; take another, such as ips`);
  return (problem, exposure, rng) => learnRecommender(parts, feedback, config, method, problem, exposure, rng).scores;
}

function withDefaults(name: string, { recommenders }: Feedback): ExposureConfig['estimators'][number] {
  return { name, label: name, ...(decodeOptions(name, recommenders[name].options, {}) as object) };
}

const known = (oracle: OfPair | null): OfPair => {
  if (oracle === null) throw new UsageError('the truth of this world is not known');
  return oracle;
};

function meanOf(value: OfPair, U: number, I: number): number {
  let sum = 0;
  for (let u = 0; u < U; u++) for (let i = 0; i < I; i++) sum += value(u, i);
  return sum / (U * I);
}

const scoresBy =
  (score: OfPair): Recommender['scores'] =>
  (users, items, count, out) => {
    for (let b = 0; b < count; b++) out[b] = score(users[b], items[b]);
  };
