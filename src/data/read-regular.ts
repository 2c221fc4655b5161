import { readFile, stat } from 'node:fs/promises';
import { DataError } from '../errors.ts';

/** Bytes that fit into a text. */
const longestText = 2 ** 29 - 24;

/**
 * The content of a file that somebody may have sent: of a pipe or a device it would be waited for for ever. Fails as `readFile` does.
 * @param wayOut end of the messages @param most bytes that it may have
 * @throws DataError for a pipe, a device, and a file that is too large
 */
export async function readRegular(file: string, wayOut: string, most = longestText): Promise<Buffer> {
  const there = await stat(file);
  if (!there.isFile() && !there.isDirectory()) throw new DataError(`is no file, but a pipe or a device; ${wayOut}`, { file });
  if (there.isFile() && there.size > most) throw new DataError(`expected at most ${most} bytes, got ${there.size}; ${wayOut}`, { file });
  return readFile(file);
}
