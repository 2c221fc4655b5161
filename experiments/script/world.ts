import type { ClickModel } from '../../click-models/index.ts';
import type { Learn, Learned, Ranker } from '../../estimators/index.ts';
import type { SimulationTruth } from '../../simulators/index.ts';
import type { ClickLog } from '../../src/data/click-log.ts';
import type { DataSplits } from '../../src/data/query-set.ts';
import { type Rng, rememberingRng } from '../../src/random/rng.ts';
import { builtIn } from '../catalogue/catalogue.ts';
import { decodeRankingConfig } from '../catalogue/ranking-config.ts';
import { evaluateScores, rankingMetrics } from '../tasks/ranking/evaluate-ranker.ts';
import { learnMethod } from '../tasks/ranking/learn-methods.ts';
import { type Logs, learningInput } from '../tasks/ranking/learning-input.ts';
import { highestGrade, loadData, scaleSplits } from '../tasks/ranking/load-data.ts';
import type { RankingConfig } from '../tasks/ranking/ranking-config.ts';
import { asLogs, drawLogs, makeClickModel } from '../tasks/ranking/simulate-logs.ts';
import type { Choice } from './study-types.ts';

/** Logs of real users on the training queries, or in the case of `heldOut` on the validation queries. */
export interface GivenLogs {
  readonly train: ClickLog;
  readonly heldOut?: ClickLog | null; //    for early stopping
  readonly randomised?: ClickLog | null; // shown in random order, for propensities
}

/** What a simulated log was drawn from. */
export interface WorldTruth {
  readonly clickModel: ClickModel;
  readonly propensities: Float64Array; // θ_k / θ_0 per position of the training log
  readonly train: SimulationTruth; //     attraction and examination behind the training log
  readonly rng: Rng; //                   of the seed: fork it for what else is to be drawn
}

/** Data and click logs of one seed. */
export interface World {
  readonly splits: DataSplits; //         features scaled
  readonly logs: Logs; //                 what an estimator sees
  readonly truth: WorldTruth | null; //   null where the logs were given
  /** Learns a ranker with a registered estimator, or your own. Every call starts from the same initial parameters and random streams. */
  learn(method: Choice<RankingConfig['estimators'][number]> | Learn): Learned;
  /** The metrics of a ranking of the test queries, one value per query. */
  evaluate(ranker: Ranker | Learned): Readonly<Record<string, Float64Array>>;
}

/** The logs of one seed as a run of it would draw them. @param seed the config's first where absent */
export async function simulatedWorld(config: RankingConfig, given: DataSplits | null, seed?: string | number): Promise<World> {
  const { parts } = builtIn();
  const splits = await dataOf(config, given);
  const rng = rememberingRng(`run/${seed ?? config.seeds[0]}`);
  const { logs, drawn, propensities } = asLogs(config, splits, drawLogs(parts, config, splits, rng), rng);
  const truth = { clickModel: makeClickModel(parts, config.simulation), propensities, train: drawn.train.truth, rng };
  return world(config, splits, logs, truth, rng);
}

/** A world whose logs are given. */
export async function givenWorld(config: RankingConfig, given: DataSplits | null, logs: GivenLogs): Promise<World> {
  const splits = await dataOf(config, given);
  const { train, heldOut = null, randomised = null } = logs;
  const seen: Logs = {
    train: { querySet: splits.train, log: train, knownBias: null },
    heldOut: heldOut && { querySet: splits.validation, log: heldOut, knownBias: null },
    randomised,
    production: null,
    highestGrade: highestGrade(splits, config.data.gains),
    gains: config.data.gains,
  };
  return world(config, splits, seen, null, rememberingRng(`run/${config.seeds[0]}`));
}

const dataOf = async ({ data }: RankingConfig, given: DataSplits | null): Promise<DataSplits> =>
  (given ? scaleSplits(given, data) : await loadData(data)).splits;

function world(config: RankingConfig, splits: DataSplits, logs: Logs, truth: WorldTruth | null, rng: Rng): World {
  const { parts } = builtIn();
  const columns = rankingMetrics(parts, config).map(({ label }) => label);
  return {
    splits,
    logs,
    truth,
    learn: (method) => {
      if (typeof method === 'function') return method(learningInput(parts, config, logs, rng));
      const { estimators } = decodeRankingConfig({ estimators: [method], baseline: null }, 'learn', { simulated: false });
      return learnMethod(parts, config, estimators[0], logs, rng);
    },
    evaluate: (ranker) => {
      const rank = typeof ranker === 'function' ? ranker : ranker.rank;
      const values = evaluateScores(parts, config, splits.test, rank(splits.test), logs.highestGrade, rng);
      return Object.fromEntries(columns.map((name, i) => [name, values[i]]));
    },
  };
}
