import type { LogDiagnosis } from './diagnose-log.ts';

/** `take`: what follows from the log; `can`: it would work; `no`: it would not. */
export interface Verdict {
  readonly name: string;
  readonly verdict: 'take' | 'can' | 'no';
  readonly why: string;
}

/** Odds ratios of clicks at neighbouring ranks that are surely beyond these (their interval is): independent clicks have 1. */
const cascadeOdds = 0.9;
const readerOdds = 1.1;

/** Whether clicks come in the way of position-based users, as far as neighbouring clicks tell: Mantel–Haenszel, all intervals together 95 %. */
export function usersOf({ neighbours }: LogDiagnosis): 'position-based' | 'cascade' | 'differ' | 'unknown' {
  if (neighbours.some(({ upper }) => upper < cascadeOdds)) return 'cascade';
  if (neighbours.some(({ lower }) => lower > readerOdds)) return 'differ';
  return neighbours.some(({ ratio }) => Number.isFinite(ratio)) ? 'position-based' : 'unknown';
}

const groupsOf = ({ rankGroups }: LogDiagnosis): number => new Set(rankGroups).size;

/** θ up to one factor is in the clicks of documents that moved. */
export const ranksLinked = (diagnosis: LogDiagnosis): boolean => groupsOf(diagnosis) === 1;

/** In whole percent, and two decimals below one. */
export const percent = (share: number): string => `${(100 * share).toFixed(share > 0 && share < 0.01 ? 2 : 0).replace(/^-0$/, '0')} %`;

/**
 * What each estimator of bias could make of a log, and which follows: a click model where clicks hang together within a list, else sessions that were
 * randomised, else documents that moved, else features, which tell ranks apart by the form of the ranker alone.
 * @param unlinked why harvesting fails beyond the rank graph (no clicks, say), null where it does not
 */
export function biasAdvice(diagnosis: LogDiagnosis, unlinked: string | null = null): Verdict[] {
  const { features, randomised, overlap, log } = diagnosis;
  const users = usersOf(diagnosis);
  const linked = ranksLinked(diagnosis) && unlinked === null;
  const apart =
    unlinked ?? `ranks fall into ${groupsOf(diagnosis)} groups without a document in common: only within a group can they be compared`;
  const byForm = features !== null && features.lost === 0;
  const taken = takenOf(users, randomised > 0, linked, byForm);
  const moved = `${percent(log.atSeveralRanks)} of the documents were shown at several ranks, and all ranks hang together`;
  const form = () => {
    if (features === null) return 'relevance must be learnt from features, and the log has none (--data)';
    if (features.lost > 0)
      return `features say ${features.lost === 1 ? 'a contrast' : `${features.lost} contrasts`} of ranks as well: bias and relevance cannot be told apart`;
    const doubt = features.explained > 0.9 ? `; weak, as features explain ${percent(features.explained)} of a contrast of ranks` : '';
    return linked
      ? `relevance from features, and documents that moved${doubt}`
      : `[rank | features] tells ranks apart, but by the form of the ranker alone: right if relevance is what that ranker can say${doubt}`;
  };
  const ofModel = {
    cascade:
      'a click makes a click at the next rank rarer: users stop, so examination depends on the clicks above (dynamic-bayesian, user-browsing)',
    differ: 'clicks come in company: users differ in how far they read (user-browsing, a mixture)',
    'position-based': 'no sign that clicks at neighbouring ranks depend on each other, so position-based',
    unknown: 'too few sessions a list to see how users read it',
  }[users];
  const mismatch = users === 'cascade' || users === 'differ' ? '; a mean over lists, as examination depends on the clicks above' : '';
  const verdict = (name: string, can: boolean, why: string): Verdict => ({
    name,
    verdict: name === taken ? 'take' : can ? 'can' : 'no',
    why,
  });
  const swaps = `right if the ${randomised} sessions are of such swaps`;
  const none = 'needs sessions whose ranks were drawn (--randomised-log)';
  const all = [
    verdict(
      'click-model',
      linked || users === 'cascade' || users === 'differ',
      linked || users !== 'position-based' ? ofModel : `${ofModel}, and ${apart}`,
    ),
    verdict(
      'randomisation',
      randomised > 0,
      randomised > 0 ? `${randomised} sessions beside the log: right if their order was drawn${mismatch}` : none,
    ),
    verdict(
      'all-pairs',
      linked,
      linked ? `${moved} (${percent(1 - overlap.atUsualRank)} of the impressions away from the usual rank)${mismatch}` : apart,
    ),
    ...['pivot-one', 'adjacent-chain'].map((name) => verdict(name, linked, linked ? 'as all-pairs, from fewer of the pairs' : apart)),
    ...['rand-pair', 'adjacent-swap', 'fair-pairs'].map((name) => verdict(name, randomised > 0, randomised > 0 ? swaps : none)),
    ...['regression-em', 'dual-learning'].map((name) => verdict(name, byForm, form())),
    verdict('two-tower', byForm, byForm ? `${form()}; bias is added in log-odds` : form()),
    verdict(
      'trust-bias',
      linked || byForm,
      linked || byForm ? 'for clicks that follow trust: its scale is a prior’s, not the log’s' : apart,
    ),
    verdict('pairwise-debiasing', false, 'no consistent estimate unless lists are in random order'),
    verdict('naive-ctr', false, 'bias and relevance in one'),
  ];
  return (['take', 'can', 'no'] as const).flatMap((kind) => all.filter((one) => one.verdict === kind));
}

function takenOf(users: ReturnType<typeof usersOf>, randomised: boolean, linked: boolean, byForm: boolean): string | null {
  if (users === 'cascade' || users === 'differ') return 'click-model';
  if (randomised) return 'randomisation';
  if (linked) return 'all-pairs';
  return byForm ? 'regression-em' : null;
}

const fewSessions = 10_000;
const fewEffective = 0.1;

/**
 * Which weighting follows: for several policies one over all of them; under a cutoff one over all candidates; for few sessions with features doubly
 * robust, which beat IPS there; where few clicks would speak for all, a clip; else IPS.
 * @param effective of the clicks under IPS, their effective size over their number; null where no bias could be told
 */
export function weightingAdvice(diagnosis: LogDiagnosis, bias: string | null, effective: number | null): Verdict {
  const { policies, byAllPolicies, neverShown, overlap, features, log } = diagnosis;
  const take = (name: string, why: string): Verdict => ({ name, verdict: 'take', why });
  if (bias === null) return { name: 'naive', verdict: 'no', why: 'no estimator of bias follows, so nothing corrects clicks' };
  if (bias === 'click-model') return take('ips', 'examination is of every click, after the clicks above it');
  if (policies > 1)
    return take(
      'intervention-aware',
      `${policies} policies wrote the log; documents that all show have ${percent(byAllPolicies)} of the impressions`,
    );
  if (log.sessions < fewSessions && features !== null)
    return take(
      'doubly-robust',
      `few sessions (${log.sessions.toLocaleString('en-US')}): a regression of relevance on features has less variance`,
    );
  if (neverShown !== null && neverShown > 0 && overlap.atUsualRank < 1)
    return take('policy-aware-ips', `lists leave out documents (${percent(neverShown)} were never shown), and which ones varies`);
  if (effective !== null && effective < fewEffective)
    return take('clipped-ips', `under ips ${percent(effective)} of the clicks would say as much: a clip lowers the variance`);
  return take(
    'ips',
    effective === null ? 'nothing speaks against it' : `clicks are worth ${percent(effective)} of as many of equal weight`,
  );
}
