import { type ClickModel, clickModels } from '../../click-models/index.ts';
import { biasEstimators, estimators, type Learn, type LearningInput, type LoggedClicks, type Ranker } from '../../estimators/index.ts';
import { documentProbabilities, productionRanker, simulateClickLog } from '../../simulators/index.ts';
import { type ClickLog, clickSums, sessionsOf } from '../../src/data/click-log.ts';
import type { QuerySet } from '../../src/data/query-set.ts';
import { syntheticOptions } from '../../src/data/synthetic-options.ts';
import { syntheticQueries } from '../../src/data/synthetic-queries.ts';
import { decodeOptions } from '../../src/decode-options.ts';
import { clickThroughByRank } from '../../src/diagnostics/index.ts';
import { UsageError } from '../../src/errors.ts';
import { optimisers } from '../../src/learners/optimisers.ts';
import { trainingOptions } from '../../src/learners/training-options.ts';
import { listwiseSoftmax } from '../../src/losses/index.ts';
import { evaluateRanking, summarise } from '../../src/metrics/index.ts';
import { linear } from '../../src/models/linear.ts';
import { categorical, createRng, type Rng } from '../../src/random/index.ts';
import type { GenericSchema } from '../../src/schema.ts';

/** What a visitor of the playground sets. */
export interface PlaySettings {
  readonly users: keyof typeof users;
  readonly strength: number; //   of the bias, in [0, 2], see `users`
  readonly sessions: number; //   of the training log, 1 … 10⁹
  readonly noise: number; //      attraction of an irrelevant document, in [0, 1]
  readonly production: number; // share of the training queries whose labels the production ranker has seen, in [0, 1]; 0: random lists
  readonly seed: number;
}

/** What came out, ranks from the first. */
export interface PlayResult {
  readonly sessions: readonly Uint8Array[]; //  clicks of some sessions, drawn from the log
  readonly clicks: number; //                   of the whole log
  readonly clickThrough: Float64Array; //       by rank
  readonly examination: Float64Array; //        θ_k/θ_1, the truth: mean over the sessions of the log
  readonly estimated: Readonly<Record<string, Float64Array | null>>; // θ_k/θ_1 by estimator; null where the log does not suffice
  readonly ndcg: Readonly<Record<string, number>>; // NDCG@10 of unseen queries by method, references too
}

export const positions = 10;
const queries = { trainQueries: 100, validationQueries: 40, testQueries: 200, documentsPerQuery: [10, 20], features: 12 } as const;
const shownSessions = 40;
const grade = 4;

const rankPower = (strength: number) => Float64Array.from({ length: positions }, (_, k) => (k + 1) ** -strength);

/** How visitors' users click, by name; strength 0 is none, 1 as usual, 2 strong. */
export const users = {
  'position-based': (strength) => clickModels['position-based'].create({ examination: [...rankPower(strength)], eta: 1 }, positions),
  'trust-bias': (strength) => {
    const theta = rankPower(strength);
    const trust = theta.map((_, k) => (0.65 * Math.min(1, strength)) / (k + 1)); // ε⁻ of Oosterhuis' experiments, at strength 1
    const affine = { alpha: [...theta.map((p, k) => p * (1 - trust[k]))], beta: [...theta.map((p, k) => p * trust[k])] };
    return clickModels['trust-bias'].create({ affine }, positions);
  },
  'dynamic-bayesian': (strength) => clickModels['dynamic-bayesian'].create({ continuation: 1 - 0.3 * strength }, positions),
} satisfies Record<string, (strength: number) => ClickModel>;

/**
 * One small study from settings to NDCG: synthetic queries, a production ranker, lists drawn by Plackett–Luce so that documents move between ranks, counted clicks, four rankers
 * learnt from them and two references. The same settings give the same numbers, in a browser as in Node.
 * @throws UsageError where a setting is out of its range
 */
