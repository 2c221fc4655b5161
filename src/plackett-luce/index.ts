export { exposures, policyUtility, rankProbabilities } from './exposures.ts';
export { rankingLogProbability } from './log-probability.ts';
export { RankingDraws } from './pl-rank.ts';
