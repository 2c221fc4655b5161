import { type Decoded, optional, probability, real, strictObject } from '../schema.ts';
import { AspectTable } from './aspect-table.ts';
import { cutoffOption, labelSource, limitOf } from './label-options.ts';
import { wordOptions, wordsOf } from './reading-length.ts';
import { perSession } from './session-metric.ts';
import { SessionTable } from './session-table.ts';
import { WeightsByRank } from './weights-by-rank.ts';

/** Defaults of TREC Dynamic Domain's scorer (verified). */
const options = strictObject({
  /** a: utility that reading a word costs. */
  costPerWord: optional(real(0), 0.001),
  /** γ: what a nugget that was seen before is worth of what it was worth then. */
  novelty: optional(probability(), 0.5),
  /** p: probability of stopping after a result of a list. */
  stop: optional(probability(), 0.5),
  /** Queries that count, from the first. */
  queries: cutoffOption('all'),
  ...wordOptions,
  ...labelSource,
});

/**
 * EU = Σ_nuggets rating·(1 − γ^n)/(1 − γ) − a·words, n the expected number of times the nugget is seen and words those read in expectation, both
 * Σ_j Σ_i (1 − p)^(i − 1) over the results. Below 0 where reading costs more than it brings. Yang & Lad, ICTIR 2009; Tang & Yang, trec-dd-jig.
 * Nuggets are the results' aspects; where a search session names none, each document is a nugget rated with the best of its labels.
 */
export const expectedUtility = {
  description: 'expected utility: novel nuggets found, less what reading costs',
  options,
  symbols: { a: 'costPerWord', gamma: 'novelty', p: 'stop' },
  create: ({ costPerWord, novelty, stop, queries: counted, documentWords, charactersPerWord, labels }: Decoded<typeof options>) => {
    const read = new WeightsByRank((rank) => (1 - stop) ** (rank - 1));
    const limit = limitOf(counted);
    const nuggets = new AspectTable();
    let seen = new Float64Array(64); // per nugget: n
    return perSession(new SessionTable(labels), (table, session) => {
      nuggets.load(table, session, 'itself');
      if (nuggets.count > seen.length) seen = new Float64Array(2 * nuggets.count);
      seen.fill(0, 0, nuggets.count);
      let [words, result] = [0, 0];
      for (const { results } of session.queries.slice(0, limit)) {
        const byRank = read.upTo(results.length);
        for (let i = 0; i < results.length; i++, result++) {
          words += byRank[i] * wordsOf(results[i], documentWords, charactersPerWord);
          for (let e = nuggets.offsets[result]; e < nuggets.offsets[result + 1]; e++) seen[nuggets.aspects[e]] += byRank[i];
        }
      }
      let gain = 0;
      for (let n = 0; n < nuggets.count; n++) if (nuggets.best[n] > 0) gain += nuggets.best[n] * worth(seen[n], novelty);
      return gain - costPerWord * words;
    });
  },
};

/** 1 + γ + γ² + … of n terms, for any n ≥ 0. */
function worth(times: number, novelty: number): number {
  return novelty === 1 ? times : (1 - novelty ** times) / (1 - novelty);
}
