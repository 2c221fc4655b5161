import { named } from '../../src/named.ts';
import { make } from '../../src/registry.ts';
import { type Decoded, integer, optional } from '../../src/schema.ts';
import { counterfactual } from '../counterfactual.ts';
import type { Learn } from '../estimator.ts';
import { biasChoice, makeBias } from '../propensity.ts';
import { weightings } from '../weightings/index.ts';
import { learnPolicy } from './learn-policy.ts';

/** Weightings of all documents of a query by all policies of the log, from examination or α and β. */
const rewards = {
  'intervention-aware': weightings['intervention-aware'],
  'doubly-robust': weightings['doubly-robust'],
};

/** Options that learners of safe policies share. @param reward the weighting, unless said otherwise */
export const safeOptions = (reward: keyof typeof rewards) => ({
  propensity: optional(biasChoice, 'oracle'),
  weighting: optional(named(rewards), reward),
  samples: optional(integer(1, 10_000), 32), // rankings drawn of each query in each step
});

type Shared = { [K in keyof ReturnType<typeof safeOptions>]: Decoded<ReturnType<typeof safeOptions>[K]> };

export const safePolicy = (
  { propensity, weighting }: Pick<Shared, 'propensity' | 'weighting'>,
  policyOf: Parameters<typeof learnPolicy>[0],
): Learn => counterfactual(makeBias(propensity), make('weighting', rewards, weighting), 'either', learnPolicy(policyOf));
