import { DataError } from '../../errors.ts';
import { openBytes, readFault } from '../open-bytes.ts';
import type { SearchSession } from '../search-session.ts';
import { Fields } from './fields.ts';
import { orFault, type SessionLogContext } from './session-log-format.ts';

/** Characters that one string can hold; such a file has to be cut before it can be read. */
const longestText = 2 ** 29 - 24;

/**
 * The search sessions of a file that is one JSON value, a list of them or an object with the list in `sessions`.
 * @throws DataError where it is not; UsageError where the file cannot be read
 */
export async function* jsonSessions(
  path: string,
  context: SessionLogContext,
  toSession: (value: unknown, number: number) => SearchSession,
): AsyncGenerator<SearchSession> {
  const root = parse(await readText(path), path);
  const list = Array.isArray(root) ? root : new Fields(root, 'the log', { file: path }).list('sessions');
  for (const [s, value] of list.entries()) {
    const session = orFault(context, () => toSession(value, s + 1));
    if (session !== null) yield session;
  }
}

async function readText(path: string): Promise<string> {
  const stream = await openBytes(path);
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      size += chunk.length;
      if (size > longestText) throw new DataError('more than 512 MiB of JSON in one value; cut it into files', { file: path });
    }
  } catch (error) {
    throw readFault(path, error);
  } finally {
    stream.destroy();
  }
  return Buffer.concat(chunks)
    .toString('utf8')
    .replace(/^\uFEFF/, '');
}

function parse(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const [, position] = /position (\d+)/.exec(error instanceof Error ? error.message : '') ?? [];
    const line = position === undefined ? undefined : text.slice(0, Number(position)).split('\n').length;
    throw new DataError('not JSON; the file breaks off or has a stray mark', line === undefined ? { file: path } : { file: path, line });
  }
}
