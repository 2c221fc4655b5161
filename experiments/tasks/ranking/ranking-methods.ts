import { type BiasChoice, biasChoiceOf, counterfactual, type Learn, makeBias, type WeightingEntry } from '../../../estimators/index.ts';
import { named } from '../../../src/named.ts';
import { lookup, make } from '../../../src/registry.ts';
import { optional, type Schema, strictObject } from '../../../src/schema.ts';
import type { Parts } from '../../parts/parts.ts';

/** A weighting by name, with its options. */
export interface WeightingChoice {
  readonly name: string;
}

export interface Composition {
  readonly bias: BiasChoice;
  readonly weighting: WeightingChoice;
}

/** What a group with a bias and a weighting, and no name, is. */
export const composed = 'counterfactual';

/** The registered estimators, and those that a config puts together of a bias estimator and a weighting. */
export const rankingMethods = ({
  estimators,
  biasEstimators,
  weightings,
}: Pick<Parts, 'estimators' | 'biasEstimators' | 'weightings'>) => ({
  ...estimators,
  [composed]: {
    description: 'a bias estimator and a weighting put together: {bias: all-pairs, weighting: clipped-ips}; of any name below',
    options: strictObject({
      bias: optional(biasChoiceOf(biasEstimators), 'oracle'),
      weighting: optional(named(weightings) as unknown as Schema<WeightingChoice>, 'ips' as never),
    }),
    create: ({ bias, weighting }: Composition): Learn => {
      const { takes } = lookup<WeightingEntry>('weighting', weightings, weighting.name);
      const made = make('weighting', weightings, weighting as never);
      return counterfactual(takes === 'none' ? null : makeBias(bias, biasEstimators), made, takes);
    },
  },
});

/** What an estimator's entry may say of its own ranker and loss: they take the place of the study's. */
export const ofRankingMethod = ({ rankers, losses }: Pick<Parts, 'rankers' | 'losses'>) => ({
  ranker: optional(named(rankers)),
  loss: optional(named(losses)),
});

/** How a method is called that is not given a label. */
export function labelOf(chosen: { readonly name: string }): string {
  if (chosen.name !== composed) return chosen.name;
  const { bias, weighting } = chosen as unknown as { readonly bias: { readonly name: string }; readonly weighting: WeightingChoice };
  return `${weighting.name}+${bias.name}`;
}
