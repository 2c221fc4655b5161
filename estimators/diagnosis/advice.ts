import type { RankAndFeatures } from '../../src/diagnostics/rank-and-features.ts';
import type { LogDiagnosis } from './diagnose-log.ts';

/** `take`: what follows from the log; `can`: it would work; `no`: it would not. */
export interface Verdict {
  readonly name: string;
  readonly verdict: 'take' | 'can' | 'no';
  readonly why: string;
  readonly model?: string; // of a click model that follows
  readonly clip?: number; //  of a weighting that follows, where it is not the usual one
}

/** Odds ratios of clicks at neighbouring ranks that are surely beyond these (their interval is): independent clicks have 1. */
const cascadeOdds = 0.9;
const readerOdds = 1.1;

/** Sessions from which weights that documents at several ranks tell make a ranker better than labels do, of users who stop at their first click: docs/own-log.md. */
const enoughForWeights = 10_000;

/** Sessions from which labels of a click model are better than weights where clicks make later ones rarer: what examination after the clicks above is worth shows once clicks are no longer few. */
const enoughForLabels = 200_000;

/** Sessions with several clicks, of those with any, in a log of users who stop at their first. */
const slips = 0.01;

/** How users click; `one-click`: they stop at the first; `trust`: independently, with rates affine in relevance. */
export type Users = 'position-based' | 'trust' | 'cascade' | 'one-click' | 'differ' | 'unknown';

/** Whether clicks come in the way of position-based users, as far as neighbouring clicks tell: Mantel–Haenszel, all intervals together 95 %; and of those that are independent, whether trust tells them better. */
export function usersOf({ neighbours, log, trust, clickingEverything }: LogDiagnosis): Users {
  if (neighbours.some(({ upper }) => upper < cascadeOdds))
    return log.severalClicks - (clickingEverything?.sessions ?? 0) / log.sessions <= slips * (1 - log.clickless) ? 'one-click' : 'cascade';
  if (neighbours.some(({ lower }) => lower > readerOdds)) return 'differ';
  if (trust !== null && trust.gain > trust.penalty) return 'trust';
  return neighbours.some(({ ratio }) => Number.isFinite(ratio)) ? 'position-based' : 'unknown';
}

const whole = (value: number): string => Math.round(value).toLocaleString('en-US');

const groupsOf = ({ rankGroups }: LogDiagnosis): number => new Set(rankGroups).size;

/** θ up to one factor is in the clicks of documents that moved. */
export const ranksLinked = (diagnosis: LogDiagnosis): boolean => groupsOf(diagnosis) === 1;

/** In whole percent, and two decimals where the rest of the way to 0 or 100 is below one. */
export const percent = (share: number): string => {
  const near = (share > 0 && share < 0.01) || (share > 0.99 && share < 1);
  return `${(100 * share).toFixed(near ? 2 : 0).replace(/^-0$/, '0')} %`;
};

/** Estimators of bias that fit nothing to relevance, in the order in which they follow; all but the last want sessions whose ranks were drawn. */
export const withoutFit = ['randomisation', 'rand-pair', 'adjacent-swap', 'fair-pairs', 'all-pairs'] as const;

/** Which of them a log may suffice for. */
export const triedOn = (diagnosis: LogDiagnosis): readonly string[] =>
  withoutFit.filter((name) => {
    if (name === 'all-pairs') return ranksLinked(diagnosis);
    return diagnosis.randomised > 0 && !(name === 'randomisation' && diagnosis.notDrawn !== null);
  });

/**
 * What each estimator of bias could make of a log, and which follows: sessions that were randomised, else documents that moved, else features, which tell ranks
 * apart by the form of the ranker alone. Where clicks hang together within a list and documents are ids, first of all a click model, by which examinations after the clicks above
 * are counted; with features last, as a ranker learns from weights of clicks, and these say nothing of what a click kept from being seen: the mean over lists does.
 * Users who stop at their first click are the exception where sessions are few or nothing but a form tells the mean: all above it was seen and nothing below, so that attraction is a share of what was seen, and labels for any ranker;
 * so are those who stop at some clicks once sessions are very many.
 * @param refused why those of {@link triedOn} that were tried do not tell the bias of all ranks @param contextNames of contexts by number; those without have their number
 */
