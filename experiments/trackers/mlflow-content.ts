import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { splitOverride } from '../config/overrides.ts';
import { checkFiles } from '../records/checksums.ts';
import type { Scalar } from '../records/flatten-config.ts';
import type { StoredRun } from '../records/stored-run.ts';
import type { MlflowRun } from './mlflow-run.ts';
import { seriesOf, type Trial } from './trial.ts';

/** A run folder: its config, means over seeds, and its files but the models. */
export async function wholeRun(run: StoredRun, trials: readonly Trial[]): Promise<MlflowRun> {
  const sums = new Map<string, number[]>();
  for (const { method, metrics } of trials)
    for (const [metric, value] of metrics) {
      const key = `mean/${metric}/${method}`;
      sums.set(key, [...(sums.get(key) ?? []), value]);
    }
  const last = [...sums].map(([key, values]) => [key, [{ step: 0, value: values.reduce((a, b) => a + b) / values.length }]] as const);
  const [{ started, finished }] = trials;
  return {
    ...{ name: run.id, started, finished, metrics: last },
    parameters: [...run.keys, ['seeds', JSON.stringify(run.seeds)], ['methods', JSON.stringify(run.methods.map(({ label }) => label))]],
    tags: tagsOf(run),
    artifacts: [...(await filesOf(run, (file) => !isModel(file))), { from: join(run.folder, 'status.json'), to: 'status.json' }],
  };
}

/** One method with one seed, below the run of its folder. @param own keys of the config that are its parameters too */
export async function trialRun(trial: Trial, own: ReadonlyMap<string, Scalar>, parent: string): Promise<MlflowRun> {
  const { run, seed, method, parameters, started, finished } = trial;
  const models = `models/${seed}/${method}/`;
  return {
    ...{ name: `${method} seed ${seed}`, started, finished },
    parameters: new Map([...own, ...parameters]),
    metrics: seriesOf(trial),
    tags: { ...tagsOf(run), 'mlflow.parentRunId': parent },
    artifacts: (await filesOf(run, (file) => file.startsWith(models))).map(({ from, to }) => ({
      from,
      to: `model/${to.slice(models.length)}`,
    })),
  };
}

/** Keys of the config by which runs are told apart: those that vary between them, and those that were typed. */
export function ownKeys({ keys, overrides }: StoredRun, varying: readonly string[]): Map<string, Scalar> {
  const typed = overrides.map((override) => splitOverride(override).path.join('.'));
  const isOwn = (key: string) => varying.includes(key) || typed.some((path) => key === path || key.startsWith(`${path}.`));
  return new Map([...keys].filter(([key]) => isOwn(key)));
}

/**
 * Of what the run wrote; models that were taken away since, to save room, are left out.
 * @throws DataError for a file that has changed
 */
async function filesOf({ folder, files }: StoredRun, wanted: (file: string) => boolean): Promise<{ from: string; to: string }[]> {
  const found: string[] = [];
  for (const file of Object.keys(files).filter(wanted)) if (!isModel(file) || existsSync(join(folder, file))) found.push(file);
  await checkFiles(folder, Object.fromEntries(found.map((file) => [file, files[file]])));
  return found.map((to) => ({ from: join(folder, to), to }));
}

const isModel = (file: string): boolean => file.startsWith('models/');

const tagsOf = ({ id, status }: StoredRun): Record<string, string> => ({
  ...(status.git ? { 'mlflow.source.git.commit': status.git.commit } : {}),
  'counterrank.run': id,
  'counterrank.backend': status.backend === null ? 'none' : (status.backend?.name ?? 'unknown'),
});
