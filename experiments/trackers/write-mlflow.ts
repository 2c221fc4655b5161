import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parse, stringify } from 'yaml';
import { makeFolder } from '../../src/data/make-folder.ts';
import { checkPathName } from '../../src/data/path-name.ts';
import { writeAtomic } from '../../src/data/write-atomic.ts';
import { writeFolder } from '../records/new-folder.ts';
import type { StoredRun } from '../records/stored-run.ts';
import { seriesOf, type Trial, trialsOf } from './trial.ts';

/**
 * Writes into an MLflow file store (`mlruns`, as MLflow 2 reads it): an experiment per config name, a run per method and seed, with the
 * config as parameters, test metrics, and losses by step. A trial that is there already, or was deleted in MLflow, is left as it is.
 * mlflow/store/tracking/file_store.py, mlflow/utils/validation.py.
 * @returns how many trials were written
 */
export async function writeMlflow(store: string, runs: readonly StoredRun[]): Promise<number> {
  let written = 0;
  for (const run of runs) {
    const experiment = await experimentFolder(store, String(run.config.name));
    for (const trial of await trialsOf(run)) {
      const id = hash([resolve(run.folder), run.status.started ?? '', trial.method, trial.seed].join('\n')).slice(0, 32);
      const folder = join(experiment.folder, id);
      if ((await stat(folder).catch(() => null)) !== null) continue;
      try {
        await writeFolder(folder, (partial) => writeTrial(partial, folder, id, experiment.id, trial));
        written++;
      } catch (error) {
        if ((await stat(folder).catch(() => null)) === null) throw error; // written by another export at the same moment
      }
    }
  }
  return written;
}

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
const fileUrl = (path: string): string => pathToFileURL(resolve(path)).href;

/** MLflow reads YAML 1.1, to which names such as `no` and 2026-11-24 are no text unless they are quoted. */
const metaYaml = (meta: object): string => stringify(meta, { defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'PLAIN' });
/** What a meta.yaml calls its experiment, as text whatever it looks like; null where there is none. */
const nameIn = async (folder: string): Promise<unknown> =>
  readFile(join(folder, 'meta.yaml'), 'utf8').then(
    (text) => parse(text, { schema: 'failsafe' })?.name,
    () => null,
  );

/** The experiment of that name, made if there is none; and the store's default experiment, which MLflow expects. */
async function experimentFolder(store: string, name: string): Promise<{ folder: string; id: string }> {
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

const sourceTypeLocal = 4;
const statusFinished = 3;

async function writeTrial(partial: string, folder: string, id: string, experiment: string, trial: Trial): Promise<void> {
  const { run, seed, method, parameters, started, finished } = trial;
  const name = `${method} seed ${seed}`;
  const put = async (kind: 'metrics' | 'params' | 'tags', key: string, content: string) => {
    const file = join(partial, kind, ...mlflowName(key).split('/').map(checkPathName));
    await makeFolder(dirname(file));
    await writeAtomic(file, content);
  };
  for (const kind of ['artifacts', 'metrics', 'params', 'tags']) await mkdir(join(partial, kind));
  for (const [key, value] of parameters) await put('params', key, value === null ? 'null' : String(value));
  for (const [key, points] of seriesOf(trial))
    await put('metrics', key, points.map(({ step, value }) => `${finished} ${value} ${step}\n`).join(''));
  const tags = {
    'mlflow.runName': name,
    'mlflow.source.name': 'counterrank',
    'mlflow.source.type': 'LOCAL',
    ...(run.status.git ? { 'mlflow.source.git.commit': run.status.git.commit } : {}),
    'counterrank.run': run.id,
    'counterrank.backend': run.status.backend === null ? 'none' : (run.status.backend?.name ?? 'unknown'),
  };
  for (const [key, value] of Object.entries(tags)) await put('tags', key, value);
  const meta = {
    artifact_uri: fileUrl(join(folder, 'artifacts')),
    end_time: finished,
    entry_point_name: '',
    experiment_id: experiment,
    lifecycle_stage: 'active',
    run_id: id,
    run_name: name,
    run_uuid: id,
    source_name: '',
    source_type: sourceTypeLocal,
    source_version: '',
    start_time: started,
    status: statusFinished,
    tags: [],
    user_id: '',
  };
  await writeAtomic(join(partial, 'meta.yaml'), metaYaml(meta));
}

/** MLflow's names, which are also files, have letters, digits and _ - . / and blanks: `ndcg@10` is `ndcg_at_10`. */
export const mlflowName = (name: string): string => name.replaceAll('@', '_at_').replaceAll(/[^\w./ -]/g, '_');
