import type { SearchSession } from '../data/search-session.ts';
import { type Decoded, strictObject } from '../schema.ts';
import { dcgOptions } from './dcg-convention.ts';
import { IdealLabels, idealOption } from './ideal-labels.ts';
import { cutoffOption, limitOf } from './label-options.ts';
import { dcgSymbols } from './sdcg.ts';
import { type SessionDcg, sessionDcg } from './session-dcg.ts';
import { perSession } from './session-metric.ts';

const { convention, repeats, cutoff, queries, ...shared } = dcgOptions('kanoulas');
const options = strictObject({
  convention,
  ...shared,
  /** k: results of each query that count, and that an ideal query has. TREC Dynamic Domain's is 5. */
  cutoff: cutoffOption(10),
  /**
   * jarvelin: queries that count, and that the ideal may use; `all`: as many as the search session has. kanoulas: all that there are. 10 is TREC
   * Dynamic Domain's (verified).
   */
  queries: cutoffOption(10),
  ...idealOption,
});

/**
 * nsDCG = sDCG / ideal sDCG; NaN where the ideal is 0.
 * - kanoulas: the ideal shows the same ideal list at every query of the search session. Kanoulas et al., SIGIR 2011. In [0, 1].
 * - jarvelin, as TREC Dynamic Domain (there k = 5): the relevant documents, best first, in the cells (query, rank) of the best discounts, `queries` × `cutoff`
 *   of them; a document that was shown before earns nothing. Tang & Yang, trec-dd-jig. In [0, 1] where the ideal knows all that is shown.
 */
export const nsdcg = {
  description: 'sDCG over that of an ideal: the ideal list at every query (kanoulas), or the best cells (jarvelin, as TREC DD)',
  options,
  symbols: dcgSymbols,
  alwaysNamed: ['convention'],
  create: (settings: Decoded<typeof options>) => {
    const kanoulas = settings.convention === 'kanoulas';
    const [depth, most] = [limitOf(settings.cutoff), limitOf(settings.queries)];
    const dcg = sessionDcg({
      ...settings,
      queries: kanoulas ? 'all' : settings.queries,
      repeats: kanoulas ? 'count' : 'ignore',
    });
    const ideal = new IdealLabels(settings.ideal, settings.labels);
    const isFixed = Number.isFinite(depth) && Number.isFinite(most);
    const cells = isFixed && !kanoulas ? bestCells(dcg, most, depth) : null;
    return perSession(dcg.table, (table, session: SearchSession) => {
      ideal.load(table, session);
      const own = () => bestCells(dcg, Math.min(most, Math.max(1, table.queryCount)), Math.min(depth, ideal.count)); // deeper than that earns nothing
      const bound = kanoulas ? repeatedIdeal(dcg, ideal, depth) : weighted(dcg, ideal, cells ?? own());
      return bound > 0 ? dcg.sum(0) / bound : Number.NaN;
    });
  },
};

/** Σ_j discount(j) times the DCG of the ideal list. */
function repeatedIdeal({ table, rankDiscounts, queryDiscounts, gain }: SessionDcg, { labels, count }: IdealLabels, depth: number): number {
  const [byRank, byQuery] = [rankDiscounts.upTo(Math.min(count, depth)), queryDiscounts.upTo(table.queryCount)];
  let list = 0;
  for (let i = 0; i < Math.min(count, depth); i++) list += gain(labels[i]) * byRank[i];
  let queries = 0;
  for (let j = 0; j < table.queryCount; j++) queries += byQuery[j];
  return list * queries;
}

/** The discounts of all cells (query, rank), highest first. */
function bestCells({ rankDiscounts, queryDiscounts }: SessionDcg, queries: number, depth: number): Float64Array {
  const [byRank, byQuery] = [rankDiscounts.upTo(depth), queryDiscounts.upTo(queries)];
  return Float64Array.from({ length: queries * depth }, (_, cell) => byQuery[Math.floor(cell / depth)] * byRank[cell % depth])
    .sort()
    .reverse();
}

function weighted({ gain }: SessionDcg, { labels, count }: IdealLabels, cells: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < Math.min(count, cells.length); i++) sum += gain(labels[i]) * cells[i];
  return sum;
}
