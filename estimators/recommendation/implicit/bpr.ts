import { strictObject } from '../../../src/schema.ts';
import type { LearnRecommender } from '../recommender.ts';
import { learnPairwise } from './learn-pairwise.ts';

/** Mean over clicked (u, i) and unclicked j of −ln σ(s_ui − s_uj). Rendle et al., UAI 2009. A user without clicks is never drawn. */
export const bpr = {
  description: 'Bayesian personalised ranking: clicked items above those without a click (Rendle et al. 2009); ranks only',
  ranksOnly: true,
  options: strictObject({}),
  create: (): LearnRecommender => (input) =>
    learnPairwise(input, { weight: () => 1, floor: Number.NEGATIVE_INFINITY, othersClicked: false }),
};
