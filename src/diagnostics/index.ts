export { clickLogLikelihood } from './click-log-likelihood.ts';
export { clickThroughByRank } from './click-through-by-rank.ts';
export { type ClickLogDescription, describeClickLog } from './describe-click-log.ts';
export { type ImpressionsByRank, impressionsByRank } from './impressions-by-rank.ts';
export { neighbourClickOdds } from './neighbour-click-odds.ts';
export { type RankAndFeatures, rankAndFeatures } from './rank-and-features.ts';
export { rankGroups } from './rank-groups.ts';
export { type RankOverlap, rankOverlap } from './rank-overlap.ts';
export { type RelevanceByRank, relevanceByRank } from './relevance-by-rank.ts';
