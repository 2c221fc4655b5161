export { clickLogLikelihood } from './click-log-likelihood.ts';
export { clickThroughByRank } from './click-through-by-rank.ts';
export { type ClickLogDescription, describeClickLog } from './describe-click-log.ts';
export { neighbourClickOdds } from './neighbour-click-odds.ts';
export { rankGroups } from './rank-groups.ts';
