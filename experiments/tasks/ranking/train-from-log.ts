import type { LoggedClicks } from '../../../estimators/index.ts';
import { compact } from '../../../src/data/compact.ts';
import type { QuerySet } from '../../../src/data/query-set.ts';
import { readClickLog } from '../../../src/data/read-click-log.ts';
import { createRng } from '../../../src/random/rng.ts';
import type { TrainFromLog } from '../../engine/run-result.ts';
import { learnMethod, methodLabel, methodStatus, propensityCurves } from './learn-methods.ts';
import { highestGrade, loadData } from './load-data.ts';
import { driftWarnings } from './run-experiment.ts';

/** Trains the configured estimators on a log that was given, with the first seed. Nothing of the truth is known, so an oracle is refused. */
export const trainFromLog: TrainFromLog = async (config, files, _backend, onProgress) => {
  const methods = config.estimators.map(methodLabel);
  const progress = (stage: string, done: number, detail: string) => onProgress({ stage, done, total: methods.length, detail });
  progress('data', 0, config.data.path ?? 'synthetic');
  const { splits, scaling } = await loadData(config.data);
  const read = async (path: string, querySet: QuerySet): Promise<LoggedClicks> => ({
    querySet,
    log: compact(await readClickLog(path, querySet)),
    knownBias: null,
  });
  const logs = {
    train: await read(files.log, splits.train),
    heldOut: files.validationLog === null ? null : await read(files.validationLog, splits.validation),
    randomised: files.randomisedLog === null ? null : (await read(files.randomisedLog, splits.train)).log,
    production: null,
    highestGrade: highestGrade(splits),
  };
  const rng = createRng(`run/${config.seeds[0]}`);
  const learned = config.estimators.map((method, m) => {
    progress('learn', m, methods[m]);
    return learnMethod(config, method, logs, rng);
  });
  progress('done', methods.length, '');
  const status = learned.map(methodStatus);
  return {
    methods,
    models: learned.map(({ scorer }) => scorer),
    status,
    propensities: learned.map((result) => propensityCurves(result, null)),
    curves: learned.map(({ record }) => record?.curve ?? []),
    scaling,
    warnings: driftWarnings([status], methods),
  };
};
