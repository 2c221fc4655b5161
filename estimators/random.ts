import { strictObject } from '../src/schema.ts';
import type { Learn } from './estimator.ts';

export const random = {
  description: 'documents in random order: the floor',
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
