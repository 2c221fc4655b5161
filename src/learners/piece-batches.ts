import type { ClickLog } from '../data/click-log.ts';
import type { LogPieces } from '../data/log-pieces.ts';
import type { QuerySet } from '../data/query-set.ts';
import { permutation } from '../random/permutation.ts';
import type { Rng } from '../random/rng.ts';
import { batchMaker, type ListBatch, type RankingLists, selectLists } from './batches.ts';

/**
 * Batches without end of a log that is not in memory. Every epoch reads the pieces in a random order, and draws the lists of each in a random order without
 * replacement: each list once. A batch is of one piece, so that the last of a piece may be smaller.
 * @param listsOf the lists of a piece with their weights; a piece of which it leaves none is passed over
 * @param size lists of a batch at most; 'all': a piece is a batch
 * @throws Error where no piece has a list
 */
export function* pieceBatches(
  set: QuerySet,
  pieces: LogPieces,
  listsOf: (log: ClickLog) => RankingLists,
  size: number | 'all',
  rng: Rng,
): Generator<ListBatch, never> {
  const batchOf = batchMaker(set);
  for (;;) {
    let drawn = 0;
    for (const piece of permutation(pieces.pieces, rng)) {
      const lists = listsOf(pieces.read(piece));
      const L = lists.sessions.length;
      const order = permutation(L, rng);
      for (let start = 0; start < L; start += size === 'all' ? L : size) {
        const chosen = order.slice(start, size === 'all' ? L : start + size);
        yield batchOf(selectLists(lists, chosen), chosen);
      }
      drawn += L;
    }
    if (drawn === 0) throw new Error('no piece of the log has a list to learn from');
  }
}
