import { readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { isSystemError, systemReason } from '../../src/data/system-error.ts';
import { DataError, UsageError } from '../../src/errors.ts';
import type { RecordedPlugin } from '../config/plugin-reference.ts';
import { metricsHead } from '../tables/run-result.ts';
import type { StudyDescription } from '../tables/study-description.ts';
import { type FlatConfig, flattenConfig } from './flatten-config.ts';
import type { Provenance } from './provenance.ts';
import { readRecordRows } from './read-record-rows.ts';
import { readStudyDescription } from './read-study-description.ts';
import { readNumber } from './table-files.ts';

/** A method of a run: its label, and its entry in `estimators` under keys `estimator.name`, `estimator.label`, `estimator.clip` … */
export interface StoredMethod {
  readonly label: string;
  readonly keys: FlatConfig;
  readonly reference: boolean; // a point to compare with
}

/** The mean of one metric of one method over the test queries of one seed. */
export interface MetricRow {
  readonly seed: string;
  readonly method: string; // label
  readonly metric: string;
  readonly value: number; //  NaN where it is not defined
}

/** A run folder as read back; the larger files (values per query, curves) are read by who needs them. */
export interface StoredRun {
  readonly id: string; //       name of the folder
  readonly folder: string;
  readonly config: Readonly<Record<string, unknown>>; // decoded, as in config.json; of one method alone with the baseline of its sweep
  readonly keys: FlatConfig; // of the config, without `seeds` and `estimators`
  readonly study: StudyDescription;
  readonly methods: readonly StoredMethod[];
  readonly overrides: readonly string[];
  readonly status: Partial<Provenance> & { readonly state?: string };
  readonly metrics: readonly MetricRow[];
}

/** A plugin as tables call it: its file, and the first digits of what it held. */
const pluginWords = (plugin: Partial<RecordedPlugin> | null) => `${basename(String(plugin?.path))} ${String(plugin?.sha256).slice(0, 8)}`;

/** @throws UsageError when a file cannot be read, DataError when one is damaged */
export async function readStoredRun(folder: string): Promise<StoredRun> {
  const recorded = await readGroup(join(folder, 'config.json'));
  const { estimators } = recorded;
  if (!Array.isArray(estimators) || !estimators.every((one) => typeof one?.label === 'string'))
    throw new DataError('not the decoded config of a run: expected a list of labelled estimators', { file: join(folder, 'config.json') });
  const study = await readStudyDescription(folder);
  if (study === null)
    throw new DataError('no study.json: the run is of counterrank 0.1, or damaged; repeat it: counterrank run config.json', {
      file: join(folder, 'config.json'),
    });
  const config = { ...recorded, ...(study.baseline !== undefined && { baseline: study.baseline }) };
  const { seeds: _seeds, estimators: _estimators, plugins, ...others } = config as typeof recorded;
  const reference = (label: string) => study.methods.some((method) => method.label === label && method.reference);
  return {
    id: basename(resolve(folder)),
    folder,
    config,
    keys: flattenConfig({ ...others, ...(Array.isArray(plugins) && { plugins: plugins.map(pluginWords).join(', ') }) }),
    study,
    methods: (estimators as { label: string }[]).map((entry) => ({
      label: entry.label,
      keys: flattenConfig(entry, 'estimator.'),
      reference: reference(entry.label),
    })),
    overrides: (await readJson(join(folder, 'overrides.json')).catch(() => [])) as string[],
    status: await readGroup(join(folder, 'status.json')),
    metrics: await readMetrics(join(folder, 'metrics.csv')),
  };
}

async function readMetrics(file: string): Promise<MetricRow[]> {
  const rows: MetricRow[] = [];
  for await (const [seed, method, metric, value] of readRecordRows(file, metricsHead.slice(0, 4)))
    rows.push({ seed, method, metric, value: readNumber(value, file) });
  return rows;
}

async function readGroup(file: string): Promise<Record<string, unknown>> {
  const value = await readJson(file);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new DataError('expected a JSON object', { file });
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    if (isSystemError(error)) throw new UsageError(`cannot read "${file}": ${systemReason(error)}`);
    throw new DataError('not JSON; the run was damaged: repeat it or leave it out', { file });
  }
}
