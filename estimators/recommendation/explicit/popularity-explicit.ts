import { holdOutRows } from '../../../src/learners/held-out-pairs.ts';
import { strictObject } from '../../../src/schema.ts';
import { itemMeans, itemRecommender } from '../item-recommender.ts';
import type { LearnRecommender } from '../recommender.ts';

/** (Σ y + ȳ)/(n_i + 1) over the n_i observed rows of an item that are not held out, ȳ their mean over all items: as biased as the log is. */
export const popularityExplicit = {
  description: "an item's mean value where it was observed, the same for every user: what a recommender should beat",
  reference: true,
  untrained: true,
  options: strictObject({}),
  create:
    (): LearnRecommender =>
    ({ log, target, training, rng }) => {
      const isHeld = holdOutRows(log.items.length, training.heldOutShare, rng.fork('held-out'));
      return itemRecommender(
        log,
        itemMeans(log, (row) => isHeld[row] === 0, target),
      );
    },
};
