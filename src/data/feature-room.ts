import { totalmem } from 'node:os';

/** On any machine; bounds what a config may ask for, so that it is right or wrong wherever it is read. */
export const mostBytes = 8 * 2 ** 30;

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
  return noRoomFor([rows, what], [width, 'features'], room);
}

/** The same of a matrix of 32-bit numbers of whatever kind. */
export function noRoomFor(
  [rows, what]: readonly [count: number, what: string],
  [width, columns]: readonly [count: number, what: string],
  room = featureRoom(),
): string | null {
  const bytes = 4 * rows * width;
  if (bytes <= room) return null;
  const gib = (size: number) => `${(size / 2 ** 30).toFixed(1)} GiB`;
  return `${rows} ${what} × ${width} ${columns}, kept dense, need ${gib(bytes)}, above the bound of ${gib(room)}`;
}