export function biasAdvice(
  diagnosis: LogDiagnosis,
  refused: ReadonlyMap<string, string> = new Map(),
  contextNames: ReadonlyMap<number, string> = new Map(),
): Verdict[] {
  const { features, randomised, overlap, log, contexts } = diagnosis;
  const users = usersOf(diagnosis);
  const tried = triedOn(diagnosis).filter((name) => !refused.has(name));
  const linked = tried.includes('all-pairs');
  const silent = diagnosis.clickThrough.indexOf(0);
  const byForm = features !== null && features.lost === 0 && silent < 0;
  const byClick = users === 'cascade' || users === 'one-click' || users === 'differ';
  const nothing = nothingToTell(diagnosis);
  const byWeights = tried.length > 0 && log.sessions >= enoughForWeights;
  const modelFirst = (users === 'one-click' && !byWeights) || isLabelled(diagnosis) || (byClick && features === null);
  const byRank = (users === 'trust' ? 'trust-bias' : tried[0]) ?? (byForm ? 'regression-em' : null);
  const taken = nothing !== null ? null : modelFirst ? 'click-model' : (byRank ?? (byClick ? 'click-model' : null));
  const verdict = (name: string, can: boolean, why: string): Verdict => {
    const kind = name === taken ? 'take' : can && nothing === null ? 'can' : 'no';
    const model = name === 'click-model' && byClick ? { model: users === 'differ' ? 'user-browsing' : 'dynamic-bayesian' } : {};
    return { name, verdict: kind, why: nothing ?? why, ...model };
  };
  const apart =
    refused.get('all-pairs') ??
    `ranks fall into ${groupsOf(diagnosis)} groups without a document in common: only within a group can they be compared`;
  const moved = `${percent(log.atSeveralRanks)} of the documents were shown at several ranks, and all ranks hang together`;
  const form = () => {
    if (features === null) return 'relevance must be learnt from features, and the log has none (--features)';
    if (silent >= 0) return `no click at rank ${silent + 1} of the log: more sessions are needed, or fewer positions`;
    const told = saidByFeatures(features);
    if (told !== null) return told;
    const doubt = features.explained > 0.9 ? `; weak, as features explain ${percent(features.explained)} of a contrast of ranks` : '';
    return linked
      ? `relevance from features, and documents that moved${doubt}`
      : `[rank | features] tells ranks apart, but by the form of the ranker alone: right if relevance is what that ranker can say${doubt}`;
  };
  const ofModel = {
    'one-click': `${percent(log.severalClicks / (1 - log.clickless))} of the sessions with a click have another: users stop at the first, so all above it was seen and nothing below (if the log keeps every click)`,
    cascade: 'a click makes a click at the next rank rarer: users stop, so examination depends on the clicks above',
    differ: 'clicks come in company: users differ in how far they read (else a mixture)',
    trust: 'clicks at neighbouring ranks do not depend on each other, and trust tells them better than examination alone',
    'position-based': 'no sign that clicks at neighbouring ranks depend on each other, which is how position-based users click',
    unknown: 'too few sessions a list to see how users read it',
  }[users];
  const mismatch = byClick ? '; a mean over lists, as examination depends on the clicks above' : '';
  const ofTrust =
    users === 'trust' && diagnosis.trust !== null
      ? `documents that moved lose less than examination would cost them where they are not relevant: α and β tell the clicks better (2 log-likelihoods ${whole(diagnosis.trust.gain)} apart, ${whole(diagnosis.trust.penalty)} asked)`
      : 'for clicks that follow trust';
  const drawn = (name: string) => {
    if (randomised === 0) return verdict(name, false, 'needs sessions whose ranks were drawn (--randomised-log, --randomised-policy)');
    if (name === 'randomisation' && diagnosis.notDrawn !== null) return verdict(name, false, diagnosis.notDrawn);
    const right = name === 'randomisation' ? 'right if their order was drawn' : 'right if they are of such swaps';
    return verdict(
      name,
      tried.includes(name),
      refused.get(name) ?? `${randomised.toLocaleString('en-US')} sessions whose ranks were drawn: ${right}${mismatch}`,
    );
  };
  const harvested = (name: string, why: string) => verdict(name, linked, linked ? `${why}${mismatch}` : apart);
  const ofContexts = () => {
    if (contexts === null) return verdict('contextual-network', false, 'needs lists whose context is known (--context)');
    const alone = contexts.findIndex((context) => context.apart !== null);
    if (alone >= 0 && linked)
      return verdict('contextual-network', false, `context ${contextNames.get(alone) ?? alone}: ${contexts[alone].apart}`);
    return harvested('contextual-network', 'as all-pairs, for each context by way of a network');
  };
  const all = [
    verdict('click-model', linked || byClick, linked || byClick ? ofModel : `${ofModel}, and ${apart}`),
    ...withoutFit.slice(0, -1).map(drawn),
    harvested('all-pairs', `${moved} (${percent(1 - overlap.atUsualRank)} of the impressions away from the usual rank)`),
    ...(['pivot-one', 'adjacent-chain'] as const).map((name) => {
      const missing = diagnosis.missingLinks[name];
      return linked && missing !== null ? verdict(name, false, missing) : harvested(name, 'as all-pairs, from fewer of the pairs');
    }),
    ofContexts(),
    ...['regression-em', 'dual-learning'].map((name) => verdict(name, byForm, form())),
    verdict('two-tower', byForm, byForm ? `${form()}; bias is added in log-odds` : form()),
    verdict(
      'trust-bias',
      linked,
      linked
        ? `${ofTrust}; its scale is a prior’s, not the log’s`
        : byForm
          ? `${apart}; with relevance: features alone, by the form of the ranker`
          : apart,
    ),
    verdict('pairwise-debiasing', false, 'no consistent estimate unless lists are in random order'),
    verdict('naive-ctr', false, 'bias and relevance in one'),
  ];
  return (['take', 'can', 'no'] as const).flatMap((kind) => all.filter((one) => one.verdict === kind));
}

