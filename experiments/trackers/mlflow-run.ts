import { constants } from 'node:fs';
import { copyFile, mkdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { stringify } from 'yaml';
import { makeFolder } from '../../src/data/make-folder.ts';
import { checkPathName } from '../../src/data/path-name.ts';
import { writeAtomic } from '../../src/data/write-atomic.ts';
import type { Scalar } from '../records/flatten-config.ts';

/** What MLflow calls a run. */
export interface MlflowRun {
  readonly name: string;
  readonly started: number; // milliseconds since 1970
  readonly finished: number;
  readonly parameters: Iterable<readonly [string, Scalar]>;
  readonly metrics: Iterable<readonly [string, readonly { readonly step: number; readonly value: number }[]]>;
  readonly tags: Readonly<Record<string, string>>;
  readonly artifacts: readonly { readonly from: string; readonly to: string }[]; // files, and paths below the artifacts
}

const sourceTypeLocal = 4;
const statusFinished = 3;

/** MLflow reads YAML 1.1, to which names such as `no` and 2026-11-24 are no text unless they are quoted. */
export const metaYaml = (meta: object): string => stringify(meta, { defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'PLAIN' });
export const fileUrl = (path: string): string => pathToFileURL(resolve(path)).href;

/** A run in the form of a file store, written into `partial`, which will be `folder`. */
export async function writeMlflowRun(
  partial: string,
  { folder, id, experiment }: { readonly folder: string; readonly id: string; readonly experiment: string },
  run: MlflowRun,
): Promise<void> {
  const put = async (kind: 'metrics' | 'params' | 'tags', key: string, content: string) => {
    const file = join(partial, kind, ...mlflowName(key).split('/').map(checkPathName));
    await makeFolder(dirname(file));
    await writeAtomic(file, content);
  };
  for (const kind of ['artifacts', 'metrics', 'params', 'tags']) await mkdir(join(partial, kind));
  for (const [key, value] of run.parameters) await put('params', key, value === null ? 'null' : String(value));
  for (const [key, points] of run.metrics)
    await put('metrics', key, points.map(({ step, value }) => `${run.finished} ${value} ${step}\n`).join(''));
  const tags = { 'mlflow.runName': run.name, 'mlflow.source.name': 'counterrank', 'mlflow.source.type': 'LOCAL', ...run.tags };
  for (const [key, value] of Object.entries(tags)) await put('tags', key, value);
  for (const { from, to } of run.artifacts) {
    const file = join(partial, 'artifacts', ...to.split('/').map(checkPathName));
    await makeFolder(dirname(file));
    await copyFile(from, file, constants.COPYFILE_FICLONE); // shares the blocks where the disk can
  }
  const meta = {
    artifact_uri: fileUrl(join(folder, 'artifacts')),
    end_time: run.finished,
    entry_point_name: '',
    experiment_id: experiment,
    lifecycle_stage: 'active',
    run_id: id,
    run_name: run.name,
    run_uuid: id,
    source_name: '',
    source_type: sourceTypeLocal,
    source_version: '',
    start_time: run.started,
    status: statusFinished,
    tags: [],
    user_id: '',
  };
  await writeAtomic(join(partial, 'meta.yaml'), metaYaml(meta));
}

/** MLflow's names, which are also files, have letters, digits and _ - . / and blanks: `ndcg@10` is `ndcg_at_10`. */
export const mlflowName = (name: string): string => name.replaceAll('@', '_at_').replaceAll(/[^\w./ -]/g, '_');
