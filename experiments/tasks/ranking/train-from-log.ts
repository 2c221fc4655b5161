import type { Learned, LoggedClicks } from '../../../estimators/index.ts';
import type { Accounting } from '../../../src/data/accounting.ts';
import { compact } from '../../../src/data/compact.ts';
import { ListNames } from '../../../src/data/list-columns.ts';
import type { QuerySet } from '../../../src/data/query-set.ts';
import { readClickLog } from '../../../src/data/read-click-log.ts';
import type { Scaling } from '../../../src/data/scale-features.ts';
import { createRng } from '../../../src/random/rng.ts';
import type { Parts } from '../../parts/parts.ts';
import type { OnProgress } from '../../terminal/progress.ts';
import { checkLogContexts } from './check-log-contexts.ts';
import { learnMethod } from './learn-methods.ts';
import { highestGrade, loadData } from './load-data.ts';
import { checkMissingOfStudy } from './missing-features.ts';
import type { RankingConfig } from './ranking-config.ts';

export interface LogFiles {
  readonly log: string; //                  clicks on the training queries
  readonly validationLog: string | null; // clicks on the validation queries, for early stopping
  readonly randomisedLog: string | null; // clicks on training queries shown in random order, for propensities
}

/** What `counterrank train` writes: with the first seed of the config. */
export interface TrainedModels {
  readonly learned: readonly { readonly method: string; readonly learned: Learned }[];
  readonly scaling: Scaling;
  readonly accounting: readonly Accounting[]; // of all files that were read
}

/** Trains the configured estimators on a log that was given, with the first seed. Nothing of the truth is known, so an oracle is refused. */
export async function trainFromLog(parts: Parts, config: RankingConfig, files: LogFiles, onProgress: OnProgress): Promise<TrainedModels> {
  const progress = (stage: string, done: number, detail: string) => onProgress({ stage, done, total: config.estimators.length, detail });
  progress('data', 0, config.data.path ?? 'synthetic');
  const { splits, scaling, accounting } = await loadData(config.data);
  checkMissingOfStudy(parts, config, Object.values(splits));
  const ofLogs: Accounting[] = [];
  const names = new ListNames(); // a context of one log is the same in another
  const read = async (path: string, querySet: QuerySet): Promise<LoggedClicks> => {
    const log = await readClickLog(path, querySet, names);
    ofLogs.push(...log.accounting);
    return { querySet, log: compact(log), knownBias: null };
  };
  const logs = {
    train: await read(files.log, splits.train),
    heldOut: files.validationLog === null ? null : await read(files.validationLog, splits.validation),
    randomised: files.randomisedLog === null ? null : (await read(files.randomisedLog, splits.train)).log,
    production: null,
    highestGrade: highestGrade(splits, config.data.gains),
    gains: config.data.gains,
  };
  checkLogContexts(parts, config, logs.train);
  const rng = createRng(`run/${config.seeds[0]}`);
  const learned = config.estimators.map((method, m) => {
    progress('learn', m, method.label);
    return { method: method.label, learned: learnMethod(parts, config, method, logs, rng) };
  });
  progress('done', learned.length, '');
  return { learned, scaling, accounting: [...accounting, ...ofLogs] };
}
