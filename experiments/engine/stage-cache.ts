import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { dataEndings, loadData } from '../tasks/ranking/load-data.ts';
import type { RunConfig } from '../tasks/ranking/run-config.ts';
import type { DrawnLogs } from '../tasks/ranking/simulate-logs.ts';

/** Keeps what stages of a run put out, so that runs which share a stage compute it once. */
export interface StageCache {
  /**
   * What `compute` gives, or gave before under an equal key.
   * @param key all that the output depends on, as plain data; the output too is plain data and typed arrays, and nobody changes it
   * @param kept 'disk': by all processes that share the cache; 'memory': by this process only
   */
  get<T>(stage: string, key: unknown, kept: 'disk' | 'memory', compute: () => T | Promise<T>): Promise<T>;
}

export const noStageCache: StageCache = { get: async (_stage, _key, _kept, compute) => compute() };

type Data = Awaited<ReturnType<typeof loadData>>;

/**
 * Synthetic queries are some fifty times as fast to read as to make. Real data have a binary cache beside their files already, and are
 * too large to be written once more for every sweep.
 */
export async function cachedData(data: RunConfig['data'], stages: StageCache): Promise<Data> {
  return stages.get('data', await dataKey(data), data.path === null ? 'disk' : 'memory', () => loadData(data));
}

/** The logs of one seed: they depend on the data and the simulation, not on how they are learnt from. */
export async function cachedLogs(
  { data, simulation }: RunConfig,
  seed: string,
  stages: StageCache,
  draw: () => DrawnLogs,
): Promise<DrawnLogs> {
  return stages.get('simulate', { data: await dataKey(data), simulation, seed }, 'disk', draw);
}

/** What the data depend on; of files also the size and the time of change. */
async function dataKey({ path, train, validation, test, scale, synthetic }: RunConfig['data']): Promise<unknown> {
  if (path === null) return { scale, synthetic };
  const stamps = [];
  for (const name of [train, validation, test])
    for (const file of dataEndings.map((ending) => name + ending)) {
      const found = await stat(join(path, file)).catch(() => null);
      if (found) stamps.push([file, found.size, found.mtimeMs]);
    }
  return { scale, path, train, validation, test, stamps };
}
