import { type Decoded, strictObject } from '../schema.ts';
import { dcgOptions } from './dcg-convention.ts';
import { dcgMetric } from './session-dcg.ts';

export const dcgSymbols = { b: 'rankBase', bq: 'queryBase', k: 'cutoff' } as const;

const options = strictObject(dcgOptions('jarvelin'));

/**
 * sDCG = Σ_j Σ_i gain(l_ji) · discount(i) · discount(j), ≥ 0; 0 where nothing is relevant. See `dcgConventions` for the two conventions.
 * Järvelin, Price, Delcambre & Nielsen, ECIR 2008.
 */
export const sdcg = {
  description: 'discounted cumulated gain over ranks and queries; two conventions',
  options,
  symbols: dcgSymbols,
  alwaysNamed: ['convention'],
  create: (settings: Decoded<typeof options>) => dcgMetric(settings, (dcg) => dcg.sum(0)),
};
