import { stat } from 'node:fs/promises';
import { UsageError } from '../errors.ts';

/**
 * The one of several places where there is a file; null where it is in none.
 * @throws UsageError where it is in two: which of them is meant, or whether both are, cannot be known
 */
export async function onlyFile(places: readonly string[]): Promise<string | null> {
  const found: string[] = [];
  for (const place of places) if ((await stat(place).catch(() => null))?.isDirectory() === false) found.push(place);
  if (found.length > 1) throw new UsageError(`both "${found[0]}" and "${found[1]}" are there; keep one of them`);
  return found[0] ?? null;
}
