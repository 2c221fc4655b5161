import { type ClickLog, clickSums, positionsOf } from '../../src/data/click-log.ts';
import { rankGroups } from '../../src/diagnostics/index.ts';
import { UsageError } from '../../src/errors.ts';
import { checkLinked } from './all-pairs.ts';
import { addSums, emptySums, moreVariation, queryVisitor } from './harvest.ts';

/** Why the clicks of a log do not compare its ranks, of documents that were seen at several; null where they do. */
export function unlinked(log: ClickLog): string | null {
  const sums = emptySums(positionsOf(log));
  queryVisitor(log)((own) => addSums(sums, own, 1));
  try {
    checkLinked(sums);
    return null;
  } catch (fault) {
    if (!(fault instanceof UsageError)) throw fault;
    return fault.message;
  }
}

/** @throws UsageError where a log has no click, so that a fit would show where it started */
export function checkClicked(log: ClickLog): void {
  if (clickSums(log).clicks.some((clicks) => clicks > 0)) return;
  throw new UsageError('the log has no click, which a bias could be told from: more sessions are needed');
}
/**
 * For fits with a relevance of its own for every document: between ranks without a document in common any ratio explains the clicks as well, and such a fit
 * shows its prior. @throws UsageError there, and as {@link checkClicked}
 */
export function checkTied(log: ClickLog): void {
  checkClicked(log);
  const { sessions } = clickSums(log);
  const groups = rankGroups(log, (l) => sessions[l] > 0);
  const apart = [...groups.keys()].filter((k) => groups[k] !== 0).map((k) => k + 1);
  if (apart.length === 0) return;
  throw new UsageError(
    `no document was seen both at rank 1, or one that others tie to it, and at ${apart.length === 1 ? 'rank' : 'ranks'} ${apart.join(', ')}, so a prior would be shown for their bias: ${moreVariation}`,
  );
}
