import { createHash } from 'node:crypto';
import { readdir, rm, stat, utimes } from 'node:fs/promises';
import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';

/** The environment variable that says where copies of data are kept, for this process and those that it starts; `off` for nowhere. */
export const cacheVariable = 'COUNTERRANK_CACHE';
export const noCache = 'off';

/** Copies that nobody read for so long are removed. */
const unreadDays = 60;

/**
 * The folder where binary copies of data are kept, so that the second reading is quick; null for none. Without {@link cacheVariable} it is
 * `counterrank` in the user's cache folder: $XDG_CACHE_HOME or ~/.cache (XDG Base Directory Specification), on macOS ~/Library/Caches, on Windows
 * %LOCALAPPDATA%.
 */
export function cacheFolder(): string | null {
  const named = process.env[cacheVariable];
  if (named) return named === noCache ? null : resolve(named);
  return join(userCaches(), 'counterrank');
}

function userCaches(): string {
  const { XDG_CACHE_HOME: xdg, LOCALAPPDATA: local } = process.env;
  if (process.platform === 'win32') return local ?? join(homedir(), 'AppData', 'Local');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches');
  return xdg !== undefined && isAbsolute(xdg) ? xdg : join(homedir(), '.cache');
}

/** Where the copy of a file is kept; null for nowhere. */
export function cachePath(path: string): string | null {
  const folder = cacheFolder();
  return folder === null ? null : join(folder, `${createHash('sha256').update(resolve(path)).digest('hex').slice(0, 32)}.queries`);
}

/** Notes that a copy was read. */
export async function noteUse(copy: string): Promise<void> {
  const now = new Date();
  await utimes(copy, now, now).catch(() => {});
}

/** Removes the copies that nobody read for two months. */
export async function removeUnread(folder: string): Promise<void> {
  const oldest = Date.now() - unreadDays * 24 * 60 * 60 * 1000;
  for (const name of await readdir(folder).catch(() => [])) {
    const copy = join(folder, name);
    const unread = name.endsWith('.queries') && ((await stat(copy).catch(() => null))?.mtimeMs ?? Infinity) < oldest;
    if (unread) await rm(copy, { force: true }).catch(() => {});
  }
}
