import { optimisers } from '../../../src/learners/optimisers.ts';
import { trainingOptions } from '../../../src/learners/training-options.ts';
import { losses } from '../../../src/losses/index.ts';
import { optional, picklist, strictObject } from '../../../src/schema.ts';
import { named } from '../../config/named.ts';

/** How every ranker is trained: the loss and the optimiser by name, beside the options of the training loop. */
export const trainingConfig = strictObject({
  loss: optional(picklist(Object.keys(losses)), 'listwise-softmax'),
  optimiser: optional(named(optimisers), 'adam'),
  ...trainingOptions.entries,
});
