import { type Decoded, strictObject } from '../schema.ts';
import { dcgOptions, recencyOption } from './dcg-convention.ts';
import { dcgSymbols } from './sdcg.ts';
import { dcgMetric } from './session-dcg.ts';

const options = strictObject({ ...recencyOption, ...dcgOptions('jarvelin') });

/**
 * RS-DCG: sDCG in which query j of M weighs e^(−λ(M − j)), as users remember the last queries best; λ = 0 is sDCG.
 * Zhang, Mao, Liu, Zhang, Ma & Ma, "Cascade or Recency", SIGIR 2020: formula from memory, λ to be tuned.
 */
export const rsDcg = {
  description: 'recency-aware sDCG: later queries weigh more',
  options,
  symbols: { lambda: 'recency', ...dcgSymbols },
  alwaysNamed: ['recency', 'convention'],
  create: ({ recency, ...settings }: Decoded<typeof options>) => dcgMetric(settings, (dcg) => dcg.sum(recency)),
};
