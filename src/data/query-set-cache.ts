import { type FileHandle, open, stat } from 'node:fs/promises';
import { endianness } from 'node:os';
import { basename, dirname } from 'node:path';
import type { Accounting, Read } from './accounting.ts';
import { cachePath, noteUse, removeUnread } from './cache-folder.ts';
import { noRoom } from './feature-room.ts';
import { fileVersion } from './file-version.ts';
import { makeFolder } from './make-folder.ts';
import type { QuerySet } from './query-set.ts';
import { writeAtomicStream } from './write-atomic.ts';

/** Raised whenever the layout below or the meaning of a parsed file changes. */
const formatVersion = 7;
const magic = 0x51535243; // "CRSQ" as bytes
const pieceLength = 1 << 26;

/**
 * The binary copy of a file: [magic, bytes of head, checksum of the rest] as Uint32, then the head (JSON), then offsets, labels and features
 * as they lie in memory. Ids are text without blanks, so they join with spaces; ids that are just the place in the query are left out.
 */
interface Head {
  readonly key: string;
  readonly queries: number;
  readonly documents: number;
  readonly featureCount: number;
  readonly queryIds: string;
  readonly docIds: string | null;
  readonly accounting: readonly Accounting[]; // files by their names alone
}

/** What a cache of these files depends on: format, byte order, and each file's name and version. Fails as `stat` does. */
export async function cacheKey(files: readonly string[]): Promise<string> {
  const parts = [`v${formatVersion}`, endianness()];
  for (const file of files) parts.push(basename(file), await fileVersion(file));
  return parts.join('|');
}

/** Writes the copy; does nothing where it cannot (no right to write there, disk full) or must not: the data is read all the same. */
export async function saveCache(path: string, key: string, set: Read<QuerySet>): Promise<void> {
  const copy = cachePath(path);
  if (copy === null) return;
  const { offsets, labels, features, featureCount } = set;
  const [queries, documents] = [set.queryIds.length, labels.length];
  const places = set.docIds.every(isPlace(offsets));
  const head: Head = {
    key,
    queries,
    documents,
    featureCount,
    queryIds: set.queryIds.join(' '),
    docIds: places ? null : set.docIds.join(' '),
    accounting: set.accounting.map((one) => ({ ...one, file: basename(one.file) })),
  };
  const text = Buffer.from(JSON.stringify(head));
  const padded = Buffer.concat([text, Buffer.alloc(-text.length & 3, ' ')]);
  const parts = [new Uint8Array(padded), ...[offsets, labels, features].map(bytesOf)];
  const preamble = Uint32Array.of(magic, padded.length, parts.reduce(checksum, 0));
  try {
    await makeFolder(dirname(copy));
    await removeUnread(dirname(copy));
    await writeAtomicStream(copy, pieces([bytesOf(preamble), ...parts]), { gzip: false });
  } catch {} // the file is read again next time
}

/** @returns null when there is no copy, or one of another key, or a damaged one */
export async function loadCache(path: string, key: string): Promise<Read<QuerySet> | null> {
  const copy = cachePath(path);
  const there = copy === null ? null : await stat(copy).catch(() => null);
  const file = copy !== null && there?.isFile() ? await open(copy).catch(() => null) : null; // a pipe would be waited for
  if (copy === null || file === null) return null;
  try {
    const set = await load(file, key, path.slice(0, -basename(path).length));
    if (set !== null) await noteUse(copy);
    return set;
  } catch {
    return null;
  } finally {
    await file.close();
  }
}

async function load(file: FileHandle, key: string, folder: string): Promise<Read<QuerySet> | null> {
  const preamble = new Uint32Array(3);
  await readInto(file, bytesOf(preamble), 0);
  const { size } = await file.stat();
  if (preamble[0] !== magic || preamble[1] > size) return null;
  const headBytes = new Uint8Array(preamble[1]);
  await readInto(file, headBytes, preamble.byteLength);
  const head = JSON.parse(Buffer.from(headBytes).toString()) as Head;
  const { queries, documents, featureCount } = head;
  const start = preamble.byteLength + headBytes.length;
  if (![queries, documents, featureCount].every(Number.isSafeInteger) || noRoom(documents, featureCount) !== null) return null;
  if (head.key !== key || size !== start + 4 * (queries + 1 + documents + documents * featureCount)) return null;
  const offsets = new Uint32Array(queries + 1);
  const labels = new Float32Array(documents);
  const features = new Float32Array(documents * featureCount);
  let at = start;
  for (const part of [offsets, labels, features]) {
    await readInto(file, bytesOf(part), at);
    at += part.byteLength;
  }
  if ([headBytes, ...[offsets, labels, features].map(bytesOf)].reduce(checksum, 0) !== preamble[2]) return null;
  const docIds = head.docIds === null ? placesOf(offsets) : head.docIds.split(' ');
  const accounting = head.accounting.map((one) => ({ ...one, file: folder + one.file }));
  return { queryIds: head.queryIds.split(' '), docIds, offsets, features, featureCount, labels, accounting };
}

async function readInto(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    const { bytesRead } = await file.read(bytes, at, Math.min(pieceLength, bytes.length - at), position + at);
    if (bytesRead === 0) throw new Error('the cache ends too early');
    at += bytesRead;
  }
}

function* pieces(parts: readonly Uint8Array[]): Generator<Uint8Array> {
  for (const part of parts) for (let at = 0; at < part.length; at += pieceLength) yield part.subarray(at, at + pieceLength);
}

const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView) => new Uint8Array(buffer, byteOffset, byteLength);

/** FNV-1a over 32-bit words: every changed word changes it. `bytes` is a multiple of 4 long and aligned. */
function checksum(seed: number, { buffer, byteOffset, byteLength }: Uint8Array): number {
  const words = new Uint32Array(buffer, byteOffset, byteLength / 4);
  let hash = seed ^ 0x811c9dc5;
  for (let i = 0; i < words.length; i++) hash = Math.imul(hash ^ words[i], 0x01000193);
  return hash >>> 0;
}

function isPlace(offsets: Uint32Array): (id: string, row: number) => boolean {
  let query = 0;
  return (id, row) => {
    while (offsets[query + 1] <= row) query++;
    return id === String(row - offsets[query] + 1);
  };
}

function placesOf(offsets: Uint32Array): string[] {
  const ids: string[] = [];
  for (let q = 0; q + 1 < offsets.length; q++) for (let place = 1; place <= offsets[q + 1] - offsets[q]; place++) ids.push(String(place));
  return ids;
}
