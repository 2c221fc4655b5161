import { basename, join, resolve } from 'node:path';
import type { Accounting } from '../../src/data/accounting.ts';
import { DataError } from '../../src/errors.ts';
import { show } from '../../src/schema-faults.ts';
import { dataName } from '../config/data-name.ts';
import type { RecordedPlugin } from '../config/plugin-reference.ts';
import { metricsHead } from '../tables/run-result.ts';
import type { StudyDescription } from '../tables/study-description.ts';
import { type Checksums, checkFiles, damaged } from './checksums.ts';
import { type FlatConfig, flattenConfig } from './flatten-config.ts';
import type { Provenance } from './provenance.ts';
import { readRecordRows } from './read-record-rows.ts';
import { readStoredJson } from './stored-json.ts';
import { storedNames, storedOverrides, storedStatus, storedStudy } from './stored-schemas.ts';
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
  readonly seeds: readonly string[];
  readonly study: StudyDescription;
  readonly methods: readonly StoredMethod[];
  readonly overrides: readonly string[];
  readonly status: Partial<Provenance> & { readonly state?: string };
  readonly accounting: readonly Accounting[]; // of the files of real data
  readonly metrics: readonly MetricRow[];
  readonly files: Checksums; // of those that were written with them; none in folders of counterrank before 0.1
}

/** With what data sets and logs are called, for tables that would show their paths. */
function withNames(config: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const named = ['data', 'log'].flatMap((key) => {
    const group = config[key];
    if (typeof group !== 'object' || group === null || !('path' in group)) return [];
    const { name, path } = group as { name?: unknown; path: unknown };
    return [[key, { name: dataName({ ...(typeof name === 'string' && { name }), path: path === null ? null : String(path) }), ...group }]];
  });
  return { ...config, ...Object.fromEntries(named) };
}

/** A plugin as tables call it: its file, and the first digits of what it held. */
const pluginWords = (plugin: Partial<RecordedPlugin> | null) => `${basename(String(plugin?.path))} ${String(plugin?.sha256).slice(0, 8)}`;

/**
 * The one door for run folders, which somebody may have sent: files are as they were written, names can name files, and every method has its
 * metrics for every seed.
 * @throws UsageError when a file cannot be read, DataError when one is missing, damaged, or not what counterrank writes
 */
export async function readStoredRun(folder: string): Promise<StoredRun> {
  const { files = {}, ...status } = await readStoredJson(folder, 'status.json', storedStatus, {});
  const recorded = await readStoredJson(folder, 'config.json', storedNames, files);
  const study = await readStoredJson(folder, 'study.json', storedStudy, files);
  const config: typeof recorded = { ...recorded, ...(study.baseline !== undefined && { baseline: study.baseline }) };
  const { seeds, estimators, plugins, labels: _labels, ...others } = config;
  const labels = estimators.map(({ label }) => label);
  const described = study.methods.map(({ label }) => label);
  if (labels.length !== described.length || labels.some((label) => !described.includes(label)))
    throw new DataError(`methods are ${described.join(', ') || 'none'}, of the config ${labels.join(', ')}; ${damaged}`, {
      file: join(folder, 'study.json'),
    });
  const reference = (label: string) => study.methods.some((method) => method.label === label && method.reference);
  const run = {
    id: basename(resolve(folder)).replaceAll(/\p{C}/gu, '?'),
    folder,
    config,
    keys: flattenConfig({ ...withNames(others), ...(Array.isArray(plugins) && { plugins: plugins.map(pluginWords).join(', ') }) }),
    seeds,
    study,
    methods: estimators.map((entry) => ({
      label: entry.label,
      keys: flattenConfig(entry, 'estimator.'),
      reference: reference(entry.label),
    })),
    overrides: await readStoredJson(folder, 'overrides.json', storedOverrides, files),
    status,
    accounting: status.accounting ?? [],
    files,
  };
  return { ...run, metrics: await readMetrics(run) };
}

/** @throws DataError for a damaged file of what a run found, which is all but the models that it learnt */
export const checkFound = ({ folder, files }: Pick<StoredRun, 'folder' | 'files'>): Promise<void> =>
  checkFiles(folder, Object.fromEntries(Object.entries(files).filter(([name]) => !name.startsWith('models/'))));

/** @throws DataError for a damaged file of a run folder, whichever it is */
export async function checkStoredRun(folder: string): Promise<void> {
  const { files } = await readStoredRun(folder);
  await checkFiles(folder, files);
}

/** One row for each seed, method and metric. */
async function readMetrics(run: Omit<StoredRun, 'metrics'>): Promise<MetricRow[]> {
  const file = join(run.folder, 'metrics.csv');
  const missing = new Set(
    run.seeds.flatMap((seed) =>
      run.methods.flatMap(({ label }) => run.study.metrics.map((metric) => JSON.stringify([seed, label, metric.label]))),
    ),
  );
  const rows: MetricRow[] = [];
  for await (const [seed, method, metric, value] of readRecordRows(file, metricsHead.slice(0, 4), run.files['metrics.csv'])) {
    if (!missing.delete(JSON.stringify([seed, method, metric])))
      throw new DataError(`a row too many, of ${[seed, method, metric].map(show).join(', ')}; ${damaged}`, { file });
    rows.push({ seed, method, metric, value: readNumber(value, file) });
  }
  if (missing.size === 0) return rows;
  const [first] = missing;
  throw new DataError(`${missing.size} rows are missing, the first of them ${JSON.parse(first as string).join(', ')}; ${damaged}`, {
    file,
  });
}
