import { rowUsers } from '../../../src/data/interactions/interaction-log.ts';
import { holdOutPairs } from '../../../src/learners/held-out-pairs.ts';
import { strictObject } from '../../../src/schema.ts';
import { itemRecommender } from '../item-recommender.ts';
import type { LearnRecommender } from '../recommender.ts';

/**
 * (n_i + n̄)/(U' + 1): clicks n_i of the item among the U' pairs of it that are not held out (of U users (1 − held-out share) U), with the mean
 * rate n̄ of all items as one user more, so that no probability is 0. The order is that of the clicks, the same for every user.
 */
export const popularityImplicit = {
  description: 'items by their clicks, the same for every user: what a recommender should beat',
  reference: true,
  untrained: true,
  options: strictObject({}),
  create:
    (): LearnRecommender =>
    ({ log, training: { heldOutShare }, rng }) => {
      const heldOut = holdOutPairs(heldOutShare, rng.fork('held-out'));
      const users = rowUsers(log);
      const clicks = new Float64Array(log.itemIds.length);
      for (let row = 0; row < users.length; row++) if (!heldOut.has(users[row], log.items[row])) clicks[log.items[row]] += log.clicks[row];
      const pairs = Math.max(1, log.userIds.length * (1 - heldOutShare));
      const rate = clicks.reduce((sum, n) => sum + n, 0) / (pairs * clicks.length);
      return itemRecommender(
        log,
        clicks.map((n) => Math.min(1, (n + rate) / (pairs + 1))),
      );
    },
};
