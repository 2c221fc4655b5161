import { gains as labelGains } from '../label-gains.ts';
import { check, optional, picklist, pipe, real } from '../schema.ts';
import { cutoffOption, labelSource, repeatsOption } from './label-options.ts';

const logBase = (b: number, x: number) => Math.log(x) / Math.log(b);

/**
 * The two readings of session DCG, which give different numbers.
 * - jarvelin: gain l, discounts 1/(1 + log_b i) and 1/(1 + log_bq j). Järvelin, Price, Delcambre & Nielsen, ECIR 2008; as TREC Dynamic Domain scores.
 * - kanoulas: gain 2^l − 1, discounts 1/log_b(i + b − 1) and 1/log_bq(j + bq − 1). Kanoulas, Carterette, Clough & Sanderson, SIGIR 2011.
 */
export const dcgConventions = {
  jarvelin: { gain: 'linear', discount: (base: number) => (rank: number) => 1 / (1 + logBase(base, rank)) },
  kanoulas: { gain: 'exponential', discount: (base: number) => (rank: number) => 1 / logBase(base, rank + base - 1) },
} as const;
/** Which of the two session DCGs is meant: see {@link dcgConventions}. */
export type DcgConvention = keyof typeof dcgConventions;

const base = (standard: number) =>
  optional(
    pipe(
      real(1),
      check((b) => b > 1, 'expected above 1'),
    ),
    standard,
  );

/** Constants of session DCG. b = 2 and bq = 4 are the defaults of both papers' users and of TREC Dynamic Domain (verified). */
export const dcgOptions = (convention: DcgConvention) => ({
  convention: optional(picklist(Object.keys(dcgConventions) as DcgConvention[]), convention),
  /** b: base of the discount by rank. */
  rankBase: base(2),
  /** bq: base of the discount by query. */
  queryBase: base(4),
  /** Gain of a label: that of the convention, or another. */
  gain: optional(picklist(['of-convention', 'linear', 'exponential']), 'of-convention'),
  /** Results of each query that count. */
  cutoff: cutoffOption('all'),
  /** Queries that count, from the first. */
  queries: cutoffOption('all'),
  repeats: repeatsOption('count'),
  ...labelSource,
});

/** The gain that an option of {@link dcgOptions} stands for. */
export const gainOf = (gain: 'of-convention' | 'linear' | 'exponential', convention: DcgConvention) =>
  labelGains[gain === 'of-convention' ? dcgConventions[convention].gain : gain];

/** λ of recency: query j of M weighs e^(−λ(M − j)). 0: none. Tuned in the paper; 0.1 is a guess of this project. */
export const recencyOption = { recency: optional(real(0), 0.1) } as const;
