import { lstat, stat } from 'node:fs/promises';
import { UsageError } from '../errors.ts';
import { cannot } from './system-error.ts';

/**
 * The one of several places where there is a file; null where it is in none.
 * @throws UsageError where it is in two: which of them is meant, or whether both are, cannot be known; and where a place is taken by a folder,
 *   or by a link that leads nowhere
 */
export async function onlyFile(places: readonly string[]): Promise<string | null> {
  const found: string[] = [];
  for (const place of places) {
    if ((await lstat(place).catch(() => null)) === null) continue;
    const there = await stat(place).catch(cannot(`read "${place}"`));
    if (there.isDirectory()) throw new UsageError(`"${place}" is a folder, where a file belongs`);
    found.push(place);
  }
  if (found.length > 1) throw new UsageError(`both "${found[0]}" and "${found[1]}" are there; keep one of them`);
  return found[0] ?? null;
}
