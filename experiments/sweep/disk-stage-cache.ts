import { createHash } from 'node:crypto';
import { readdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { makeFolder } from '../../src/data/make-folder.ts';
import { writeAtomic } from '../../src/data/write-atomic.ts';
import type { StageCache } from '../engine/stage-cache.ts';
import { waitForClaim } from './claim.ts';
import { contentHash } from './config-hash.ts';
import { intoFolder } from './output-error.ts';

/** Raised when a stage's output changes its meaning. */
const formatVersion = 2;
const checksumBytes = 32;

/**
 * A cache in a folder that any number of processes share: `<folder>/<stage>/<key>`, a SHA-256 and what V8 serialises. Whoever comes first
 * computes, the others wait for the file; it appears as a whole. A damaged file is made anew. The last output of each stage also stays in memory.
 * The folder above it must be there: that of a sweep, which may be removed while it runs.
 * @param claims folder below that one, in which processes say what they are computing
 */
export function diskStageCache(folder: string, claims: string): StageCache {
  const last = new Map<string, { readonly key: string; readonly output: unknown }>();
  return {
    async get<T>(stage: string, parts: unknown, kept: 'disk' | 'memory', compute: () => T | Promise<T>): Promise<T> {
      const key = contentHash({ formatVersion, v8: process.versions.v8, parts }).slice(0, 32);
      const known = last.get(stage);
      if (known?.key === key) return known.output as T;
      const output =
        kept === 'disk'
          ? await fromDisk(join(folder, stage, key), join(claims, `${stage}-${key}`), dirname(folder), compute)
          : await compute();
      last.set(stage, { key, output });
      return output;
    },
  };
}

async function fromDisk<T>(file: string, claimFolder: string, within: string, compute: () => T | Promise<T>): Promise<T> {
  let stored = await load<T>(file);
  if (stored) return stored.output;
  const loaded = async () => {
    stored = await load<T>(file);
    return stored !== null;
  };
  const claim = await intoFolder(claimFolder, () => waitForClaim(claimFolder, loaded, within));
  if (claim === null) return (stored as unknown as Stored<T>).output;
  try {
    const made = await load<T>(file); // by one who finished just before the claim was taken
    if (made) return made.output;
    const output = await compute();
    await intoFolder(file, () => save(file, output, within));
    return output;
  } finally {
    await claim.release();
  }
}

async function save(file: string, output: unknown, within: string): Promise<void> {
  const folder = dirname(file);
  await makeFolder(folder, within);
  for (const name of await readdir(folder)) // left by one that was killed while writing this file
    if (name.endsWith('.tmp') && join(folder, name).startsWith(`${file}.`)) await rm(join(folder, name), { force: true });
  const bytes = serialize(output);
  await writeAtomic(file, Buffer.concat([createHash('sha256').update(bytes).digest(), bytes]));
}

interface Stored<T> {
  readonly output: T;
}

/** null when there is no such file, or what it holds is damaged. */
async function load<T>(file: string): Promise<Stored<T> | null> {
  const content = await readFile(file).catch(() => null);
  if (content === null || content.length <= checksumBytes) return null;
  const bytes = content.subarray(checksumBytes);
  const intact = createHash('sha256').update(bytes).digest().equals(content.subarray(0, checksumBytes));
  return intact ? { output: deserialize(bytes) as T } : null;
}
