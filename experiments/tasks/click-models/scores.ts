import type { ClickModelScore, PerplexityScore } from '../../../click-models/index.ts';
import { UsageError } from '../../../src/errors.ts';
import { parseMetric } from '../../../src/metrics/index.ts';
import type { Estimate } from '../../../src/stats/estimate.ts';
import type { Parts } from '../../parts/parts.ts';

export interface Score {
  readonly description: string;
  readonly lowerIsBetter: boolean;
  /** One over all test sessions; null: one for each query. */
  readonly of: ((score: ClickModelScore) => Estimate) | null;
}

const perplexity = (what: string, convention: string, of: (score: ClickModelScore) => Estimate): Score => ({
  description: `${what}: ${convention}; 1 is perfect, 2 a coin`,
  lowerIsBetter: true,
  of,
});
const meanOfRanks = 'mean over ranks of 2 to minus the mean of log₂ P over the sessions that reach the rank';
const pooled = '2 to minus the mean of log₂ P over all documents shown';
const conditional = 'perplexity of clicks given the clicks above';
const marginal = 'perplexity of clicks, whatever is clicked above';
const conditionalOf = (score: ClickModelScore): PerplexityScore => score.conditionalPerplexity;

/** What a click or its absence counts as at least, where a model rules it out. */
export const usualSmallestProbability = 1e-6;

/** How well a model foretells clicks: of test sessions. */
export const clickScores = {
  'conditional-perplexity': perplexity(conditional, meanOfRanks, (score) => conditionalOf(score).meanOfRanks),
  perplexity: perplexity(marginal, meanOfRanks, (score) => score.perplexity.meanOfRanks),
  'log-likelihood': {
    description: 'natural logarithm of P(click or none | clicks above): mean over the ranks of a session, then over sessions',
    lowerIsBetter: false,
    of: (score) => score.logLikelihood,
  },
  'query-log-likelihood': {
    description: 'log-likelihood by query: mean over its sessions; for tests over queries, as each query counts alike',
    lowerIsBetter: false,
    of: null,
  },
  'ctr-error': {
    description: 'root of the mean over ranks of (click-through rate − foretold rate)²',
    lowerIsBetter: true,
    of: ({ ctrError, sessions }) => ({ value: ctrError, standardError: Number.NaN, lower: Number.NaN, upper: Number.NaN, n: sessions }),
  },
  'pooled-conditional-perplexity': perplexity(conditional, pooled, (score) => conditionalOf(score).pooled),
  'pooled-perplexity': perplexity(marginal, pooled, (score) => score.perplexity.pooled),
} satisfies Readonly<Record<string, Score>>;

/** @throws UsageError for what is neither a score nor a ranking metric */
export function checkScore(name: string, { metrics }: Pick<Parts, 'metrics'>): void {
  const [score] = name.split('@');
  if (name !== score && Object.hasOwn(clickScores, score)) throw new UsageError(`metric "${name}": ${score} has no cutoff`);
  if (name !== score || !Object.hasOwn(clickScores, score)) parseMetric(name, { ...(clickScores as object), ...metrics });
}

export const isScore = (name: string): name is keyof typeof clickScores => Object.hasOwn(clickScores, name);
