import { type ClickLog, clickSums, positionsOf } from '../../src/data/click-log.ts';
import { UsageError } from '../../src/errors.ts';
import { checkLinked } from './all-pairs.ts';
import { firstRank, type Parent, rankAbove } from './chained-ratios.ts';
import { queryVisitor } from './harvest.ts';
import { checkLinks } from './harvested-links.ts';
import { addSums, emptySums, type PairSums } from './pair-sums.ts';

/** Why the clicks of a log do not compare its ranks, of documents that were seen at several; null where they do. */
export const unlinked = (log: ClickLog): string | null => refusal(() => checkLinked(linkedSums(log)));

/** Why estimators that take some of the pairs of ranks refuse a log; null where they do not. */
export function missingLinks(log: ClickLog): Readonly<Record<'pivot-one' | 'adjacent-chain', string | null>> {
  const sums = linkedSums(log);
  const of = (parent: Parent) => refusal(() => checkLinks(parent, sums));
  return { 'pivot-one': of(firstRank), 'adjacent-chain': of(rankAbove) };
}

function linkedSums(log: ClickLog): PairSums {
  const sums = emptySums(positionsOf(log));
  queryVisitor(log)((own) => addSums(sums, own, 1));
  return sums;
}

function refusal(check: () => void): string | null {
  try {
    check();
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
/** @throws UsageError where a rank was never clicked, whose examination a fit draws to 0 as far as its steps or prior let it; and as {@link checkClicked} */
export function checkRanksClicked(log: ClickLog): void {
  checkClicked(log);
  const { clicks } = clickSums(log);
  const ofRank = new Float64Array(positionsOf(log));
  for (let l = 0; l + 1 < log.offsets.length; l++)
    for (let i = log.offsets[l]; i < log.offsets[l + 1]; i++) ofRank[i - log.offsets[l]] += clicks[i];
  const silent = [...ofRank.keys()].filter((k) => ofRank[k] === 0).map((k) => k + 1);
  if (silent.length === 0) return;
  throw new UsageError(
    `no click at ${silent.length === 1 ? 'rank' : 'ranks'} ${silent.join(', ')} of the log, so a start or a prior would be shown for the bias there: more sessions are needed, or fewer positions`,
  );
}

/**
 * For fits with a relevance of its own for every document: between ranks without a document that was seen, and clicked, at both any ratio explains the clicks as well, and such a fit
 * shows its prior. @throws UsageError there, and as {@link checkRanksClicked}
 */
export function checkTied(log: ClickLog): void {
  checkRanksClicked(log);
  const apart = unlinked(log);
  if (apart !== null) throw new UsageError(apart.replace('so their bias cannot be compared', 'so a prior would be shown for their bias'));
}
