import { positionsOf } from '../src/data/click-log.ts';
import type { Estimate } from '../src/stats/estimate.ts';
import { studentQuantile } from '../src/stats/student-t.ts';
import type { ClickModel } from './click-model.ts';
import type { ShownList } from './code/walk-code.ts';
import type { FitLog } from './fit/event-tables.ts';
import { checkContexts } from './fit/event-tables.ts';
import { clickMarginals } from './marginals.ts';
import { shownLists } from './shown-lists.ts';

/** How well a model foretells the clicks of a log. Intervals are over sessions, 95 %, by the delta method. */
export interface ClickModelScore {
  readonly sessions: number;
  readonly impossible: number; //          sessions whose clicks the model rules out: without a floor one makes the log-likelihood −∞ and perplexities ∞
  readonly firstImpossible: number | null; // a row of the log of such; null: none
  readonly logLikelihood: Estimate; //     natural, of a session: mean over its ranks, then over sessions (Chuklin et al. 2015)
  readonly ofRows: Float64Array; //        that mean over ranks of each row of the log; NaN of an empty list
  readonly perplexity: PerplexityScore; // of P(C_k = 1)
  readonly conditionalPerplexity: PerplexityScore; // of P(C_k = 1 | clicks above)
  readonly ctrError: number; //            √ mean over ranks of (click-through rate − mean of P(C_k = 1))²
  readonly ctrByRank: readonly { readonly observed: number; readonly expected: number }[];
}

/** Perplexity of clicks by both conventions, 1 where all are foretold and 2 of a coin, with intervals over sessions. */
export interface PerplexityScore {
  readonly meanOfRanks: Estimate; // mean over ranks of 2^(−mean over the sessions that reach the rank of log₂ P)
  readonly pooled: Estimate; //      2^(−mean over all shown documents of log₂ P)
  readonly byRank: readonly Estimate[];
}

/**
 * Scores a model on a log: log-likelihood, perplexity and conditional perplexity, overall and by rank, and the error of click-through rates. Perplexity 1 is perfect, 2 a coin's.
 * Ranks that no session reaches are left out of the mean.
 * @param documents attraction and satisfaction by document row of the log, as far as the model asks
 * @param floor what a probability of something that happened counts as at least, so that a model which rules it out gets a number
 * @throws UsageError where lists, contexts or documents do not suit the model
 */
export function scoreClickModel(
  model: ClickModel,
  documents: Readonly<Record<string, Float64Array>>,
  fit: FitLog,
  floor = 0,
): ClickModelScore {
  const { log } = fit;
  checkContexts(model, fit);
  const K = positionsOf(log);
  const shown = shownLists(model, documents, fit);
  const [marginal, conditional] = [new RankLogs(K), new RankLogs(K)];
  const [clicks, expected] = [new Float64Array(K), new Float64Array(K)];
  let impossible = 0;
  let firstImpossible: number | null = null;
  const ofRows = new Float64Array(log.list.length).fill(Number.NaN);
  const mean = { sum: 0, squares: 0, n: 0 };
  const { walk } = model;
  const here = { own: new Float64Array(K), given: new Float64Array(K), marginals: new Float64Array() as Float64Array, possible: true };
  /** Visits rows with the log₂ probabilities of what each clicked, by rank: without the clicks above, and given them. */
  const eachRow = (visit: (row: number, length: number) => void) => {
    let [l, list]: [number, ShownList] = [-1, { attraction: new Float64Array() }];
    for (let row = 0; row < log.list.length; row++) {
      if (log.list[row] !== l) {
        l = log.list[row];
        list = shown(l);
        here.marginals = clickMarginals(model, list);
      }
      const at = log.clickOffsets[row];
      const length = log.clickOffsets[row + 1] - at;
      here.possible = true;
      walk.begin();
      for (let k = 0; k < length; k++) {
        const click = log.clicks[at + k];
        walk.look(k, list);
        if (walk.outcome[click] === 0) here.possible = false;
        here.given[k] = Math.log2(Math.max(floor, walk.outcome[click]));
        here.own[k] = Math.log2(Math.max(floor, click === 1 ? here.marginals[k] : 1 - here.marginals[k]));
        walk.move(k, click);
      }
      visit(row, length);
    }
  };
  eachRow((row, length) => {
    const count = log.count[row];
    let sum = 0;
    for (let k = 0; k < length; k++) {
      marginal.add(k, here.own[k], count);
      conditional.add(k, here.given[k], count);
      clicks[k] += count * log.clicks[log.clickOffsets[row] + k];
      expected[k] += count * here.marginals[k];
      sum += here.given[k];
    }
    if (length === 0) return;
    if (!here.possible) {
      impossible += count;
      firstImpossible ??= row;
    }
    const value = (sum * Math.LN2) / length;
    ofRows[row] = value;
    mean.sum += count * value;
    mean.squares += count * value * value;
    mean.n += count;
  });
  eachRow((row, length) => {
    marginal.influence(here.own, length, log.count[row]);
    conditional.influence(here.given, length, log.count[row]);
  });
  const ranks = Array.from({ length: K }, (_, k) => k).filter((k) => marginal.sessions[k] > 0);
  const ctrByRank = ranks.map((k) => ({ observed: clicks[k] / marginal.sessions[k], expected: expected[k] / marginal.sessions[k] }));
  const value = mean.sum / mean.n;
  return {
    sessions: mean.n,
    impossible,
    firstImpossible,
    logLikelihood: around(value, Math.sqrt(Math.max(0, mean.squares / mean.n - value * value) / (mean.n - 1)), mean.n),
    ofRows,
    perplexity: marginal.scores(mean.n),
    conditionalPerplexity: conditional.scores(mean.n),
    ctrError: Math.sqrt(ctrByRank.reduce((sum, rate) => sum + (rate.observed - rate.expected) ** 2, 0) / ctrByRank.length),
    ctrByRank,
  };
}

