import type { Bias } from '../../src/bias.ts';
import { type ClickLog, clickSums, sessionsOf } from '../../src/data/click-log.ts';
import type { QuerySet } from '../../src/data/query-set.ts';
import { UsageError } from '../../src/errors.ts';
import { type RankingLists, selectLists } from '../../src/learners/batches.ts';
import { type Decoded, optional, strictObject } from '../../src/schema.ts';
import { type Estimate, meanEstimate } from '../../src/stats/estimate.ts';
import type { EstimatedBias } from '../bias/bias-estimator.ts';
import type { LearningInput, LoggedClicks } from '../estimator.ts';
import { rowSums } from '../gain-estimate.ts';
import { shownAffine } from '../shown-bias.ts';
import { checkClicks } from '../weighted-learner.ts';
import { type ClickSpread, clickSpread } from './click-spread.ts';
import { type Clip, clipOption, clipValue } from './clip.ts';
import type { Spread, Weighted, Weighting } from './weighting.ts';

/** Whose expectation a session's click is divided by: that of the policy that drew its list, or of all the log's policies by their sessions. */
export type Over = 'own-policy' | 'all-policies';

/** Sums over the sessions of a log for every candidate document, shown or not, by logging policy (or of all as one). Sizes: P, Q queries, D documents. */
export interface Pool {
  readonly sessions: Float64Array; // length P · Q
  readonly clicks: Float64Array; //   length P · D
  readonly alpha: Float64Array; //    likewise Σ α_rank, 0 where not shown: over sessions it is E_π[α] under the log's frequencies
  readonly beta: Float64Array; //     likewise Σ β_rank
}

type Candidates = Pick<QuerySet, 'offsets'>;

const policyOf = (log: ClickLog, over: Over) => (l: number) => (over === 'own-policy' && log.policies ? log.policies[l] : 0);

/** @throws UsageError as `shownAffine`: where the bias does not cover the lists */
export function poolLog(log: ClickLog, { offsets }: Candidates, bias: Bias, over: Over): Pool {
  const { clicks, sessions } = clickSums(log);
  const { alpha, beta } = shownAffine(log, bias);
  const policy = policyOf(log, over);
  const policies = 1 + sessions.reduce((most, _, l) => Math.max(most, policy(l)), 0);
  const [queries, documents] = [offsets.length - 1, offsets[offsets.length - 1]];
  const perDocument = () => new Float64Array(policies * documents);
  const pool = { sessions: new Float64Array(policies * queries), clicks: perDocument(), alpha: perDocument(), beta: perDocument() };
  for (let l = 0; l < log.queries.length; l++) {
    pool.sessions[policy(l) * queries + log.queries[l]] += sessions[l];
    for (let i = log.offsets[l]; i < log.offsets[l + 1]; i++) {
      const d = policy(l) * documents + log.docs[i];
      pool.clicks[d] += clicks[i];
      pool.alpha[d] += sessions[l] * alpha[i];
      pool.beta[d] += sessions[l] * beta[i];
    }
  }
  return pool;
}

/** E_π[α_rank(d)] and E_π[β_rank(d)] of a logging policy, by document row, 0 for what it never shows. Length P · D, policy by policy. */
export interface Expectations {
  readonly alpha: Float64Array;
  readonly beta: Float64Array;
}

/** Sessions of the query, by policy and document: length P · D. */
function sessionsPerDocument({ sessions, clicks }: Pool, { offsets }: Candidates): Float64Array {
  const queries = offsets.length - 1;
  const [documents, perDocument] = [offsets[queries], new Float64Array(clicks.length)];
  for (let g = 0; g < sessions.length; g++) {
    const [start, q] = [Math.floor(g / queries) * documents, g % queries];
    perDocument.fill(sessions[g], start + offsets[q], start + offsets[q + 1]);
  }
  return perDocument;
}

/** Over all P policies of each document, length D. */
function overPolicies(values: Float64Array, documents: number): Float64Array {
  const sums = new Float64Array(documents);
  for (let i = 0; i < values.length; i++) sums[i % documents] += values[i];
  return sums;
}

/** 1 / max(E α, τ) by policy and document, times all sessions of the query over those whose policy shows the document; 0 where E α and τ are 0. */
function correctionFactors(alpha: Float64Array, perDocument: Float64Array, documents: number, clip: number): Float64Array {
  const all = overPolicies(perDocument, documents);
  const showing = overPolicies(
    perDocument.map((n, i) => (alpha[i] > 0 ? n : 0)),
    documents,
  );
  return alpha.map((a, i) => (a > 0 ? all[i % documents] / showing[i % documents] / Math.max(a, clip) : 0));
}

export interface CandidateGainOptions {
  readonly clip?: number; //                  τ in [0, 1]; 0 by default: nothing is clipped
  readonly over?: Over; //                    'all-policies' by default
  readonly policy?: Expectations; //          the logging policies where they are known; else the log's frequencies
  readonly regression?: Float64Array; //      γ̃ by document row, length D; 0 by default
  readonly subtract?: 'rank' | 'expected'; // β of the rank shown (default: less variance), or E β whatever was shown
}

