import { UsageError } from '../errors.ts';
import { permutation } from '../random/permutation.ts';
import type { Rng } from '../random/rng.ts';
import { type ClickLog, positionsOf, sessionsOf } from './click-log.ts';
import { chosenLists } from './subset-lists.ts';

/**
 * A log of which one piece at a time is in memory. Every piece is a {@link ClickLog} of its own, of lists that were dealt to it at random: its lists are a
 * uniform sample of all, and each list is in one piece, with all of its rows.
 */
export interface LogPieces {
  readonly pieces: number; //    how many
  readonly lists: number; //     of all pieces together, above 0
  readonly sessions: number; //  likewise
  readonly positions: number; // K, the length of the longest list
  /** @returns the lists and rows of a piece; it may have none */
  read(piece: number): ClickLog;
}

/** Lists of a piece, about: what a step of training sees at most, so that memory does not grow with the log. */
export const usualListsOfPiece = 4096;

/** How many pieces so many lists are dealt to. */
export const piecesFor = (lists: number, listsOfPiece = usualListsOfPiece): number => Math.max(1, Math.ceil(lists / listsOfPiece));

/** A log that is in memory, in pieces of the lists that some session saw. @throws UsageError where there is none */
export function piecesOfLog(log: ClickLog, rng: Rng, listsOfPiece = usualListsOfPiece): LogPieces {
  const seen = new Uint8Array(log.queries.length);
  for (const l of log.list) seen[l] = 1;
  const there = Uint32Array.from(seen.keys()).filter((l) => seen[l] === 1);
  if (there.length === 0) throw new UsageError('a log without a session has no pieces');
  const order = permutation(there.length, rng).map((place) => there[place]);
  const pieces = piecesFor(order.length, listsOfPiece);
  const of = chosenLists(log);
  const start = (piece: number) => Math.floor((piece * order.length) / pieces);
  return {
    ...{ pieces, lists: order.length, sessions: sessionsOf(log), positions: positionsOf(log) },
    read: (piece) => of(order.subarray(start(piece), start(piece + 1))),
  };
}

/** The pieces of two logs of one query set, those of `a` first. */
export const joinPieces = (a: LogPieces, b: LogPieces): LogPieces => ({
  pieces: a.pieces + b.pieces,
  lists: a.lists + b.lists,
  sessions: a.sessions + b.sessions,
  positions: Math.max(a.positions, b.positions),
  read: (piece) => (piece < a.pieces ? a.read(piece) : b.read(piece - a.pieces)),
});