export function playStudy(settings: PlaySettings): PlayResult {
  check(settings);
  const rng = createRng(`playground/${settings.seed}`);
  const splits = syntheticQueries(decodeOptions('synthetic', syntheticOptions, queries), rng.fork('queries'));
  const production = productionRanker(splits.train, { share: settings.production, highestGrade: grade }, rng.fork('production'));
  const clickModel = users[settings.users](settings.strength);
  const draw = (querySet: QuerySet, sessions: number, stream: string) => {
    const documents = documentProbabilities(clickModel, querySet.labels, { noise: settings.noise, highestGrade: grade });
    const policy = { scores: production(querySet), positions, temperature: 0.5, listsPerQuery: 4 };
    const { log, truth } = simulateClickLog({ querySet, ...policy, ...documents, clickModel, sessions }, rng.fork(stream));
    return { querySet, log, knownBias: { examination: truth.examination, affine: truth.affine } };
  };
  const train = draw(splits.train, settings.sessions, 'clicks');
  const heldOut = draw(splits.validation, Math.ceil(0.4 * settings.sessions), 'validation-clicks');
  const input = inputOf(train, heldOut, (set) => production(set), rng);
  const truth = biasEstimators.oracle.create()(input).examination as Float64Array;
  const learnt = Object.entries(methods).map(([name, learn]) => [name, orNull(() => learn(input))] as const);
  return {
    sessions: someSessions(train.log, rng.fork('shown')),
    clicks: clickSums(train.log).clicks.reduce((sum, count) => sum + count, 0),
    clickThrough: clickThroughByRank(train.log),
    examination: truth.map((theta) => theta / truth[0]),
    estimated: Object.fromEntries(
      learnt.filter(([name]) => estimating.includes(name)).map(([name, found]) => [name, found?.examination ?? null]),
    ),
    ndcg: Object.fromEntries(learnt.map(([name, found]) => [name, found === null ? Number.NaN : ndcgOf(found.rank, splits.test)])),
  };
}

const made = <S extends GenericSchema>(entry: { readonly options: S; readonly create: (options: never) => Learn }, options: object = {}) =>
  entry.create(decodeOptions('method', entry.options, options as never) as never);

/** Methods in the order shown; each sees the log, and references what they are references of. */
export const methods: Readonly<Record<string, Learn>> = {
  production: made(estimators.production),
  naive: made(estimators.naive),
  'ips, all-pairs': made(estimators.ips, { propensity: 'all-pairs' }),
  'dual-learning': made(estimators['dual-learning']),
  'ips, true propensities': made(estimators.ips, { propensity: 'oracle' }),
  skyline: made(estimators.skyline),
};

/** Those that estimate propensities from the log. */
const estimating = ['ips, all-pairs', 'dual-learning'];

function inputOf(train: LoggedClicks, heldOut: LoggedClicks, production: Ranker, rng: Rng): LearningInput {
  const training = decodeOptions('training', trainingOptions, { steps: 300, l2: 0.001 });
  return {
    ...{ train, heldOut, randomised: null, production, highestGrade: grade, loss: listwiseSoftmax, training, rng: rng.fork('learning') },
    newScorer: () => linear(train.querySet.featureCount),
    newOptimiser: (count, relativeRate = 1) =>
      optimisers.adam.create({ learningRate: 0.03 * relativeRate, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 }, count),
  };
}

/** A small log may be one that a method cannot learn from, and says so. */
function orNull<T>(learn: () => T): T | null {
  try {
    return learn();
  } catch (fault) {
    if (fault instanceof UsageError) return null;
    throw fault;
  }
}

const ndcgOf = (rank: Ranker, test: QuerySet): number => summarise(evaluateRanking(rank(test), test, ['ndcg@10'])['ndcg@10']).mean;

/** Sessions of the log, each as likely. */
function someSessions(log: ClickLog, rng: Rng): Uint8Array[] {
  const n = Math.min(shownSessions, sessionsOf(log));
  const draw = categorical(log.count);
  return Array.from({ length: n }, () => {
    const row = draw(rng);
    return log.clicks.slice(log.clickOffsets[row], log.clickOffsets[row + 1]);
  });
}

function check({ users: name, strength, sessions, noise, production }: PlaySettings): void {
  const fault = (what: string, rule: string, value: unknown) => {
    throw new UsageError(`${what} must be ${rule}, got ${value}`);
  };
  if (!Object.hasOwn(users, name)) fault('users', `one of ${Object.keys(users).join(', ')}`, name);
  if (!(strength >= 0 && strength <= 2)) fault('strength', 'in [0, 2]', strength);
  if (!(Number.isInteger(sessions) && sessions >= 1 && sessions <= 1e9)) fault('sessions', 'whole, in [1, 10⁹]', sessions);
  if (!(noise >= 0 && noise <= 1)) fault('noise', 'in [0, 1]', noise);
  if (!(production >= 0 && production <= 1)) fault('production', 'a share in [0, 1]', production);
}
