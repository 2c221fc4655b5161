import { totalmem } from 'node:os';

const mostBytes = 8 * 2 ** 30;

/**
 * Bytes that the features of one query set may take: 8 GiB, and no more than half of the memory there is, as they are copied once
 * on the way.
 */
export function featureRoom(): number {
  const allowed = process.constrainedMemory?.() ?? 0; // 0 or beyond all measure where nothing is set
  return Math.min(mostBytes, (allowed > 0 ? Math.min(allowed, totalmem()) : totalmem()) / 2);
}

/** null where so many features have room, else what is wrong: the start of a message. */
export function noRoom(rows: number, width: number, what = 'documents', room = featureRoom()): string | null {
  const bytes = 4 * rows * width;
  if (bytes <= room) return null;
  const gib = (size: number) => `${(size / 2 ** 30).toFixed(1)} GiB`;
  return `${rows} ${what} × ${width} features, kept dense, need ${gib(bytes)}, above the bound of ${gib(room)}`;
}
