import { trainingOptions } from '../../../src/learners/training-options.ts';
import { named } from '../../../src/named.ts';
import { optional, strictObject } from '../../../src/schema.ts';
import type { Parts } from '../../parts/parts.ts';

/** How every ranker is trained: the loss and the optimiser by name, beside the options of the training loop. */
export const trainingConfig = ({ losses, optimisers }: Parts) =>
  strictObject({
    loss: optional(named(losses), 'listwise-softmax'),
    optimiser: optional(named(optimisers), 'adam'),
    ...trainingOptions.entries,
  });