/** Whether users stop at some clicks, a ranker is to be learnt from features, and sessions are so many that a click model's labels are best. */
const isLabelled = (diagnosis: LogDiagnosis): boolean =>
  usersOf(diagnosis) === 'cascade' && diagnosis.features !== null && diagnosis.log.sessions >= enoughForLabels;

/** Why relevance learnt from the features of a log tells no bias; null where it may. */
export const saidByFeatures = ({ lost }: Pick<RankAndFeatures, 'lost'>): string | null =>
  lost === 0
    ? null
    : `features say ${lost === 1 ? 'a contrast' : `${lost} contrasts`} of ranks as well: bias and relevance cannot be told apart`;

/** Why a log has no bias to tell at all; null where it may. */
export function nothingToTell({ clickThrough, log }: LogDiagnosis): string | null {
  if (!(log.clicksPerSession > 0)) return 'no session of the log has a click';
  return clickThrough.length === 1 ? 'the log shows one rank: there is nothing to compare it with, and nothing to correct' : null;
}

/** No weighting: an estimator that takes the attraction of a click model for labels. */
export const clickModelLabelsName = 'click-model-labels';

const fewSessions = 50_000;
const veryFewSessions = 2_000;
const fewEffective = 0.1;

/**
 * Which weighting follows: for several policies one over all of them; a clip where sessions are few, examination was told by the form of a ranker or by a click model, or few clicks
 * would speak for all; labels in its stead for users who stop at their first click, and for those who stop at some once sessions are very many; else IPS. What is measured of it is in docs/own-log.md.
 * @param effective of the clicks under IPS, their effective size over their number; null where no bias could be told
 */
export function weightingAdvice(diagnosis: LogDiagnosis, bias: string | null, effective: number | null): Verdict {
  const { policies, byAllPolicies, log } = diagnosis;
  const take = (name: string, why: string): Verdict => ({ name, verdict: 'take', why });
  if (bias === null)
    return { name: 'naive', verdict: 'no', why: nothingToTell(diagnosis) ?? 'no estimator of bias follows, so nothing corrects clicks' };
  if (bias === 'click-model' && isLabelled(diagnosis))
    return take(
      clickModelLabelsName,
      `${whole(log.sessions)} sessions tell each document’s attraction by a click model: a label, and no click needs a weight`,
    );
  if (bias === 'click-model' && usersOf(diagnosis) === 'one-click')
    return take(
      clickModelLabelsName,
      'what was seen is known, so a document’s attraction is its clicks over its examinations: a label, and no click needs a weight',
    );
  if (bias === 'click-model')
    return take(
      'clipped-ips',
      'examination is of every click, after the clicks above it; a clip, as what a model takes for unlikely weighs most',
    );
  if (bias === 'trust-bias')
    return take(
      'affine',
      'clicks are affine in relevance: (c − β)/α is what is relevant, where dividing by examination alone leaves trust in',
    );
  if (policies > 1)
    return take(
      'intervention-aware',
      `${policies} policies wrote the log; documents that all show have ${percent(byAllPolicies)} of the impressions`,
    );
  if (bias === 'regression-em')
    return take('clipped-ips', 'examination is told by the form of a ranker: where it is taken for small, a clip bounds what that costs');
  if (log.sessions < (usersOf(diagnosis) === 'one-click' ? enoughForWeights : fewSessions))
    return {
      ...take('clipped-ips', `few sessions (${log.sessions.toLocaleString('en-US')}): a clip costs less bias than it saves variance`),
      clip: log.sessions < veryFewSessions ? 0.2 : 0.1,
    };
  if (effective !== null && effective < fewEffective)
    return take('clipped-ips', `under ips ${percent(effective)} of the clicks would say as much: a clip lowers the variance`);
  return take(
    'ips',
    effective === null ? 'nothing speaks against it' : `clicks are worth ${percent(effective)} of as many of equal weight`,
  );
}
