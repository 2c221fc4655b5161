import { strictObject } from '../src/schema.ts';
import type { Learn } from './estimator.ts';

/** One order per seed: the test part, and search sessions, meet the same one. Its spread over seeds is that of the draw. */
export const random = {
  description: 'documents in a random order, one drawn per seed: the floor',
  reference: true,
  options: strictObject({}),
  create:
    (): Learn =>
    ({ rng }) => ({
      rank: (set) => {
        const stream = rng.fork('scores');
        return Float32Array.from(set.labels, () => stream.next());
      },
      scorer: null,
      examination: null,
      record: null,
    }),
};
