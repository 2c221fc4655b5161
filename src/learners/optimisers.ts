import { adagrad } from './adagrad.ts';
import { adam } from './adam.ts';
import { sgd } from './sgd.ts';

/** Every optimiser by name; `create` takes decoded options and how many parameters there are. */
export const optimisers = { sgd, adam, adagrad };
