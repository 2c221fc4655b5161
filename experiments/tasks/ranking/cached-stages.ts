import { fileVersion } from '../../../src/data/file-version.ts';
import type { StageCache } from '../../engine/stage-cache.ts';
import { dataFiles, loadData } from './load-data.ts';
import type { RankingConfig } from './ranking-config.ts';
import type { DrawConfig, DrawnLogs } from './simulate-logs.ts';

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
  { data, simulation, plugins }: DrawConfig & Pick<RankingConfig, 'plugins'>,
  seed: string,
  stages: StageCache,
  draw: () => DrawnLogs,
): Promise<DrawnLogs> {
  return stages.get('simulate', { data: await dataKey(data), simulation, seed, ...codeKey(plugins) }, 'disk', draw);
}

/** What the data depend on; of files also their versions. */
async function dataKey({ synthetic, ...data }: RankingConfig['data']): Promise<unknown> {
  if (data.path === null) return { scale: data.scale, missing: data.missing, gains: data.gains, synthetic };
  const stamps = [];
  for (const file of await dataFiles({ synthetic, ...data })) stamps.push([file, await fileVersion(file)]);
  return { ...data, stamps };
}

/** A click model of a plugin is what its file says. */
const codeKey = (plugins: RankingConfig['plugins']) => (plugins === undefined ? {} : { plugins: plugins.map(({ sha256 }) => sha256) });