/**
 * Gain per session from the candidates of its query, shown or not, by the terms
 *   X_s = Σ_d g_d [γ̃_d + (c_sd − β_rank(d) − α_rank(d) γ̃_d) / max(E_π[α_rank(d)], τ)],  c = α = β = 0 where d is not shown.
 * With the log's frequencies for π the value is g_d (Σ_s c − β)/(Σ_s α) over sessions where nothing is clipped, unbiased given what was shown; its
 * standard error is then the delta method's, whose terms have that ratio for γ̃. With `subtract: expected` Σ_d g_d (c_sd − E β)/max(E α, τ).
 * @param gains by document row, length D
 */
export function candidateGain(
  log: ClickLog,
  candidates: Candidates,
  gains: Float64Array,
  bias: Bias,
  { clip = 0, over = 'all-policies', policy, regression, subtract = 'rank' }: CandidateGainOptions = {},
): Estimate {
  const { offsets } = candidates;
  const documents = offsets[offsets.length - 1];
  if (!(clip >= 0 && clip <= 1)) throw new UsageError(`clip must be in [0, 1], got ${clip}; 0 clips nothing`);
  for (const [what, values] of Object.entries({ gains, 'predictions of relevance': regression }))
    if (values && values.length !== documents)
      throw new UsageError(`expected ${documents} ${what}, one per document, got ${values.length}`);
  const pool = poolLog(log, candidates, bias, over);
  if (policy && policy.alpha.length !== pool.clicks.length)
    throw new UsageError(
      `expected ${pool.clicks.length} expectations, one per document${over === 'own-policy' ? ' of every policy' : ''}, got ${policy.alpha.length}`,
    );
  const perDocument = sessionsPerDocument(pool, candidates);
  const mean = (sums: Float64Array) => sums.map((sum, i) => (perDocument[i] > 0 ? sum / perDocument[i] : 0));
  const expected = policy ?? { alpha: mean(pool.alpha), beta: mean(pool.beta) };
  const factors = correctionFactors(expected.alpha, perDocument, documents, clip);
  // where the log's own frequencies divide, a ratio of sums stands for the regression: the value is the same, the doubt the ratio's
  const isRatio = expected.alpha.map((a) => Number(!policy && subtract === 'rank' && a > 0 && a >= clip));
  const model = isRatio.map((is, i) => (is ? (pool.clicks[i] - pool.beta[i]) / pool.alpha[i] : (regression?.[i % documents] ?? 0)));
  const predicted = model.map((gamma, i) => (isRatio[i] ? gamma * factors[i] * expected.alpha[i] : gamma));
  const { alpha, beta } = shownAffine(log, bias);
  const group = policyOf(log, over);
  const perShown = new Float64Array(log.docs.length);
  const bases = Float64Array.from(log.queries, (query, l) => {
    const start = group(l) * documents;
    let base = 0;
    for (let d = offsets[query]; d < offsets[query + 1]; d++) {
      base += gains[d] * predicted[start + d];
      if (subtract === 'expected') base -= gains[d] * factors[start + d] * expected.beta[start + d];
    }
    for (let i = log.offsets[l]; i < log.offsets[l + 1]; i++) {
      const d = log.docs[i];
      perShown[i] = gains[d] * factors[start + d];
      if (subtract === 'rank') base -= perShown[i] * (beta[i] + alpha[i] * model[start + d]);
    }
    return base;
  });
  return meanEstimate(
    rowSums(log, perShown, 'gains').map((sum, r) => sum + bases[log.list[r]]),
    log.count,
  );
}

/** What gains over candidates take beside a bias. */
export type PolicyAware = Pick<CandidateGainOptions, 'clip' | 'policy'>;
/** And those that subtract β. */
export type AffinePolicyAware = PolicyAware & Pick<CandidateGainOptions, 'subtract'>;

/** {@link candidateGain} for one kind of bias, over one expectation. */
export const gainOver =
  <B extends Bias, Options extends AffinePolicyAware = AffinePolicyAware>(over: Over) =>
  (log: ClickLog, candidates: Candidates, gains: Float64Array, bias: B, options?: Options): Estimate =>
    candidateGain(log, candidates, gains, bias, { ...options, over });

/** n γ̂ of every candidate, summed over the sessions of its query, length D: n γ̃ + Σ_π (Σ c − β − α γ̃)/max(E_π α, τ). */
function candidateWeights(
  pool: Pool,
  candidates: Candidates,
  clip: number,
  regression: Float64Array | null,
  corrects: boolean,
): Float64Array {
  const documents = candidates.offsets[candidates.offsets.length - 1];
  const perDocument = sessionsPerDocument(pool, candidates);
  const expected = pool.alpha.map((sum, i) => (perDocument[i] > 0 ? sum / perDocument[i] : 0));
  const factors = correctionFactors(expected, perDocument, documents, clip);
  return overPolicies(
    factors.map((factor, i) => {
      const predicted = regression?.[i % documents] ?? 0;
      const correction = corrects ? factor * (pool.clicks[i] - pool.beta[i] - pool.alpha[i] * predicted) : 0;
      return perDocument[i] * predicted + correction;
    }),
    documents,
  );
}

