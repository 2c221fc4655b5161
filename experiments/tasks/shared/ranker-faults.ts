import { type EmbeddingOptions, embeddingFault } from '../../../src/models/embedding.ts';
import { type TransformerOptions, transformerFault } from '../../../src/models/transformer.ts';
import type { Fault } from '../../../src/schema-faults.ts';
import { hiddenFaults } from './hidden-faults.ts';

/** Options of a ranker as a config has them; of others than these, nothing is looked at. */
type ChosenRanker =
  | { readonly name: 'mlp'; readonly hidden: readonly number[]; readonly layerNorm: boolean; readonly dropout: number }
  | ({ readonly name: 'transformer' } & TransformerOptions)
  | ({ readonly name: 'embedding' } & EmbeddingOptions);

/** What the options of a ranker say together. @param path of the ranker @param inputs features, where they are known; else 1 */
export function rankerFaults(path: Fault['path'], inputs: number, ranker: { readonly name: string }): Fault[] {
  const chosen = ranker as ChosenRanker;
  if (chosen.name === 'transformer') {
    const problem = transformerFault(chosen);
    return problem === null ? [] : [{ path: [...path, 'width'], problem }];
  }
  if (chosen.name === 'embedding') {
    const fault = embeddingFault(chosen);
    const own = fault === null ? [] : [{ path: [...path, fault[0]], problem: fault[1] }];
    return [...own, ...hiddenFaults(path, inputs, chosen.hidden)];
  }
  if (chosen.name !== 'mlp') return [];
  const useless = (['layerNorm', 'dropout'] as const).filter((key) => chosen.hidden.length === 0 && chosen[key]);
  return [
    ...hiddenFaults(path, inputs, chosen.hidden),
    ...useless.map((key) => ({ path: [...path, key], problem: 'is of hidden layers, and there are none; leave it out, or name some' })),
  ];
}
