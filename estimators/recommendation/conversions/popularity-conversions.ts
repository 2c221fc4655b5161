import { holdOutRows } from '../../../src/learners/held-out-pairs.ts';
import { strictObject } from '../../../src/schema.ts';
import { itemMeans, itemRecommender } from '../item-recommender.ts';
import type { LearnRecommender } from '../recommender.ts';

/** Conversions over clicks of an item, among impressions that are not held out, with the rate of all items as one click more. */
export const popularityConversions = {
  description: "conversions over an item's clicks, the same for every user: what a recommender should beat",
  reference: true,
  untrained: true,
  options: strictObject({}),
  create:
    (): LearnRecommender =>
    ({ log, target, training, rng }) => {
      const isHeld = holdOutRows(log.items.length, training.heldOutShare, rng.fork('held-out'));
      return itemRecommender(
        log,
        itemMeans(log, (row) => isHeld[row] === 0 && log.clicks[row] === 1, target),
      );
    },
};