/**
 * A list for each query with sessions, of its documents that can be told of: all where a regression tells of them, else those that some session could
 * examine. What the log never shows would count as irrelevant, and teach the order of the logging policy.
 */
function candidateLists(weights: Float64Array, pool: Pool, { offsets }: Candidates, regressed: boolean): RankingLists {
  const sessions = overPolicies(pool.sessions, offsets.length - 1);
  const alpha = overPolicies(pool.alpha, weights.length);
  const docs = Uint32Array.from(weights.keys()).filter((d) => regressed || alpha[d] > 0);
  const starts = new Uint32Array(offsets.length); // of every query, in `docs`
  for (let q = 0, i = 0; q + 1 < offsets.length; q++) {
    while (i < docs.length && docs[i] < offsets[q + 1]) i++;
    starts[q + 1] = i;
  }
  const all = { offsets: starts, docs, weights: Float64Array.from(docs, (d) => weights[d]), sessions };
  return selectLists(
    all,
    Uint32Array.from(sessions.keys()).filter((q) => sessions[q] > 0 && starts[q + 1] > starts[q]),
  );
}

/** The bias of clicks on one of the logs: α and β where the estimator tells them, else examination. */
export const biasOf = (bias: EstimatedBias, logged: LoggedClicks): Bias => bias.affine ?? bias.of(logged);

/**
 * The candidates of every query, both logs corrected alike under the frequencies of their own lists.
 * @param biasOn of the clicks of a log @param regress γ̃ by document row of each of the two query sets @param corrects false: γ̃ stands alone
 */
export function onCandidates(
  input: LearningInput,
  biasOn: (logged: LoggedClicks) => Bias,
  { clip, over, corrects = true }: { readonly clip: Clip; readonly over: Over; readonly corrects?: boolean },
  regress?: (pools: Pools, clip: number) => Predicted,
): Weighted {
  const { train, heldOut } = input;
  const cut = clipValue(clip, sessionsOf(train.log));
  const poolOf = (logged: LoggedClicks) => {
    checkClicks(logged.log);
    return poolLog(logged.log, logged.querySet, biasOn(logged), over);
  };
  const pools = { train: poolOf(train), heldOut: heldOut && poolOf(heldOut) };
  const predicted = regress?.(pools, cut);
  const lists = ({ querySet }: LoggedClicks, pool: Pool, gamma: Float64Array | null) =>
    candidateLists(candidateWeights(pool, querySet, cut, gamma, corrects), pool, querySet, gamma !== null);
  const weighted = {
    train: lists(train, pools.train, predicted?.train ?? null),
    heldOut: heldOut && pools.heldOut && lists(heldOut, pools.heldOut, predicted?.heldOut ?? null),
    normaliser: 'sessions',
  } as const;
  const { clippedShare } = poolSpread(pools.train, train.querySet, cut);
  return clippedShare !== undefined && corrects ? { ...weighted, clippedShare } : weighted;
}

export interface Pools {
  readonly train: Pool;
  readonly heldOut: Pool | null;
}

export interface Predicted {
  readonly train: Float64Array;
  readonly heldOut: Float64Array | null;
}

const options = strictObject({ clip: optional(clipOption, 0) });

/** What weightings by expectations of one kind do. @param biasOn of the clicks of a log */
export const weighedOver = (over: Over, biasOn: (bias: EstimatedBias, logged: LoggedClicks) => Bias) =>
  ({
    options,
    create:
      ({ clip }: Decoded<typeof options>): Weighting =>
      (input, bias) =>
        onCandidates(input, (logged) => biasOn(bias, logged), { clip, over }),
    spread:
      ({ clip }: Decoded<typeof options>): Spread =>
      (logged, bias) =>
        candidateSpread(logged, biasOn(bias, logged), { clip, over }),
  }) as const;

/** Of the clicks of a log by 1/max(E α, τ), times the sessions of the query over those whose policy shows the document. */
export function candidateSpread({ log, querySet }: LoggedClicks, bias: Bias, { clip, over }: { readonly clip: Clip; readonly over: Over }) {
  return poolSpread(poolLog(log, querySet, bias, over), querySet, clipValue(clip, sessionsOf(log)));
}

function poolSpread(pool: Pool, candidates: Candidates, clip: number): ClickSpread {
  const perDocument = sessionsPerDocument(pool, candidates);
  const propensities = pool.alpha.map((sum, i) => (perDocument[i] > 0 ? sum / perDocument[i] : 0));
  const weights = correctionFactors(propensities, perDocument, candidates.offsets[candidates.offsets.length - 1], clip);
  return clickSpread({ weights, counts: pool.clicks, propensities, clip });
}
