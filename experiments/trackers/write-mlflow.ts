import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { writeAtomic } from '../../src/data/write-atomic.ts';
import { writeFolder } from '../records/new-folder.ts';
import type { StoredRun } from '../records/stored-run.ts';
import { varyingKeys } from '../records/varying-keys.ts';
import { ownKeys, trialRun, wholeRun } from './mlflow-content.ts';
import { fileUrl, type MlflowRun, metaYaml, writeMlflowRun } from './mlflow-run.ts';
import { trialsOf } from './trial.ts';

/**
 * Writes into an MLflow file store (`mlruns`, as MLflow 2 reads it): an experiment per config name; a run per run folder, with the config as
 * parameters, means over seeds as metrics, and its page, tables and config as artifacts; below it a run per method and seed, with what is its own
 * as parameters, test metrics, losses by step, a file each, and its model as artifact. As every parameter is a file of such a store, the config
 * is not repeated in each. A run that is there already, or was deleted in MLflow, is left as it is.
 * mlflow/store/tracking/file_store.py, mlflow/utils/validation.py, mlflow/utils/mlflow_tags.py.
 * @returns how many runs of a method and seed were written
 * @throws DataError for a damaged file of a run folder
 */
export async function writeMlflow(store: string, runs: readonly StoredRun[]): Promise<number> {
  const varying = varyingKeys(runs);
  let written = 0;
  for (const run of runs) {
    const experiment = await experimentFolder(store, String(run.config.name));
    const trials = await trialsOf(run);
    const idOf = (...parts: string[]) => hash([resolve(run.folder), run.status.started ?? '', ...parts].join('\n')).slice(0, 32);
    const parent = idOf();
    await writeOnce(experiment, parent, () => wholeRun(run, trials));
    const own = ownKeys(run, varying);
    for (const trial of trials)
      if (await writeOnce(experiment, idOf(trial.method, trial.seed), () => trialRun(trial, own, parent))) written++;
  }
  return written;
}

/** Whether it was not there yet. */
async function writeOnce(experiment: Experiment, id: string, contentOf: () => Promise<MlflowRun>): Promise<boolean> {
  const folder = join(experiment.folder, id);
  if ((await stat(folder).catch(() => null)) !== null) return false;
  try {
    await writeFolder(folder, async (partial) => writeMlflowRun(partial, { folder, id, experiment: experiment.id }, await contentOf()));
    return true;
  } catch (error) {
    if ((await stat(folder).catch(() => null)) === null) throw error;
    return false; // written by another export at the same moment
  }
}

interface Experiment {
  readonly folder: string;
  readonly id: string;
}

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
/** What a meta.yaml calls its experiment, as text whatever it looks like; null where there is none. */
const nameIn = async (folder: string): Promise<unknown> =>
  readFile(join(folder, 'meta.yaml'), 'utf8').then(
    (text) => parse(text, { schema: 'failsafe' })?.name,
    () => null,
  );

/** The experiment of that name, made if there is none; and the store's default experiment, which MLflow expects. */
async function experimentFolder(store: string, name: string): Promise<Experiment> {
  await makeExperiment(store, '0', 'Default');
  const ids = (await readdir(store)).filter((entry) => !entry.endsWith('.partial')); // of one that is being made
  for (const id of ids) if ((await nameIn(join(store, id))) === name) return { folder: join(store, id), id };
  for (let number = BigInt(`0x${hash(name).slice(0, 14)}`) + 10n ** 17n; ; number++) {
    const id = String(number); // 18 digits, as MLflow's own
    const folder = join(store, id);
    if (!(await isTaken(store, id))) await makeExperiment(store, id, name);
    if ((await nameIn(folder)) === name) return { folder, id }; // which another export may have made
  }
}

/** Also by an experiment that was renamed or deleted since, which keeps its number. */
async function isTaken(store: string, id: string): Promise<boolean> {
  const places = [join(store, id), join(store, '.trash', id)];
  const found = await Promise.all(places.map((place) => stat(place).catch(() => null)));
  return found.some((one) => one !== null);
}

async function makeExperiment(store: string, id: string, name: string): Promise<void> {
  const folder = join(store, id);
  const isThere = async () => (await stat(join(folder, 'meta.yaml')).catch(() => null)) !== null;
  if (await isThere()) return;
  const now = Date.now();
  const meta = {
    artifact_location: fileUrl(folder),
    creation_time: now,
    experiment_id: id,
    last_update_time: now,
    lifecycle_stage: 'active',
    name,
  };
  try {
    await writeFolder(folder, (partial) => writeAtomic(join(partial, 'meta.yaml'), metaYaml(meta))); // whole: its name is known at once
  } catch (error) {
    if (!(await isThere())) throw error;
  }
}
