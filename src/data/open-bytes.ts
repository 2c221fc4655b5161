import { createReadStream, type ReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { readFault } from './reading.ts';

export { readFault };

const chunkSize = 1 << 20;
/** Milliseconds. */
const patience = 3000;
/** Read by its descriptor, as it cannot be opened where it is a socket, or on Windows. */
export const standardInput = '/dev/stdin';

/**
 * The bytes of a file, or of a pipe such as /dev/stdin, unpacked where they start with gzip's magic bytes, whatever the name.
 * Destroying the stream closes the file. What it throws goes through `readFault`.
 * @throws UsageError when there is no such file or it cannot be read
 */
export async function openBytes(path: string): Promise<Readable> {
  try {
    const isPipe = path === standardInput || (await isPipeOrDevice(path));
    const { raw, magic } = isPipe ? await startOfPipe(path) : await startOfFile(path);
    if (magic[0] !== 0x1f || magic[1] !== 0x8b) return raw;
    return pipeline(raw, createGunzip({ chunkSize }), () => {}); // an error of either ends the iteration of the last
  } catch (error) {
    throw readFault(path, error);
  }
}

/** The bytes of a path as they are. A named pipe is opened once somebody writes into it: what that waits for is said after some seconds. */
export function openRaw(path: string): ReadStream {
  const say = () => process.stderr.write(`note: waiting for something to write into the pipe ${JSON.stringify(path)}\n`);
  const timer = setTimeout(say, patience).unref();
  const opened = () => clearTimeout(timer);
  return createReadStream(path, { highWaterMark: chunkSize }).once('open', opened).once('close', opened);
}

/** Whether there is a pipe, a socket or a device at a path, which may never end. Fails as `stat` does. */
export async function isPipeOrDevice(path: string): Promise<boolean> {
  const stats = await stat(path);
  return !stats.isFile() && !stats.isDirectory();
}

async function startOfFile(path: string) {
  const file = await open(path);
  const magic = new Uint8Array(2);
  await file.read(magic, 0, 2, 0).finally(() => file.close());
  return { raw: createReadStream(path, { highWaterMark: chunkSize }), magic };
}

/** A pipe is read but once, so what was looked at is handed on. */
async function startOfPipe(path: string) {
  const stream = path === standardInput ? createReadStream(path, { highWaterMark: chunkSize, fd: 0, autoClose: false }) : openRaw(path);
  const chunks: AsyncIterator<Buffer> = stream[Symbol.asyncIterator]();
  let magic: Buffer = Buffer.alloc(0);
  let done = false;
  while (magic.length < 2 && !done) {
    const next = await chunks.next();
    done = next.done === true;
    if (next.done !== true) magic = Buffer.concat([magic, next.value]);
  }
  const all = async function* () {
    yield magic;
    yield* { [Symbol.asyncIterator]: () => chunks };
  };
  return { raw: Readable.from(all(), { objectMode: false, highWaterMark: chunkSize }), magic };
}
