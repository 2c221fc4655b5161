import type { Learn } from '../../../estimators/index.ts';
import type { DataSplits } from '../../../src/data/query-set.ts';
import { relevanceWarning } from '../../../src/metrics/index.ts';
import { createRng, rememberingRng } from '../../../src/random/rng.ts';
import type { StageCache } from '../../engine/stage-cache.ts';
import type { Prepared } from '../../engine/task.ts';
import type { Parts } from '../../parts/parts.ts';
import { rowsOf } from '../../tables/table.ts';
import { cachedData, cachedLogs } from './cached-stages.ts';
import { evaluateScores, perQueryValues, sessionsPerQuery } from './evaluate-ranker.ts';
import { sharedQueries } from './held-apart.ts';
import { learnedRows, learnMethod } from './learn-methods.ts';
import { learningInput } from './learning-input.ts';
import { highestGrade, ofFold, scaleSplits } from './load-data.ts';
import { checkMissingOfStudy } from './missing-features.ts';
import { pooledFolds } from './prepare-folds.ts';
import type { RankingConfig } from './ranking-config.ts';
import { safetyRows } from './safety.ts';
import { pairedStandardError, searchSessions } from './search-sessions-table.ts';
import { asLogs, drawLogs } from './simulate-logs.ts';
import { writeModel } from './write-model.ts';

/** What a script gives to a run beside its config. */
export interface RankingExtras {
  readonly splits?: DataSplits; //                    instead of the configured data; scaled as configured
  readonly own?: ReadonlyMap<string, Learn>; //    label → learner that no registry knows
}

/** The seed decides the production ranker, the clicks and the initial parameters; the data stay the same, as real data would. */
export async function prepareRanking(
  parts: Parts,
  config: RankingConfig,
  stages: StageCache,
  extras: RankingExtras = {},
): Promise<Prepared> {
  const { folds } = config.data;
  if (folds !== null && extras.splits === undefined) {
    const prepared: Prepared[] = [];
    for (const fold of folds) prepared.push(await prepareRanking(parts, { ...config, data: ofFold(config.data, fold) }, stages, extras));
    return pooledFolds(folds, prepared);
  }
  const given = extras.splits;
  const { splits, scaling, accounting } = given ? scaleSplits(given, config.data) : await cachedData(config.data, stages);
  checkMissingOfStudy(parts, config, Object.values(splits));
  const shared = config.data.path === null && given === undefined ? [] : sharedQueries(splits).map(({ words }) => words);
  const grade = highestGrade(splits, config.data.gains);
  perQueryValues(parts, config, splits.test, Float32Array.from(splits.test.labels.keys()), grade); // labels that a metric refuses, before any training
  return {
    accounting,
    async seed(seed) {
      const rng = createRng(`run/${seed}`);
      const draw = () => drawLogs(parts, config, splits, rng);
      const drawn = given ? draw() : await cachedLogs(config, seed, stages, draw); // the cache's key knows configured data only
      const { logs, propensities } = asLogs(config, splits, drawn, rng);
      const users = rememberingRng(`run/${seed}`); // the same draws, of which every method meets the same
      const nums = new Map<string, Float64Array>(); // by label: NUM of every search session
      return {
        units: { query: splits.test.queryIds },
        warnings: [...relevanceWarning(splits.test.labels, 'test query'), ...shared],
        learn(method) {
          const own = extras.own?.get(method.label);
          const learned = own
            ? own(learningInput(parts, config, logs, rng))
            : learnMethod(parts, config, method as RankingConfig['estimators'][number], logs, rng);
          const { scorer, bias } = learned;
          return {
            evaluate: () =>
              evaluateScores(parts, config, splits.test, learned.rank(splits.test), logs.highestGrade, users, (bySession) => {
                nums.set(method.label, bySession);
              }),
            rows: [...learnedRows(learned, propensities), ...safetyRows(config, logs.heldOut, learned)],
            ...(scorer !== null && { save: (folder: string) => writeModel(folder, scorer, scaling, bias) }),
          };
        },
        together: () => comparedSessions(config, nums, sessionsPerQuery(config, splits.test)),
      };
    },
  };
}

/** How surely the search sessions tell every method from the baseline. @param nums by label, in the order of the methods */
const comparedSessions = ({ baseline }: RankingConfig, nums: ReadonlyMap<string, Float64Array>, each: number) =>
  [...nums].map(([label, own]) => {
    const usual = baseline === null || label === baseline ? undefined : nums.get(baseline);
    if (baseline === null || usual === undefined) return [];
    return [rowsOf(searchSessions, [{ baseline, sessions: own.length, standard_error: pairedStandardError(own, usual, each) }])];
  });
