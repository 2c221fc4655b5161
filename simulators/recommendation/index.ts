export {
  checkEntireSpace,
  type EntireSpaceFunnel,
  type EntireSpaceOptions,
  entireSpaceOptions,
  simulateEntireSpace,
} from './entire-space-funnel.ts';
export { type ImplicitFeedback, simulateImplicitFeedback } from './implicit-feedback.ts';
export { checkListModel, type ListFeedback, type PositionBiasedLists, simulateLists } from './position-biased-lists.ts';
export type { RecommendationWorld } from './recommendation-world.ts';
export {
  checkSelfSelectedRatings,
  type SelfSelectedRatings,
  type SelfSelectedRatingsOptions,
  selfSelectedRatingsOptions,
  simulateSelfSelectedRatings,
} from './self-selected-ratings.ts';
export { type SemiSyntheticOptions, semiSyntheticOptions, semiSyntheticWorld } from './semi-synthetic-world.ts';
export { type SyntheticWorldOptions, syntheticWorld, syntheticWorldOptions } from './synthetic-world.ts';
