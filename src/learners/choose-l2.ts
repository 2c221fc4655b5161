import { UsageError } from '../errors.ts';
import type { TrainingRecord } from './train.ts';
import type { TrainingOptions } from './training-options.ts';

/** λ of λ/2 · ‖w‖² that `auto` tries, strongest first: losses are means over sessions, features have spread 1 where they are scaled. */
const l2Path: readonly number[] = [30, 10, 3, 1, 0.3, 0.1, 0.03, 0.01, 0];

/** Training queries a feature from which `auto` takes no penalty: the rule of ten events a variable. Peduzzi et al., J. Clin. Epidemiol. 1996. */
const queriesPerFeature = 10;

/** k of λ = k/sessions that `auto` tries for numbers of ids: each is drawn to 0 as if its log-odds had a precision of k before a session was seen. */
const precisions: readonly number[] = [100, 30, 10, 3, 1, 0.3, 0];

export interface PenalisedRanker {
  readonly linear: boolean;
  readonly features: number;
  readonly queries: number;
  readonly heldOut: boolean;
  readonly idSessions?: number | null; // sessions that a number of each id is learnt from
}

/**
 * The penalties to choose from: those that the config names, or for `auto` a path of them where a linear ranker has fewer than ten training
 * queries a feature, or a number is learnt for each id, and there is something held out to choose by, else none.
 */
export function l2Candidates(
  l2: TrainingOptions['l2'],
  { linear, features, queries, heldOut, idSessions = null }: PenalisedRanker,
): readonly number[] {
  if (typeof l2 === 'number') return [l2];
  if (l2 !== 'auto') return l2;
  if (idSessions !== null && heldOut) return precisions.map((k) => k / idSessions);
  return linear && heldOut && queries < queriesPerFeature * features ? l2Path : [0];
}

/**
 * Of what is trained with every penalty, that of the lowest held-out loss, ties to the first; its record says which penalty, of how many.
 * @throws UsageError for several penalties where nothing is held out
 */
export function chooseL2<T extends { readonly record: TrainingRecord }>(penalties: readonly number[], train: (l2: number) => T): T {
  const trained = penalties.map((l2) => ({ l2, of: train(l2) }));
  if (trained.length === 1) return trained[0].of;
  if (trained.every(({ of }) => of.record.status.heldOutLoss === null))
    throw new UsageError('l2 is chosen by held-out clicks, and there are none: give one penalty, or clicks on validation queries');
  const loss = ({ of }: { of: T }) => of.record.status.heldOutLoss ?? Infinity;
  const { l2, of } = trained.reduce((best, one) => (loss(one) < loss(best) ? one : best));
  const { curve, status } = of.record;
  const message = `l2 ${l2}, one of ${penalties.length} tried, had the lowest held-out loss: ${status.message}`;
  return { ...of, record: { curve, status: { ...status, message } } };
}
