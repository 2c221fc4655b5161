import { positionsOf } from '../../src/data/click-log.ts';
import { lightgbmFile, writeLightgbmLog } from '../../src/data/write-lightgbm-log.ts';
import { UsageError } from '../../src/errors.ts';
import { builtIn } from '../catalogue/catalogue.ts';
import { noStageCache } from '../engine/stage-cache.ts';
import { writeFolder } from '../records/new-folder.ts';
import { biasLogs } from '../tasks/bias/bias-logs.ts';
import { tellAccounting } from '../terminal/tell-accounting.ts';
import { configOf } from './log-options.ts';

/** Writes a click log with the features of its documents, as they are in their file, for LightGBM. @returns what was written, in words */
export async function exportLightgbm(logs: readonly string[], features: string, out: string): Promise<string> {
  const [path, ...others] = logs;
  if (others.length > 0)
    throw new UsageError(`--lightgbm writes one log, and ${logs.length} are named; counterrank import puts several together`);
  const catalogue = builtIn();
  const { config } = (await configOf(path, { features, truth: null }, catalogue))(['naive-ctr']);
  const { accounting, ofSeed } = await biasLogs(
    catalogue.parts,
    { ...config, log: config.log && { ...config.log, rowsInMemory: null }, data: { ...config.data, scale: 'none' } },
    noStageCache,
  );
  const { log, querySet } = (await ofSeed('1')).logs.train;
  await writeFolder(out, (partial) => writeLightgbmLog(partial, log, querySet));
  tellAccounting(accounting);
  return `${out}/${lightgbmFile}: ${log.list.length.toLocaleString('en-US')} queries of up to ${positionsOf(log)} documents with ${querySet.featureCount} features; .query, .position and .weight beside it`;
}
