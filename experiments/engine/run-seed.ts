import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { firstLine } from '../../src/data/reading.ts';
import { isSystemError } from '../../src/data/system-error.ts';
import { UsageError } from '../../src/errors.ts';
import type { StudyConfig } from '../config/config-kind.ts';
import type { RunResult } from '../tables/run-result.ts';
import type { MetricDescription } from '../tables/study-description.ts';
import { checkRows, type TidyRow } from '../tables/table.ts';
import type { OnProgress } from '../terminal/progress.ts';
import type { Learnt, Prepared, SeedStudy, Task } from './task.ts';

/** What one seed of a run found: plain data, but for what is still to be saved. */
export interface SeedOutcome {
  readonly values: RunResult['values'][number];
  readonly units: RunResult['units'][number];
  readonly tables: Readonly<Record<string, readonly TidyRow[]>>;
  readonly warnings: readonly string[];
  readonly leftOut: readonly string[]; // why the values of a method are undefined, a line for each
}

export interface SeedRun {
  readonly outcome: SeedOutcome;
  readonly learnt: readonly Learnt[]; // by method
}

/**
 * One seed: what it draws, then for every method: learn → evaluate.
 * @param s place of the seed among the run's
 * @param pause is waited for between what may take long
 * @throws UsageError where a task does not keep to what it declares
 */
export async function runSeed(...words: Parameters<typeof seedOf>): Promise<SeedRun> {
  const [task] = words;
  try {
    return await seedOf(...words);
  } catch (error) {
    throw task.named === undefined ? error : task.named(error);
  }
}

async function seedOf(
  task: Task,
  config: StudyConfig,
  prepared: Prepared,
  s: number,
  onProgress: OnProgress,
  pause: () => Promise<void> = async () => {},
): Promise<SeedRun> {
  const { seeds, estimators } = config;
  const seed = seeds[s];
  const total = seeds.length * estimators.length;
  const progress = (stage: string, m: number, what: string, of: { method?: string } = {}) =>
    onProgress({ stage, done: s * estimators.length + m, total, detail: `seed ${s + 1}/${seeds.length}, ${what}`, ...of });
  progress('simulate', 0, task.progressWords(config).world);
  const study = await prepared.seed(seed);
  const metrics = task.metrics(config);
  const learnt: Learnt[] = [];
  const values: (readonly Float64Array[])[] = [];
  for (const [m, method] of estimators.entries()) {
    await pause();
    progress('learn', m, method.label, { method: method.label });
    const one = await namedAfter(method.label, seed, () => study.learn(method));
    await pause();
    progress('evaluate', m, method.label, { method: method.label });
    const measured = await namedAfter(method.label, seed, () => one.evaluate());
    const fault = faultOf(measured, metrics, study.units, values[0]);
    if (fault !== null) throw new UsageError(`task ${task.name}, ${method.label}, seed ${seed}: ${fault}`);
    learnt.push(one);
    values.push(measured);
  }
  const tables = Object.fromEntries(task.tables.map(({ name }) => [name, [] as TidyRow[]]));
  const together = study.together?.() ?? [];
  for (const [m, { rows = [] }] of learnt.entries())
    for (const some of [...rows, ...(together[m] ?? [])]) {
      if (!task.tables.includes(some.table)) throw new UsageError(`task ${task.name}: "${some.table.name}" is not among its tables`);
      checkRows(some);
      for (const row of some.rows) tables[some.table.name].push({ seed, method: estimators[m].label, ...row });
    }
  const settled = study.settle?.(values) ?? values;
  for (const [m, { label }] of estimators.entries()) {
    const fault = learnt[m].undefinedBecause === undefined ? undefinedFault(settled[m], metrics) : null;
    if (fault !== null) throw new UsageError(`task ${task.name}, ${label}, seed ${seed}: ${fault}`);
  }
  const leftOut = learnt.flatMap(({ undefinedBecause }, m) =>
    undefinedBecause === undefined ? [] : [`${estimators[m].label} with seed ${seed} is left out: ${undefinedBecause}`],
  );
  if (leftOut.length === estimators.length) throw new UsageError(`no method has a value: ${leftOut.join('; ')}`);
  const outcome = { values: settled, units: study.units, tables, warnings: study.warnings ?? [], leftOut };
  return { outcome, learnt };
}

/** Learns or measures by a method: a fault says which method it is, and with which seed; that of a plugin names itself. */
async function namedAfter<T>(label: string, seed: string, measure: () => T | Promise<T>): Promise<T> {
  try {
    return await measure();
  } catch (error) {
    if (!(error instanceof UsageError) || error.message.startsWith('plugin ')) throw error;
    throw new UsageError(`${error.message} (method ${label}, seed ${seed})`, { cause: error });
  }
}

/** A metric that is undefined for every unit has no mean. */
function undefinedFault(values: readonly Float64Array[], metrics: readonly MetricDescription[]): string | null {
  const k = values.findIndex((ofMetric) => ofMetric.every(Number.isNaN));
  if (k < 0) return null;
  const { label, unit } = metrics[k];
  const of = unit === 'all' ? 'its one value' : `each of its ${values[k].length} values (one per ${unit})`;
  return `${label} is undefined: ${of} is NaN; leave the metric out, or see whether the method's scores and the test data can have it`;
}

/** What is wrong with the values of a method; null for nothing. @param before those of the first method, which must be of the same units */
function faultOf(
  measured: readonly Float64Array[],
  metrics: readonly MetricDescription[],
  units: SeedStudy['units'],
  before: readonly Float64Array[] = measured,
): string | null {
  if (!Array.isArray(measured) || measured.length !== metrics.length)
    return `evaluate must give ${metrics.length} lists of values, one for each metric, got ${Array.isArray(measured) ? measured.length : typeof measured}`;
  for (const [k, { label, unit }] of metrics.entries()) {
    const values: unknown = measured[k];
    if (!(values instanceof Float64Array)) return `the values of ${label} must be a Float64Array`;
    const expected = unit === 'all' ? 1 : (units[unit]?.length ?? before[k].length);
    if (values.length !== expected) return `${label} has ${values.length} values, for ${expected} (one per ${unit})`;
    const infinite = values.findIndex((value) => Math.abs(value) === Number.POSITIVE_INFINITY);
    if (infinite !== -1) return `value ${infinite + 1} of ${label} is ${values[infinite]}; what is undefined is NaN`;
  }
  return null;
}

/**
 * Writes what the methods learnt with a seed below a run folder.
 * @returns a sentence for each that a plugin's task could not write: that costs no numbers
 */
export async function saveSeed(
  folder: string,
  task: Task,
  seed: string,
  { estimators }: StudyConfig,
  learnt: readonly Learnt[],
): Promise<string[]> {
  const lost = [];
  for (const [m, { save }] of learnt.entries()) {
    const { label } = estimators[m];
    const own = join(folder, 'models', seed, label);
    try {
      await save?.(own);
    } catch (error) {
      if (task.named === undefined || error instanceof UsageError || isSystemError(error)) throw error;
      await rm(own, { recursive: true, force: true });
      lost.push(`what ${label} learnt with seed ${seed} is not kept: ${firstLine(task.named(error))}`);
    }
  }
  return lost;
}
