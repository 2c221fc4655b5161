import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { UsageError } from '../../errors.ts';
import { filesWithin } from '../files-within.ts';
import { cannot } from '../system-error.ts';
import { endingOf, sourceEndings } from './log-source.ts';
import { isLogStore } from './store-info.ts';

/**
 * Files that words name, each once: a file or a store as itself, a folder for what is in it and below that a log can be of (by its ending),
 * a name with * or ? (of the last part of a path, where no file is called so) for what fits. Those of a folder or a pattern in the order of their names.
 * @param isOneLog whether a folder is one log, and no folder of files @throws UsageError for what names nothing
 */
export async function logFiles(words: readonly string[], isOneLog: (folder: string) => Promise<boolean> = isLogStore): Promise<string[]> {
  const found: string[] = [];
  for (const word of words) {
    const there = (await stat(word).catch(() => null)) !== null;
    const paths = !there && /[*?]/.test(basename(word)) ? await fitting(word) : [word];
    for (const path of paths) {
      const stats = await stat(path).catch(cannot(`read "${path}"`));
      if (stats.isDirectory() && !(await isOneLog(path))) found.push(...(await within(path)));
      else found.push(path);
    }
  }
  return [...new Set(found)];
}

const isLogFile = (name: string): boolean => Object.hasOwn(sourceEndings, endingOf(name));
/** Names with a dot or an underscore in front are what tools keep beside the data: _SUCCESS, .crc. */
const isHidden = (path: string): boolean => path.split(/[/\\]/).some((part) => /^[._]/.test(part));

async function within(folder: string): Promise<string[]> {
  const paths = (await filesWithin(folder)).filter((path) => isLogFile(path) && !isHidden(relative(folder, path)));
  if (paths.length === 0)
    throw new UsageError(
      `"${folder}" holds no file of a log, by the endings ${Object.keys(sourceEndings).join(', ')}, perhaps with .gz or .zst; name files`,
    );
  return paths;
}

async function fitting(pattern: string): Promise<string[]> {
  const folder = dirname(pattern);
  const escaped = basename(pattern).replace(/[.+^${}()|[\]\\]/g, '\\$&');
  const regular = new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, 's');
  const names = await readdir(folder).catch(cannot(`read "${folder}"`));
  const paths = names
    .filter((name) => regular.test(name) && !isHidden(name))
    .sort()
    .map((name) => join(folder, name));
  if (paths.length === 0) throw new UsageError(`"${pattern}" fits no file; check the path`);
  return paths;
}
