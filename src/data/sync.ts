import { closeSync, fsyncSync, openSync } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isSystemError } from './system-error.ts';

/** Where files or folders cannot be synced (Windows, some network disks) the system keeps no more promises than that. */
const unsupported = new Set(['EINVAL', 'ENOTSUP', 'ENOSYS', 'EPERM', 'EISDIR', 'EBADF', 'EACCES']);

function whereSupported(error: unknown): void {
  if (!isSystemError(error) || !unsupported.has(error.code ?? '')) throw error;
}

/** What was written to an open file is on the disk when this returns. */
export function syncFile(file: number): void {
  try {
    fsyncSync(file);
  } catch (error) {
    whereSupported(error);
  }
}

/** The names in a folder are on the disk when this returns: a file that was made or renamed there outlives a loss of power. */
export function syncFolder(path: string): void {
  try {
    const folder = openSync(path, 'r');
    try {
      syncFile(folder);
    } finally {
      closeSync(folder);
    }
  } catch (error) {
    whereSupported(error);
  }
}

const atOnce = 16; // the system writes what is synced together in one go

/** Everything in a folder, and below, is on the disk when this is done. */
export async function syncTree(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath ?? entry.path, entry.name));
  const next = files.values();
  const work = async () => {
    for (const path of next) {
      const file = await open(path, 'r+');
      try {
        await file.sync().catch(whereSupported);
      } finally {
        await file.close();
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  for (const entry of entries) if (entry.isDirectory()) syncFolder(join(entry.parentPath ?? entry.path, entry.name));
  syncFolder(folder);
}
