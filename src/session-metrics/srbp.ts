import { gainShares } from '../label-gains.ts';
import { check, type Decoded, optional, picklist, pipe, probability, real, strictObject } from '../schema.ts';
import { recencyOption } from './dcg-convention.ts';
import { labelOptions, repeatsOption } from './label-options.ts';
import { perSession, type SessionMetric } from './session-metric.ts';
import { SessionTable } from './session-table.ts';
import { WeightsByRank } from './weights-by-rank.ts';

/** Defaults: p = 0.86 and b = 0.64 from memory of the paper's fit to TREC Session 2014; on TianGong-Qref p = 0.90, b = 0.75 were published (verified). */
const srbpOptions = {
  /** p < 1: probability of going on, after a result, in this list or with another query. */
  persistence: optional(
    pipe(
      real(0, 1),
      check((p) => p < 1, 'expected below 1'),
    ),
    0.86,
  ),
  /** b: of those who go on, the share that stays in the list; the others reformulate. */
  balance: optional(probability(), 0.64),
  /** Gain of a label: l/H, or (2^l − 1)/2^H. */
  gain: optional(picklist(['linear', 'exponential']), 'linear'),
  repeats: repeatsOption('count'),
  ...labelOptions,
};
const options = strictObject(srbpOptions);
const recencyOptions = strictObject({ ...recencyOption, ...srbpOptions });
const symbols = { p: 'persistence', b: 'balance', H: 'highestGrade' } as const;

/**
 * sRBP = (1 − p) Σ_j ((p − bp)/(1 − bp))^(j − 1) Σ_i (bp)^(i − 1) g, in [0, 1]; 0 where nothing is relevant. Lipani, Carterette & Yilmaz, ICTIR 2019.
 * A user goes on with p: with b down the list, else to the first result of the next query. Query j + 1 is reached from query j with
 * Σ_i (bp)^(i − 1)(1 − b)p = (p − bp)/(1 − bp), and 1/(1 − p) results are seen in expectation: hence the weights and the factor. b = 1: RBP of the first query.
 */
export const srbp = {
  description: 'session rank-biased precision: a user of persistence p, of whose steps a share b stays in the list',
  options,
  symbols,
  create: (settings: Decoded<typeof options>) => sessionRbp({ ...settings, recency: 0 }),
};

/**
 * RS-RBP: sRBP in which query j of M weighs e^(−λ(M − j)) too; λ = 0 is sRBP. In [0, 1].
 * Zhang, Mao, Liu, Zhang, Ma & Ma, "Cascade or Recency", SIGIR 2020: formula from memory, λ to be tuned.
 */
export const rsRbp = {
  description: 'recency-aware sRBP: later queries weigh more',
  options: recencyOptions,
  symbols: { lambda: 'recency', ...symbols },
  alwaysNamed: ['recency'],
  create: (settings: Decoded<typeof recencyOptions>) => sessionRbp(settings),
};

function sessionRbp({
  persistence,
  balance,
  gain,
  repeats,
  labels: source,
  highestGrade,
  recency,
}: Decoded<typeof recencyOptions>): SessionMetric {
  const down = balance * persistence;
  const next = (persistence - down) / (1 - down);
  const [byRank, byQuery] = [new WeightsByRank((rank) => down ** (rank - 1)), new WeightsByRank((query) => next ** (query - 1))];
  const share = gainShares[gain];
  const ignoreRepeats = repeats === 'ignore';
  return perSession(new SessionTable(source, highestGrade), ({ queryCount, offsets, labels, repeated }) => {
    const reach = byQuery.upTo(queryCount);
    let sum = 0;
    for (let j = 0; j < queryCount; j++) {
      const [start, end] = [offsets[j], offsets[j + 1]];
      const examine = byRank.upTo(end - start);
      let found = 0;
      for (let i = start; i < end; i++)
        if (labels[i] > 0 && !(ignoreRepeats && repeated[i] === 1)) found += share(labels[i], highestGrade) * examine[i - start];
      sum += found * reach[j] * (recency === 0 ? 1 : Math.exp(-recency * (queryCount - j - 1)));
    }
    return (1 - persistence) * sum;
  });
}
