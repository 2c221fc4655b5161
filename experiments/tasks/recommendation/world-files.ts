import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readSubfolders } from '../../../src/data/interactions/find-file.ts';
import type { WorldEntry } from './problem.ts';
import { type RecommendationConfig, recommendationTasks } from './recommendation-config.ts';

/** The files that a config's world is read from: of a folder, all in it and in the subfolders that readers look into. */
export async function worldFiles({ task, world }: RecommendationConfig): Promise<string[]> {
  const { name, ...options } = world;
  const { paths } = (recommendationTasks[task].worlds as Readonly<Record<string, WorldEntry>>)[name];
  const files: string[] = [];
  for (const path of paths?.(options as never) ?? []) {
    if (!(await stat(path)).isDirectory()) files.push(path);
    else for (const folder of ['', ...readSubfolders]) files.push(...(await filesIn(join(path, folder))));
  }
  return files;
}

/** The files of a folder, sorted; none where there is no such folder. */
async function filesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  const files: string[] = [];
  for (const path of names.sort().map((name) => join(folder, name))) if ((await stat(path)).isFile()) files.push(path);
  return files;
}
