export { exposureDivergence, exposureRisk, type PolicyExposures, type RiskOptions } from './exposure-risk.ts';
export { exposures, policyUtility, rankProbabilities } from './exposures.ts';
export { rankingLogProbability } from './log-probability.ts';
export { RankingDraws } from './pl-rank.ts';
export { type ProximalRatios, proximalObjective } from './prpo.ts';
