import { type DcgConvention, dcgConventions, gainOf } from './dcg-convention.ts';
import { type LabelSource, limitOf } from './label-options.ts';
import { perSession, type SessionMetric } from './session-metric.ts';
import { SessionTable } from './session-table.ts';
import { WeightsByRank } from './weights-by-rank.ts';

export interface SessionDcgSettings {
  readonly convention: DcgConvention;
  readonly rankBase: number;
  readonly queryBase: number;
  readonly gain: 'of-convention' | 'linear' | 'exponential';
  readonly cutoff: number | 'all';
  readonly queries: number | 'all';
  readonly repeats: 'count' | 'ignore';
  readonly labels: LabelSource;
}

/** How the DCG of a session table is added up: all that sDCG and what is built on it share. */
export interface SessionDcg {
  readonly table: SessionTable;
  readonly rankDiscounts: WeightsByRank;
  readonly queryDiscounts: WeightsByRank;
  readonly gain: (label: number) => number;
  /** Σ_j weight(j) Σ_i gain·discount, over the queries and ranks that count. @param recency λ ≥ 0 */
  sum(recency: number): number;
}

export function sessionDcg(settings: SessionDcgSettings): SessionDcg {
  const { convention, rankBase, queryBase, repeats } = settings;
  const { discount } = dcgConventions[convention];
  const gain = gainOf(settings.gain, convention);
  const [cutoff, queries] = [limitOf(settings.cutoff), limitOf(settings.queries)];
  const [rankDiscounts, queryDiscounts] = [new WeightsByRank(discount(rankBase)), new WeightsByRank(discount(queryBase))];
  const table = new SessionTable(settings.labels);
  const ignoreRepeats = repeats === 'ignore';
  const sum = (recency: number) => {
    const { offsets, labels, repeated } = table;
    const counted = Math.min(table.queryCount, queries);
    const byQuery = queryDiscounts.upTo(counted);
    let total = 0;
    for (let j = 0; j < counted; j++) {
      const [start, end] = [offsets[j], Math.min(offsets[j + 1], offsets[j] + cutoff)];
      const byRank = rankDiscounts.upTo(end - start);
      let dcg = 0;
      for (let i = start; i < end; i++)
        if (labels[i] > 0 && !(ignoreRepeats && repeated[i] === 1)) dcg += gain(labels[i]) * byRank[i - start];
      total += dcg * byQuery[j] * (recency === 0 ? 1 : Math.exp(-recency * (table.queryCount - j - 1)));
    }
    return total;
  };
  return { table, rankDiscounts, queryDiscounts, gain, sum };
}

/** A metric that is a function of the DCG of each search session. */
export function dcgMetric(settings: SessionDcgSettings, value: (dcg: SessionDcg) => number): SessionMetric {
  const dcg = sessionDcg(settings);
  return perSession(dcg.table, () => value(dcg));
}
