import type { FileHandle } from 'node:fs/promises';
import { open, stat } from 'node:fs/promises';
import { openBytes, standardInput } from './open-bytes.ts';

/** Bytes that are asked for bit by bit. */
export interface ByteSource {
  /** Writes what comes next to the front of `target`, which has room. @returns how many bytes; 0 at the end */
  fill(target: Uint8Array): Promise<number>;
  close(): Promise<void>;
}

/** A file or pipe, gzip unpacked. A plain file is read straight into the target, without a buffer between. Errors as {@link openBytes}. */
export async function byteSource(path: string): Promise<ByteSource> {
  const file = await openPlainFile(path);
  return file === null ? ofStream(path) : ofFile(file);
}

/** null for anything but a file that is not gzip; what is wrong with it then shows when its stream is read. */
async function openPlainFile(path: string): Promise<FileHandle | null> {
  if (path === standardInput) return null;
  const isFile = await stat(path).then(
    (stats) => stats.isFile(),
    () => false,
  );
  const file = isFile ? await open(path).catch(() => null) : null;
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
