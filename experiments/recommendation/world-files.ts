import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type RecommendationConfig, recommendationTasks } from '../config/recommendation-config.ts';
import type { WorldEntry } from './problem.ts';

/** The files that a config's world is read from: of a folder, all in it and below it, sorted. */
export async function worldFiles({ task, world }: RecommendationConfig): Promise<string[]> {
  const { name, ...options } = world;
  const { paths } = (recommendationTasks[task].worlds as Readonly<Record<string, WorldEntry>>)[name];
  const files: string[] = [];
  for (const path of paths?.(options as never) ?? []) {
    const names = (await stat(path)).isDirectory()
      ? (await readdir(path, { recursive: true })).sort().map((file) => join(path, file))
      : [path];
    for (const file of names) if ((await stat(file)).isFile()) files.push(file);
  }
  return files;
}
