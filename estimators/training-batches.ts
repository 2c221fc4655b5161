import { sessionsOf } from '../src/data/click-log.ts';
import type { LogPieces } from '../src/data/log-pieces.ts';
import { type ListBatch, listBatches, type RankingLists } from '../src/learners/batches.ts';
import { pieceBatches } from '../src/learners/piece-batches.ts';
import type { LearningInput, LoggedClicks } from './estimator.ts';

/** What a training loop draws from. */
export interface TrainingBatches {
  readonly batches: Iterator<ListBatch, never>;
  readonly epoch: number; // batches after which every list was seen once, about
  /** How often each list was drawn so far, in the mean: of a log in pieces alone. */
  passes(): { readonly passes?: number };
}

/**
 * Batches of the lists in memory; or, where the log is in pieces and lists of a piece can be weighed by themselves, of all pieces.
 * @param listsOf weighs the lists of other sessions as `lists` are; absent where that needs the whole log
 */
export function trainingBatches(
  { train, pieces, training: { batchLists }, rng }: Pick<LearningInput, 'train' | 'pieces' | 'training' | 'rng'>,
  lists: RankingLists,
  listsOf: ((logged: LoggedClicks) => RankingLists) | undefined,
): TrainingBatches {
  const drawing = rng.fork('batches');
  if (!pieces || listsOf === undefined) {
    const epoch = batchLists === 'all' ? 1 : Math.ceil(lists.sessions.length / batchLists);
    return { batches: listBatches(train.querySet, lists, batchLists, drawing), epoch, passes: () => ({}) };
  }
  const of = pieceBatches(train.querySet, pieces, (log) => listsOf({ ...train, log }), batchLists, drawing);
  let drawn = 0;
  const batches: Iterator<ListBatch, never> = {
    next() {
      const { value } = of.next();
      drawn += value.sessions.length;
      return { value, done: false };
    },
  };
  const epoch = batchLists === 'all' ? pieces.pieces : Math.ceil(pieces.lists / batchLists);
  return { batches, epoch, passes: () => ({ passes: drawn / pieces.lists }) };
}

/** What `of` makes of the pieces of a log one after another. */
export function* eachPiece<T>(train: LoggedClicks, pieces: LogPieces, of: (logged: LoggedClicks) => T): Generator<T> {
  for (let piece = 0; piece < pieces.pieces; piece++) yield of({ ...train, log: pieces.read(piece) });
}

/** N, of which rules that go by the number of sessions are told: those of all pieces where a log is in pieces. */
export const sessionsLearntFrom = ({ train, pieces }: Pick<LearningInput, 'train' | 'pieces'>): number =>
  pieces?.sessions ?? sessionsOf(train.log);
