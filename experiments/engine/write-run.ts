import { join } from 'node:path';
import { writeAtomic, writeAtomicStream } from '../../src/data/write-atomic.ts';
import { saveRecommender } from '../../src/models/save-recommender.ts';
import { csvLines } from '../records/csv.ts';
import { writeFolder } from '../records/new-folder.ts';
import type { Provenance } from '../records/provenance.ts';
import {
  curveRows,
  curvesHead,
  exposureHead,
  exposureRows,
  metricRows,
  metricsHead,
  perQueryHead,
  perQueryRows,
  propensitiesHead,
  propensityRows,
  weightRows,
  weightsHead,
} from '../records/tidy-rows.ts';
import { writeJson } from '../records/write-json.ts';
import { reportPage } from '../report/report-page.ts';
import { markdownTable } from '../report/result-table.ts';
import type { Summary } from '../summary/summary.ts';
import { writeModel } from '../tasks/ranking/write-model.ts';
import type { AnyConfig } from './any-config.ts';
import type { RunResult } from './run-result.ts';

/** All that a run folder is made of. */
export interface RunRecord {
  readonly config: AnyConfig;
  readonly overrides: readonly string[]; // as typed
  readonly command: string; //              that repeats the run
  readonly result: RunResult;
  readonly summary: Summary;
  readonly provenance: Provenance;
}

/** How a run folder is written. */
export interface WriteRunOptions {
  readonly staging?: string; //  as in `writeFolder`
  readonly page?: boolean; //    with report.html, which takes longer to draw than all else to write; default true
}

/**
 * Writes a run folder as a whole or not at all. Every file but status.json depends on the config and the seeds only, byte for byte.
 * @throws UsageError when the folder exists or cannot be written
 */
export function writeRun(
  folder: string,
  { config, overrides, command, result, summary, provenance }: RunRecord,
  { staging, page = true }: WriteRunOptions = {},
): Promise<void> {
  const { seeds, methods, propensities, curves } = result;
  const fill = async (partial: string) => {
    const csv = (name: string, head: readonly string[], rows: Iterable<readonly (string | number | null)[]>) =>
      writeAtomicStream(join(partial, name), csvLines(head, rows));
    await writeJson(join(partial, 'config.json'), config);
    await writeJson(join(partial, 'overrides.json'), overrides);
    await csv('metrics.csv', metricsHead, metricRows(result));
    await csv('per-query.csv', perQueryHead, perQueryRows(result));
    await csv('propensities.csv', propensitiesHead, propensityRows(seeds, methods, propensities));
    if (result.exposures) await csv('exposure.csv', exposureHead, exposureRows(result));
    await csv('curves.csv', curvesHead, curveRows(seeds, methods, curves));
    await csv('weights.csv', weightsHead, weightRows(result));
    await writeJson(join(partial, 'results.json'), { ...summary, seeds, warnings: result.warnings, status: statusRecords(result) });
    await writeModels(partial, result);
    await writeAtomic(join(partial, 'table.md'), markdownTable(summary));
    if (page) await writeAtomic(join(partial, 'report.html'), await reportPage(config, command, result, summary));
    await writeJson(join(partial, 'status.json'), { state: 'finished', ...provenance });
  };
  return writeFolder(folder, fill, staging);
}

const statusRecords = ({ seeds, methods, status }: RunResult) =>
  seeds.flatMap((seed, s) => methods.flatMap((method, m) => (status[s][m] === null ? [] : [{ seed, method, ...status[s][m] }])));

async function writeModels(folder: string, { seeds, methods, models, recommenders, scaling }: RunResult): Promise<void> {
  for (const [s, seed] of seeds.entries())
    for (const [m, method] of methods.entries()) {
      const [scorer, recommender] = [models[s][m], recommenders?.[s][m] ?? null];
      const ofMethod = join(folder, 'models', seed, method);
      if (scorer !== null) await writeModel(ofMethod, scorer, scaling);
      if (recommender !== null) await saveRecommender(ofMethod, recommender);
    }
}
