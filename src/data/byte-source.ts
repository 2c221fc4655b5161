import type { FileHandle } from 'node:fs/promises';
import { open, stat } from 'node:fs/promises';
import { DataError } from '../errors.ts';
import { openBytes, standardInput } from './open-bytes.ts';
import { readFault } from './reading.ts';
import { Utf8Check } from './utf8-check.ts';

/** Bytes of a text that are asked for bit by bit. */
export interface ByteSource {
  /** Writes what comes next to the front of `target`, which has room. @returns how many bytes; 0 at the end */
  fill(target: Uint8Array): Promise<number>;
  close(): Promise<void>;
}

/**
 * The text of a file or pipe, gzip unpacked, as bytes that are known to be UTF-8 without NUL: the one door by which every reader of text gets its
 * bytes. Byte order marks at the start are dropped.
 * A plain file is read straight into the target, without a buffer between.
 * @throws DataError with line and column where `fill` meets bytes that are not UTF-8, and for files packed in other ways; else as `openBytes`
 */
export async function byteSource(path: string): Promise<ByteSource> {
  const isFile = path !== standardInput && (await stat(path).then(whether, () => false));
  const check = new Utf8Check(path, !isFile); // a pipe cannot be read again to find the line
  const { fill, close } = await rawSource(path, isFile);
  const unmarked = withoutMarks(fill);
  let begun = false;
  return {
    async fill(target) {
      const length = await unmarked(target);
      if (!begun) checkNotPacked(path, target.subarray(0, length));
      begun = true;
      try {
        if (length === 0) check.end();
        else check.check(target.subarray(0, length));
      } catch (fault) {
        throw isFile ? await withPlace(path, fault) : fault;
      }
      return length;
    },
    close,
  };
}

/** What packed files start with that gzip does not unpack, or unpacked but once. */
const packings = {
  'a zip archive': 'PK\x03\x04',
  bzip2: 'BZh91AY&SY',
  xz: '\xfd7zXZ\0',
  zstd: '\x28\xb5\x2f\xfd',
  'gzip within gzip': '\x1f\x8b',
};

function checkNotPacked(file: string, start: Uint8Array): void {
  const letters = Buffer.from(start.subarray(0, 10)).toString('latin1');
  for (const [name, magic] of Object.entries(packings))
    if (letters.startsWith(magic))
      throw new DataError(`this is ${name}; unpack it, as text is read plain or packed by gzip alone`, { file });
}

const mark = [0xef, 0xbb, 0xbf];

function withoutMarks(fill: ByteSource['fill']): ByteSource['fill'] {
  let begun = false;
  return async (target) => {
    let length = 0;
    for (;;) {
      const more = await fill(target.subarray(length));
      length += more;
      if (begun) return length;
      while (length >= mark.length && mark.every((byte, i) => target[i] === byte)) {
        target.copyWithin(0, mark.length, length);
        length -= mark.length;
      }
      begun = more === 0 || length >= mark.length || (length > 0 && target[0] !== mark[0]);
      if (begun) return length;
    }
  };
}

const whether = (stats: { isFile(): boolean }): boolean => stats.isFile();
const chunkLength = 1 << 19;

/** The pieces of {@link byteSource}, each in memory of its own. Whatever is thrown on the way is ours. */
export async function* textChunks(path: string): AsyncGenerator<Buffer> {
  const source = await byteSource(path);
  try {
    for (;;) {
      const chunk = Buffer.alloc(chunkLength);
      const length = await source.fill(chunk);
      if (length === 0) return;
      yield chunk.subarray(0, length);
    }
  } catch (error) {
    throw readFault(path, error);
  } finally {
    await source.close();
  }
}

/** The text that a file starts with: so many bytes of it, or some more. */
export async function startOfText(path: string, bytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of textChunks(path)) {
    chunks.push(chunk);
    if (chunks.reduce((sum, { length }) => sum + length, 0) >= bytes) break;
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** The fault again, with its line: the file is read once more, now that lines are worth counting. */
async function withPlace(path: string, fault: unknown): Promise<unknown> {
  const { fill, close } = await rawSource(path, true);
  const check = new Utf8Check(path, true);
  const chunk = Buffer.alloc(chunkLength);
  try {
    for (let length = await fill(chunk); length > 0; length = await fill(chunk)) check.check(chunk.subarray(0, length));
    check.end();
    return fault;
  } catch (placed) {
    return placed;
  } finally {
    await close();
  }
}

async function rawSource(path: string, isFile: boolean): Promise<ByteSource> {
  const file = isFile ? await openPlainFile(path) : null;
  return file === null ? ofStream(path) : ofFile(file);
}

/** null for a file that is gzip; what is wrong with one that cannot be read shows when its stream is. */
async function openPlainFile(path: string): Promise<FileHandle | null> {
  const file = await open(path).catch(() => null);
  if (file === null) return null;
  const magic = new Uint8Array(2);
  const plain = await file.read(magic, 0, 2, 0).then(
    () => magic[0] !== 0x1f || magic[1] !== 0x8b,
    () => false,
  );
  if (!plain) await file.close();
  return plain ? file : null;
}

function ofFile(file: FileHandle): ByteSource {
  let position = 0;
  return {
    async fill(target) {
      const { bytesRead } = await file.read(target, 0, target.length, position);
      position += bytesRead;
      return bytesRead;
    },
    close: () => file.close(),
  };
}

async function ofStream(path: string): Promise<ByteSource> {
  const stream = await openBytes(path);
  const chunks = (stream as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
  let rest: Uint8Array = new Uint8Array(0);
  return {
    async fill(target) {
      while (rest.length === 0) {
        const next = await chunks.next();
        if (next.done === true) return 0;
        rest = next.value;
      }
      const part = rest.subarray(0, target.length);
      target.set(part);
      rest = rest.subarray(part.length);
      return part.length;
    },
    async close() {
      stream.destroy();
    },
  };
}
