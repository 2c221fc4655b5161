import { type Decoded, strictObject } from '../schema.ts';
import { dcgOptions } from './dcg-convention.ts';
import { dcgSymbols } from './sdcg.ts';
import { dcgMetric } from './session-dcg.ts';

const options = strictObject(dcgOptions('kanoulas'));

/** sDCG/q = sDCG/M: what a query of the search session earns on average. Jiang & Allan, CHIIR 2016, with Kanoulas' sDCG. NaN without a query. */
export const sdcgPerQuery = {
  description: 'sDCG over the number of queries',
  options,
  symbols: dcgSymbols,
  create: (settings: Decoded<typeof options>) => dcgMetric(settings, (dcg) => dcg.sum(0) / dcg.table.queryCount),
};