/** Means of log₂ probabilities by rank, and how far each session moves what is made of them. */
class RankLogs {
  readonly sessions: Float64Array;
  readonly #sums: Float64Array;
  readonly #squares: Float64Array; //  of influences, by rank; then of the mean over ranks, and of the pooled mean
  #overall = 0;
  #pooled = 0;

  constructor(K: number) {
    this.sessions = new Float64Array(K);
    this.#sums = new Float64Array(K);
    this.#squares = new Float64Array(K);
  }

  add(k: number, log2: number, count: number): void {
    this.sessions[k] += count;
    this.#sums[k] += count * log2;
  }

  /** Second pass: of Σ_r 2^(−m_r)/R, m_r a mean over n_r sessions, a session moves −ln 2 Σ_r 2^(−m_r)(l_r − m_r)/(n_r R). */
  influence(log2: Float64Array, length: number, count: number): void {
    const { shown, pooledMean, ranks } = this.#totals();
    let [overall, pooled] = [0, 0];
    for (let k = 0; k < length; k++) {
      const mean = this.#sums[k] / this.sessions[k];
      const own = (Math.LN2 * 2 ** -mean * (log2[k] - mean)) / this.sessions[k];
      this.#squares[k] += count * own * own;
      overall += own / ranks;
      pooled += (Math.LN2 * 2 ** -pooledMean * (log2[k] - pooledMean)) / shown;
    }
    this.#overall += count * overall * overall;
    this.#pooled += count * pooled * pooled;
  }

  scores(n: number): PerplexityScore {
    const { pooledMean } = this.#totals();
    const byRank = Array.from(this.sessions, (sessions, k) =>
      around(2 ** -(this.#sums[k] / sessions), Math.sqrt(this.#squares[k]), sessions),
    ).filter(({ n: reached }) => reached > 0);
    const mean = byRank.reduce((sum, { value }) => sum + value, 0) / byRank.length;
    return { meanOfRanks: around(mean, Math.sqrt(this.#overall), n), pooled: around(2 ** -pooledMean, Math.sqrt(this.#pooled), n), byRank };
  }

  #known: { readonly shown: number; readonly pooledMean: number; readonly ranks: number } | null = null;
  #totals() {
    if (this.#known === null) {
      const shown = this.sessions.reduce((sum, sessions) => sum + sessions, 0);
      const pooledMean = this.#sums.reduce((sum, one) => sum + one, 0) / shown;
      this.#known = { shown, pooledMean, ranks: this.sessions.filter((sessions) => sessions > 0).length };
    }
    return this.#known;
  }
}

/** The 95 % t interval about a value. */
function around(value: number, standardError: number, n: number): Estimate {
  if (!(n >= 2) || !Number.isFinite(standardError)) return { value, standardError: Number.NaN, lower: Number.NaN, upper: Number.NaN, n };
  const half = studentQuantile(0.95, n - 1) * standardError;
  return { value, standardError, lower: value - half, upper: value + half, n };
}
