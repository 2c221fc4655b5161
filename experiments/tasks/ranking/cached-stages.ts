import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { StageCache } from '../../engine/stage-cache.ts';
import { dataEndings, loadData } from './load-data.ts';
import type { RankingConfig } from './ranking-config.ts';
import type { DrawnLogs } from './simulate-logs.ts';

type Data = Awaited<ReturnType<typeof loadData>>;

/**
 * Synthetic queries are some fifty times as fast to read as to make. Real data have a binary cache beside their files already, and are
 * too large to be written once more for every sweep.
 */
export async function cachedData(data: RankingConfig['data'], stages: StageCache): Promise<Data> {
  return stages.get('data', await dataKey(data), data.path === null ? 'disk' : 'memory', () => loadData(data));
}

/** The logs of one seed: they depend on the data and the simulation, not on how they are learnt from. */
export async function cachedLogs(
  { data, simulation, plugins }: RankingConfig,
  seed: string,
  stages: StageCache,
  draw: () => DrawnLogs,
): Promise<DrawnLogs> {
  return stages.get('simulate', { data: await dataKey(data), simulation, seed, ...codeKey(plugins) }, 'disk', draw);
}

/** What the data depend on; of files also the size and the time of change. */
async function dataKey({ path, train, validation, test, scale, synthetic }: RankingConfig['data']): Promise<unknown> {
  if (path === null) return { scale, synthetic };
  const stamps = [];
  for (const name of [train, validation, test])
    for (const file of dataEndings.map((ending) => name + ending)) {
      const found = await stat(join(path, file)).catch(() => null);
      if (found) stamps.push([file, found.size, found.mtimeMs]);
    }
  return { scale, path, train, validation, test, stamps };
}

/** A click model of a plugin is what its file says. */
const codeKey = (plugins: RankingConfig['plugins']) => (plugins === undefined ? {} : { plugins: plugins.map(({ sha256 }) => sha256) });
